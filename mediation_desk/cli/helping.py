"""The verbs by which an office helps a village that lost its password and its sheet."""

import argparse
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    Add,
    actor_of,
    day_of,
    on_register,
    opened,
    password_from,
    say,
)
from mediation_desk.cli.recovering import new_code_made
from mediation_desk.desk import helping, office_way
from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr


def _ask_office(given: argparse.Namespace) -> int:
    asked = office_way.request(given.register, anew=given.anew)
    say(tr("申请号：{code}").format(code=asked.code))
    words = tr("请打电话给{office}，说明是{unit}忘了密码，把申请号念给它。")
    say(words.format(office=asked.office, unit=asked.unit))
    if given.out is not None:
        office_way.save_request(asked, given.out)
        say(tr("申请文件：{path}，也可以交给司法所。").format(path=given.out))
    return DONE


def _help_open(given: argparse.Namespace) -> int:
    with opened(given) as register:
        if given.request is not None:
            asked = helping.asked_by_file(register, given.request)
        elif given.unit and given.request_code:
            asked = helping.asked_by_phone(register, given.unit, given.request_code)
        else:
            happened = tr("没有说明是哪一个申请。")
            raise DeskError(
                happened + tr("请给出 --request 申请文件，或 --unit 和 --request-code。")
            )
        if not asked.known:
            say(tr("注意：申请的钥匙不是最近报送来的那一把，可能用了旧备份。请多核对一遍。"))
        who = actor_of(register, given)
        code = helping.help_open(register, asked, given.asked_by, who, given.out)
    said = tr("{unit}的解锁文件：{path}").format(unit=asked.unit.name, path=given.out)
    say(said)
    say(tr("口令：{code}").format(code=code))
    say(tr("请打电话把口令告诉申请人，不要和文件一起发。这里不会再显示第二次，已记入操作记录。"))
    return DONE


def _renew_key(given: argparse.Namespace) -> int:
    with opened(given) as register:
        code = helping.renew_key(register, actor_of(register, given))
    say(tr("本所换了密钥，新的核对码：{code}").format(code=code))
    say(tr("各村收下一份回件或打开新的开户文件，就改为封存给新密钥；请打电话核对。"))
    say(tr("封存给旧密钥的文件和村里的旧备份，用这本登记簿仍然打得开。"))
    return DONE


def _open_by_office(given: argparse.Namespace) -> int:
    office_way.check_answer(given.register, given.file)
    new = password_from(given.new_password_file, tr("新密码："), twice=True)
    code = given.code or _typed_code()
    with office_way.open_by_answer(given.register, given.file, code, new, given.actor) as register:
        say(tr("登记簿打开了，密码已重设，原来的恢复码作废。"))
        new_code_made(register, given, given.actor or register.person)
    return DONE


def _typed_code() -> str:
    try:
        return input(tr("电话里说的口令（12个数字）："))
    except EOFError as error:
        raise DeskError(tr("没有读到口令。请输入，或用 --code 给出。")) from error


def add_helping(add: Add) -> None:
    """Add the verbs of asking, helping and opening."""
    words = tr("密码和恢复码都没有了：请司法所帮助打开")
    ask = add("ask-office", help=words, description=words)
    ask.add_argument("register", type=Path, help=tr("登记簿文件夹"))
    ask.add_argument("--out", type=Path, help=tr("把申请写成文件"))
    ask.add_argument("--anew", action="store_true", help=tr("另起一次申请，以前的作废"))
    ask.set_defaults(act=_ask_office)

    made = on_register(add, "help-open", tr("司法所帮村里打开登记簿"), _help_open)
    made.add_argument("--request", type=Path, help=tr("村里的申请文件"))
    made.add_argument("--unit", default="", help=tr("单位代码"))
    made.add_argument("--request-code", default="", help=tr("村里念的申请号"))
    words = tr("是谁申请的、怎样确认的，记入双方的操作记录")
    made.add_argument("--asked-by", required=True, help=words)
    made.add_argument("--out", type=Path, required=True, help=tr("解锁文件写到哪里"))

    on_register(add, "renew-key", tr("司法所更换自己的密钥"), _renew_key)

    words = tr("用司法所的解锁文件重设密码")
    use = add("open-by-office", help=words, description=words)
    use.add_argument("register", type=Path, help=tr("登记簿文件夹"))
    use.add_argument("file", type=Path, help=tr("解锁文件"))
    use.add_argument("--code", default="", help=tr("电话里说的口令"))
    use.add_argument("--new-password-file", type=Path, help=tr("从文件第一行读新密码"))
    use.add_argument("--out", type=Path, help=tr("新的恢复码写成一张纸的 PDF"))
    use.add_argument("--actor", default="", help=tr("经办人姓名，默认为开户时的姓名"))
    use.add_argument("--today", type=day_of, help=tr("纸上写的制作日期，默认今天"))
    use.set_defaults(act=_open_by_office)
