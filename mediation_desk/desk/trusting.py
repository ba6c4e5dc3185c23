"""Whether what came may be trusted: by whom it is signed, whether it was sent before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk.desk_key import known_office, own_key
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Enrolment
from mediation_desk.exchange.hidden import Locked
from mediation_desk.exchange.incoming import Incoming, read_package
from mediation_desk.exchange.returns import Returned, read_returns
from mediation_desk.exchange.sealing import DeskKey, Seal, is_signed_up, leads
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def package_in(path: Path, key: DeskKey | None, today: date) -> Incoming | DeskError:
    """The package in a file, opened with the office's own `key`, or why there is none.

    The register is not asked, so that it may be writing meanwhile.
    """
    try:
        return read_package(path, today, key)
    except Locked:
        happened = tr("这份文件是封存的，本所的登记簿却还没有密钥，打不开。")
        mend = tr("请在做过开户文件的那本登记簿里接收，或重新给这个村做开户文件。")
        return DeskError(happened + mend)
    except DeskError as error:
        return error


def read_back(register: Register, path: Path) -> Returned:
    """Read what came back from the office with the village's own key.

    Raises `DeskError` for what is sealed to another, and for what the village's office did not
    sign.
    """
    try:
        returned = read_returns(path, own_key(register))
    except Locked as error:
        happened = tr("这份文件是封存的，本村的登记簿却还没有开户，打不开。")
        raise DeskError(happened + tr("请先打开司法所给的开户文件，再收这一份。")) from error
    office = known_office(register)
    if office is None or leads(office.key, returned.signer, returned.head.succession):
        return returned
    if not returned.signer:
        happened = tr("这份文件没有{office}的签名，没有接收。").format(office=office.name)
        raise DeskError(happened + tr("请让司法所重新制作，不要改名或拼接文件。"))
    if office.signed(returned.signer):
        happened = tr("这份文件是{office}换密钥以前做的，没有接收。").format(office=office.name)
        raise DeskError(happened + tr("请让司法所重新做一份回件，以前的内容都会在里面。"))
    happened = tr("这份文件的签名不是{office}的，没有接收。").format(office=office.name)
    mend = tr("请与司法所核对；如果它换过登记簿，请先打开它新做的开户文件。")
    raise DeskError(happened + mend)


def enrolments(register: Register, unit_id: str) -> list[Enrolment]:
    """The set-up files made for a unit, void ones left out, the newest first."""
    found = cast(list[Enrolment], register.all("enrolment", unit_id=unit_id))
    made = {entry.id: register.history("enrolment", entry.id)[0].sequence for entry in found}
    live = (entry for entry in found if not entry.void_reason)
    return sorted(live, key=lambda entry: made[entry.id], reverse=True)


def _counting(entries: Sequence[Enrolment]) -> tuple[list[Enrolment], Enrolment | None]:
    """Those that nobody signed up with yet, and the newest before them, whose key counts."""
    for place, entry in enumerate(entries):
        if entry.key:
            return list(entries[:place]), entry
    return list(entries), None


def _invited(incoming: Incoming, waiting: Sequence[Enrolment]) -> Enrolment | None:
    """The invitation by which the package signs its unit's key up."""
    unit_id, signer = incoming.head.unit.id, incoming.signer
    if not signer or not incoming.sign_up:
        return None
    return next(
        (
            entry
            for entry in waiting
            if is_signed_up(entry.invitation, signer, unit_id, incoming.sign_up)
        ),
        None,
    )


def wrong_signer(register: Register, incoming: Incoming) -> str:
    """Why the signature of a package does not count here; empty if it does, or need not."""
    unit = incoming.head.unit
    waiting, counting = _counting(enrolments(register, unit.id))
    if not incoming.signer:
        if counting is None:
            return ""
        words = tr("这份文件没有签名，而{unit}已经开户，不能确认是它做的，没有接收。")
        return words.format(unit=unit.name) + tr("请让对方在开过户的调解台里重新导出。")
    if counting is not None and incoming.signer == counting.key:
        return ""
    if _invited(incoming, waiting) is not None:
        return ""
    if other := _holder(register, incoming.signer, unit.id):
        words = tr("这份文件写明是{unit}的，签名却是{other}的，没有接收。")
        mend = tr("请向两个单位核实文件是谁做的，再请报送单位自己重新导出。")
        return words.format(unit=unit.name, other=other) + mend
    words = tr("这份文件的签名密钥没有在本所为{unit}登记，没有接收。").format(unit=unit.name)
    mend = tr("如果对方换了电脑或重装过，请给它另做一份开户文件，打开以后重新导出。")
    return words + mend


def _holder(register: Register, key: str, unit_id: str) -> str:
    """The name of another unit that signs with `key`."""
    for entry in cast(list[Enrolment], register.all("enrolment", key=key)):
        unit = register.get("unit", entry.unit_id)
        if entry.unit_id != unit_id and unit is not None:
            return str(getattr(unit, "name", ""))
    return ""


def replayed(incoming: Incoming, known: Sequence[Package]) -> str:
    """Why a package cannot be what it says beside those of its unit received before; or empty."""
    head = incoming.head
    for package in known:
        if package.digest == incoming.digest:
            continue
        if package.id == head.id:
            words = tr("{unit}的这份报送文件（累计第{number}份）以前收到过，内容却不同，没有接收。")
            mend = tr("请让对方重新导出一份，不要改写或拼接以前的文件。")
            return words.format(unit=head.unit.name, number=head.number) + mend
        if package.number == head.number:
            words = tr("{unit}的累计第{number}份已经收到过另一份（{day}制作），这一份没有接收。")
            mend = tr("如果对方用旧备份恢复过，请让它先收下本所最近的回执，再重新导出。")
            day = package.made_on.isoformat()
            return words.format(unit=head.unit.name, number=head.number, day=day) + mend
    return ""


def sign_up(register: Register, change: ChangeDoor, incoming: Incoming) -> None:
    """Note the unit's key in the act that receives its first signed package."""
    waiting, _ = _counting(enrolments(register, incoming.head.unit.id))
    invited = _invited(incoming, waiting)
    if invited is not None:
        change.keep(replace(invited, key=incoming.signer, enrolled_on=incoming.read_on))


def keep_scans(register: Register, change: ChangeDoor, came: Incoming | Returned) -> None:
    """Keep the bytes that a file brought of attachments that the register now knows."""
    for sha256, content in came.enclosed.items():
        if register.all("attachment", sha256=sha256):
            change.keep_bytes(sha256, content)


def seal_to(register: Register, unit: Unit) -> Seal | None:
    """How the office signs what it sends to a unit, and seals it once it has the unit's key."""
    key = own_key(register)
    if key is None:
        return None
    _, counting = _counting(enrolments(register, unit.id))
    return Seal(key, counting.key, unit.name) if counting else Seal(key)
