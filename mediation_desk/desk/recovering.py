"""The keys in people's hands: changing the password, the recovery code, and the way back by it."""

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.desk.key_log import CHANGED, CODE, RECOVERED, key_log, note
from mediation_desk.desk.opened_by import has_code
from mediation_desk.desk.placing import check_place
from mediation_desk.desk.setting_up import password_too_short
from mediation_desk.desk.unlocking import told_wrong
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.recovery_code import ALPHABET, DRAWN, code_from, code_of
from mediation_desk.exchange.placing import place_whole
from mediation_desk.store import attempts, keys
from mediation_desk.store.opening import open_by_code
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.papers.laying_out import Page

__all__ = ["change_password", "code_made_on", "key_log", "new_code", "recover", "use_code"]


def _let_open(register: Register, kind: str, secret: str, what: LogAct, actor: str) -> None:
    with note(register, what, actor):
        register.let_open(kind, secret)


# The password


def change_password(register: Register, old: str, new: str, actor: str) -> None:
    """Let `new` open the register instead of `old`; the recovery code and backups stay as they are.

    Raises `WrongPassword`, or `DeskError` for a new one that cannot be taken.
    """
    if short := password_too_short(new):
        raise DeskError(short)
    keys.unlock(register.folder, old)
    _let_open(register, keys.PASSWORD, new, CHANGED, actor)


def recover(path: Path, typed: str, new: str, actor: str = "") -> Register:
    """The register opened by its recovery code, with `new` as its password from now on.

    Raises `DeskError` for a slip in the code or a password that cannot be taken, `WrongCode` for a
    code of another sheet; then nothing has changed.
    """
    if short := password_too_short(new):
        raise DeskError(short)
    check_place(path.parent if path.is_file() else path)
    register = open_by_code(path, code_of(typed))
    try:
        _let_open(register, keys.PASSWORD, new, RECOVERED, actor or register.person)
    except BaseException:
        register.close()
        raise
    told_wrong(register, attempts.forget(register.folder))
    return register


def recover_open(register: Register, typed: str, new: str) -> Register:
    """The same for a register that is open and whose desk is locked; it stays open."""
    if short := password_too_short(new):
        raise DeskError(short)
    keys.unlock(register.folder, code_of(typed), keys.RECOVERY)
    _let_open(register, keys.PASSWORD, new, RECOVERED, register.person)
    told_wrong(register, attempts.forget(register.folder))
    return register


# The recovery code


def new_code() -> str:
    """A code drawn at random; it opens nothing before `use_code`."""
    return code_from([secrets.randbelow(len(ALPHABET)) for _ in range(DRAWN)])


def use_code(register: Register, code: str, actor: str) -> None:
    """Let `code` open the register from now on; the one before is void."""
    _let_open(register, keys.RECOVERY, code, CODE, actor)


def code_made_on(register: Register) -> date | None:
    """The day on which the code in use was made; None if there is none, or nobody noted it."""
    if not has_code(register):
        return None
    return next((act.day for act in key_log(register) if act.what is CODE), None)


# Its sheet


def sheet_pages(register: Register, code: str, day: date) -> "list[Page]":
    """The sheet with the code, laid out for printer, screen or PDF."""
    # What draws is loaded when something is drawn.
    from mediation_desk.papers.drawing import pages_of  # noqa: PLC0415
    from mediation_desk.papers.recovery_sheet import recovery_sheet  # noqa: PLC0415

    sheet = recovery_sheet(code, register.unit.name, str(register.folder.resolve()), day)
    return pages_of([sheet])[0]


def save_sheet(pages: "Sequence[Page]", target: Path) -> None:
    """Write the sheet as a PDF, which anyone can open who finds it.

    Raises `DeskError` for another kind of file, or where it cannot be written.
    """
    if target.suffix.lower() != ".pdf":
        words = tr("恢复码的纸只能写成 .pdf 文件，不能写成“{name}”。请改文件名的结尾。")
        raise DeskError(words.format(name=target.name))
    from mediation_desk.papers.drawing import pdf_of  # noqa: PLC0415

    place_whole(target, pdf_of(pages, tr("恢复码")))
