"""The office helps a village that lost its password and its sheet, never without a trace."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.desk.clock import now
from mediation_desk.desk.desk_key import hand_on_key, own_key
from mediation_desk.desk.key_log import HELPED, RENEWED, note
from mediation_desk.desk.recording import own_ids
from mediation_desk.domain.codes import Role
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.spoken_digits import TOLD, heard, spoken
from mediation_desk.exchange import escrow as files
from mediation_desk.exchange.escrow import Answer
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.exchange.sealing import DeskKey, fingerprint, new_seed
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_ESCROWS = "escrows"
# A village that restored an older backup asks about an older one.
_KEPT = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A village's request; `known` if it asks about just what came with its packages."""

    unit: Unit
    sealed: str
    code: str
    known: bool


def _escrows(register: Register) -> dict[str, list[str]]:
    stored = register.setting(_ESCROWS)
    return dict(json.loads(stored)) if stored else {}


def keep_escrow(register: Register, incoming: Incoming) -> None:
    """Keep what a package brought, so that a village can ask by phone alone."""
    sealed, unit_id = incoming.head.escrow, incoming.head.unit.id
    if not sealed or not incoming.signer:
        return
    every = _escrows(register)
    others = [entry for entry in every.get(unit_id, []) if entry != sealed]
    every[unit_id] = [sealed, *others][:_KEPT]
    register.set(_ESCROWS, json.dumps(every))


def helped_units(register: Register) -> list[Unit]:
    """The units that this office can be asked to help: all below it that are not void."""
    own = own_ids(register)
    return [unit for unit in register.units() if unit.id not in own and not unit.void_reason]


def _key(register: Register) -> DeskKey:
    key = own_key(register)
    if register.role is not Role.OFFICE or key is None:
        words = tr("只有做过开户文件的司法所能帮村里打开登记簿。请在司法所的调解台里做。")
        raise DeskError(words)
    return key


def asked_by_file(register: Register, path: Path) -> Asked:
    """The request in a file; raises `DeskError` if this office cannot answer it."""
    key, asked = _key(register), files.read_request(path)
    unit = next((one for one in helped_units(register) if one.id == asked.unit_id), None)
    if unit is None:
        words = tr("申请里的“{unit}”不是本所管辖的单位，没有打开。请核对文件。")
        raise DeskError(words.format(unit=asked.unit))
    files.secret_in(asked.sealed, unit.id, key)
    known = asked.sealed in _escrows(register).get(unit.id, [])
    return Asked(unit, asked.sealed, asked.code, known)


def asked_by_phone(register: Register, unit_code: str, typed: str) -> Asked:
    """The request whose number was read out; raises `DeskError` if this office cannot answer it."""
    key, code = _key(register), heard(typed)
    unit = next((one for one in helped_units(register) if one.code == unit_code.strip()), None)
    if unit is None:
        words = tr("本所没有代码为{code}的下属单位。请核对单位。")
        raise DeskError(words.format(code=unit_code))
    for sealed in _escrows(register).get(unit.id, []):
        if files.is_about(code, sealed):
            files.secret_in(sealed, unit.id, key)
            return Asked(unit, sealed, code, known=True)
    happened = tr("这个申请号与{unit}报送过的钥匙对不上。").format(unit=unit.name)
    raise DeskError(happened + tr("请核对单位和号码；都对，就请它把申请文件送来。"))


def renew_key(register: Register, actor: str) -> str:
    """Give this office another key; its fingerprint.

    What is sealed to the one before is still opened here; the villages follow by the next file
    that they take from here.
    """
    _key(register)
    new = DeskKey(new_seed())
    with note(register, RENEWED, actor, fingerprint(new.public)):
        hand_on_key(register, new)
    return fingerprint(new.public)


def answer_name(unit: Unit) -> str:
    """The plain name of an answer's file."""
    return tr("{unit}解锁文件.txt").format(unit=unit.name)


def help_open(register: Register, asked: Asked, confirmed: str, actor: str, target: Path) -> str:
    """Write the answer to a request and note it; the code to be told by phone.

    `confirmed` says who asks and how that was made sure; it stands in both logs. Raises
    `DeskError`; then nothing is written.
    """
    confirmed = confirmed.strip()
    if not confirmed:
        happened = tr("没有写明是谁申请、怎样确认的。")
        raise DeskError(happened + tr("请先确认是本人，例如写“陶素芬，本人到所”。"))
    secret = files.secret_in(asked.sealed, asked.unit.id, _key(register))
    code = spoken(secrets.randbelow(10**TOLD))
    at = now().strftime("%Y-%m-%d %H:%M")
    office = register.unit.name
    answer = Answer(asked.unit.id, asked.code, secret, office, actor, confirmed, at)
    about = tr("{unit}，申请人：{asked_by}").format(unit=asked.unit.name, asked_by=confirmed)
    with note(register, HELPED, actor, about):
        files.write_answer(target, answer, asked.unit.name, code)
    return code
