"""What every verb asks for: its words, the register, the password, who acts and when."""

import argparse
import getpass
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from mediation_desk.desk import persons
from mediation_desk.desk.clock import now
from mediation_desk.desk.clock_doubt import clock_doubt
from mediation_desk.desk.opening_words import told
from mediation_desk.desk.unlocking import open_counted
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import Period, parse_period
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.paths import reachable
from mediation_desk.store.register import Register
from mediation_desk.words import tr

DONE, PROBLEMS, WRONG_USE = 0, 1, 2
KINDS = {"village": UnitKind.VILLAGE, "community": UnitKind.COMMUNITY}
Add = Callable[..., argparse.ArgumentParser]
# argparse says these in English only.
_IN_CHINESE = (
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1 不能是 \2，只能是 \3"),
    (r"argument (\S+): invalid int value: (\S+)", r"\1 应是整数，不是 \2"),
    (r"argument (\S+): expected one argument", r"\1 后面缺少内容"),
    (r"argument (\S+): expected at least one argument", r"\1 后面缺少内容"),
    (r"the following arguments are required: ", r"缺少 "),
    (r"unrecognized arguments: ", r"不认识 "),
    (r"argument (\S+): ", r"\1："),
)


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say it and stop."""
        for english, chinese in _IN_CHINESE:
            message = re.sub(english, tr(chinese), message)
        words = tr("命令用法不对：{message}。请用 {program} --help 查看用法。")
        told = words.format(message=message.rstrip("。"), program=self.prog)
        sys.stderr.write(told + "\n")
        raise SystemExit(WRONG_USE)


def period_of(typed: str) -> Period:
    """The period that was typed."""
    try:
        return parse_period(typed)
    except DeskError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def day_of(typed: str) -> date:
    """The day that was typed."""
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise argparse.ArgumentTypeError(tr("日期应写成 2026-10-22")) from error


def workbook_at(typed: str) -> Path:
    """The workbook to write; programs open one by its ending, so a name without gets it."""
    path = Path(typed)
    if path.is_dir() or path.suffix.lower() == ".xlsx":
        return path
    return path.with_name(f"{path.name}.xlsx")


def register_at(typed: str) -> Path:
    """The register that was named, however long its name is."""
    return reachable(Path(typed))


def secret_text(path: Path) -> str:
    """The text of a file that holds a password or a recovery code."""
    try:
        # Notepad puts a mark before the first line, which is no part of the password.
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        words = tr("读不出密码文件“{path}”。请检查路径。")
        raise DeskError(words.format(path=path)) from error


def password_from(path: Path | None, asked: str, *, twice: bool = False) -> str:
    """A password out of its file's first line, or as it is typed; `twice` for a new one."""
    if path is not None:
        text = secret_text(path)
        return text.splitlines()[0] if text else ""
    password = getpass.getpass(asked)
    if twice and getpass.getpass(tr("再输一次：")) != password:
        raise DeskError(tr("两次输入的密码不一样。请重新输入。"))
    return password


def password_of(given: argparse.Namespace, *, twice: bool = False) -> str:
    """The password of the register that was named."""
    return password_from(given.password_file, tr("密码："), twice=twice)


def opened(given: argparse.Namespace) -> Register:
    """The register that was named, with who acts sitting at it."""
    register = open_counted(given.register, password_of(given))
    try:
        persons.sit_down_as(register, given.actor)
    except BaseException:
        register.close()
        raise
    if (found := told(register)) is not None:
        sys.stderr.write(found.sentence + found.mend + "\n")
    return register


def actor_of(register: Register, given: argparse.Namespace) -> str:
    """Who acts."""
    return persons.sit_down_as(register, given.actor)


def tell_clock(register: Register) -> str:
    """Say to whoever called that the clock is perhaps wrong; what was said, empty if nothing."""
    doubt = clock_doubt(register, now())
    if doubt:
        sys.stderr.write(doubt + tr("请核对电脑的日期。") + "\n")
    return doubt


def say(words: str) -> None:
    """Say something to whoever called."""
    print(words)


def tell_problems(problems: Sequence[Problem]) -> None:
    """Say each problem in a line of its own."""
    for problem in problems:
        say("  " + problem.sentence())


def code_of(problems: Sequence[Problem]) -> int:
    """The exit code that problems deserve."""
    return PROBLEMS if any(entry.severity is Severity.ERROR for entry in problems) else DONE


def common(parser: argparse.ArgumentParser) -> None:
    """Add the words that every verb on a register has."""
    parser.add_argument("--password-file", type=Path, help=tr("从文件第一行读密码"))
    parser.add_argument("--actor", default="", help=tr("经办人姓名，默认为开户时的姓名"))
    parser.add_argument("--today", type=day_of, help=tr("按这一天办理，默认今天"))


def on_register(
    add: Add, name: str, words: str, act: Callable[..., int]
) -> argparse.ArgumentParser:
    """Add a verb that works on a register."""
    parser = add(name, help=words, description=words)
    parser.add_argument("register", type=register_at, help=tr("登记簿文件夹"))
    common(parser)
    parser.set_defaults(act=act)
    return parser
