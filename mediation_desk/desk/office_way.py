"""The way back by the office for a village that lost both its password and the printed code."""

import json
import secrets
from pathlib import Path

from mediation_desk.desk.desk_key import known_office
from mediation_desk.desk.escrowing import sealed
from mediation_desk.desk.key_log import OPENED, note
from mediation_desk.desk.setting_up import password_too_short
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange import escrow as files
from mediation_desk.exchange.escrow import Request
from mediation_desk.exchange.placing import place_whole
from mediation_desk.store import attempts, keys
from mediation_desk.store.keys import Escrow
from mediation_desk.store.opening import open_by_office
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# The request that waits for an answer; a number, and nothing secret.
ASKED = "asked-office.json"
_DRAWN = 10**6


# Asking, before anything is open


def _there(folder: Path) -> Escrow:
    escrow = keys.escrow_of(folder)
    if escrow is None:
        happened = tr("这本登记簿没有用司法所的开户文件开过户，司法所打不开它。")
        raise DeskError(happened + tr("请用打印的恢复码；没有恢复码，就请再想想密码。"))
    return escrow


def can_ask(folder: Path) -> bool:
    """Whether there is an office that could help with the register in `folder`."""
    try:
        return keys.escrow_of(folder) is not None
    except DeskError:
        return False


def request(folder: Path, *, anew: bool = False) -> Request:
    """What to ask of the office; the same until it was answered, or asked for `anew`.

    Raises `DeskError` if no office can help.
    """
    escrow = _there(folder)
    code = "" if anew else _asked(folder)
    if not code or not files.is_about(code, escrow.sealed):
        code = files.new_request_code(escrow.sealed, secrets.randbelow(_DRAWN))
        place_whole(folder / ASKED, json.dumps({"code": code}).encode())
    return Request(escrow.unit_id, escrow.unit, escrow.office, escrow.sealed, code)


def _asked(folder: Path) -> str:
    try:
        return str(json.loads((folder / ASKED).read_text(encoding="utf-8"))["code"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def request_name(asked: Request) -> str:
    """The plain name of a request's file."""
    return tr("{unit}打开登记簿申请.txt").format(unit=asked.unit)


def save_request(asked: Request, target: Path) -> None:
    """Write the request for the office."""
    files.write_request(target, asked)


# Opening


def check_answer(folder: Path, path: Path) -> None:
    """Raises `DeskError` if a file is not the answer that this register waits for."""
    escrow, (unit_id, code) = _there(folder), files.request_answered(path)
    if unit_id != escrow.unit_id:
        words = tr("这份解锁文件是给别的单位的，没有使用。请让司法所核对。")
        raise DeskError(words)
    if code != _asked(folder):
        happened = tr("这份解锁文件答的不是现在这次申请，没有使用。")
        raise DeskError(happened + tr("请把现在的申请号念给司法所，请它重新做一份。"))


def open_by_answer(folder: Path, path: Path, code: str, new: str, actor: str = "") -> Register:
    """The register opened by the office's answer and the code told by phone, with a new password.

    The lost sheet opens it no more, nor does the same answer again. Raises `DeskError`; then
    nothing has changed.
    """
    if short := password_too_short(new):
        raise DeskError(short)
    check_answer(folder, path)
    answer = files.read_answer(path, code)
    register = open_by_office(folder, answer.secret)
    try:
        escrow, office = _there(folder), known_office(register)
        to, name = (office.key, office.name) if office else (escrow.to, escrow.office)
        told = tr("{office}{by}，申请人：{asked_by}，{at}").format(
            office=answer.office, by=answer.by, asked_by=answer.asked_by, at=answer.at
        )
        with note(register, OPENED, actor or register.person, told):
            register.let_open_anew(new, *sealed(register, to, name))
    except BaseException:
        register.close()
        raise
    attempts.forget(folder)
    (folder / ASKED).unlink(missing_ok=True)
    return register
