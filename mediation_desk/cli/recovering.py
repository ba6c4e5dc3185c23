"""The verbs about the password and the recovery code."""

import argparse
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    Add,
    actor_of,
    on_register,
    opened,
    password_from,
    password_of,
    say,
    secret_text,
)
from mediation_desk.desk import recovering
from mediation_desk.desk.clock import today
from mediation_desk.desk.unlocking import open_counted
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.recovery_code import groups
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_ACROSS = 3


def _new_password(given: argparse.Namespace) -> str:
    return password_from(given.new_password_file, tr("新密码："), twice=True)


def _change_password(given: argparse.Namespace) -> int:
    old = password_of(given)
    with open_counted(given.register, old) as register:
        recovering.change_password(register, old, _new_password(given), actor_of(register, given))
    say(tr("密码已改，下次用新密码打开。"))
    say(tr("恢复码不变。以前的备份仍用做备份时的密码打开。"))
    return DONE


def _recovery_code(given: argparse.Namespace) -> int:
    with opened(given) as register:
        new_code_made(register, given, actor_of(register, given))
    say(tr("以前做过的恢复码从现在起作废。"))
    return DONE


def new_code_made(register: Register, given: argparse.Namespace, actor: str) -> None:
    """Make a recovery code and say it, or write its sheet to `given.out`."""
    code = recovering.new_code()
    if given.out is not None:
        pages = recovering.sheet_pages(register, code, given.today or today())
        recovering.save_sheet(pages, given.out)
    try:
        recovering.use_code(register, code, actor)
    except DeskError:
        if given.out is not None:
            # A sheet that opens nothing must not be printed.
            given.out.unlink(missing_ok=True)
        raise
    if given.out is not None:
        say(tr("已写成 {path}，请打印出来，再把这个文件删掉。").format(path=given.out))
    else:
        parts = groups(code)
        for start in range(0, len(parts), _ACROSS):
            say("  ".join(parts[start : start + _ACROSS]))
        say(tr("请照原样抄在纸上，锁好。这里不会再显示第二次。"))


def _typed_code() -> str:
    """The code as it is typed from the sheet; in sight, because 36 characters cannot be blind."""
    try:
        return input(tr("照着纸输入恢复码，九组，中间空一格："))
    except EOFError as error:
        raise DeskError(tr("没有读到恢复码。请照着纸输入，或用 --code-file 给出。")) from error


def _recover(given: argparse.Namespace) -> int:
    code = secret_text(given.code_file) if given.code_file is not None else _typed_code()
    recovering.recover(given.register, code, _new_password(given), given.actor).close()
    say(tr("密码已重设，下次用新密码打开。恢复码不变，请把纸放回原处。"))
    return DONE


def _new_password_file(parser: argparse.ArgumentParser) -> None:
    words = tr("从文件第一行读新密码")
    parser.add_argument("--new-password-file", type=Path, help=words)


def add_recovering(add: Add) -> None:
    """Add the verbs by which nobody loses a register for a forgotten password."""
    changed = on_register(add, "change-password", tr("修改登记簿的密码"), _change_password)
    _new_password_file(changed)
    made = on_register(add, "recovery-code", tr("制作恢复码，密码忘了用它重设"), _recovery_code)
    made.add_argument("--out", type=Path, help=tr("写成一张纸的 PDF"))
    words = tr("密码忘了：凭恢复码重设密码")
    recover = add("recover", help=words, description=words)
    recover.add_argument("register", type=Path, help=tr("登记簿文件夹"))
    recover.add_argument("--code-file", type=Path, help=tr("从文件读恢复码"))
    _new_password_file(recover)
    recover.add_argument("--actor", default="", help=tr("经办人姓名，默认为开户时的姓名"))
    recover.set_defaults(act=_recover)
