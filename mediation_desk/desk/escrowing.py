"""Sealing the way to a village's register to its office, so that nobody is ever locked out."""

from mediation_desk.desk.desk_key import known_office
from mediation_desk.desk.key_log import SEALED, note
from mediation_desk.exchange.escrow import new_secret, sealed_secret
from mediation_desk.store.keys import Escrow
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def sealed(register: Register, to: str, office: str) -> tuple[str, Escrow]:
    """A new secret for the office of key `to`, and what of it lies beside the register."""
    secret, unit = new_secret(), register.unit
    return secret, Escrow(to, sealed_secret(secret, unit.id, to), unit.id, unit.name, office)


def seal_to_office(register: Register, actor: str) -> None:
    """Seal the way to this register's key to the office that set it up, unless it is already."""
    office, there = known_office(register), register.escrow
    if office is None or (there is not None and there.to == office.key):
        return
    about = tr("{office}（核对码{code}）").format(office=office.name, code=office.fingerprint)
    with note(register, SEALED, actor, about):
        register.let_office_open(*sealed(register, office.key, office.name))


def carried(register: Register) -> str:
    """What a package takes along, so that the office has it when this computer is lost."""
    office, there = known_office(register), register.escrow
    return there.sealed if office and there and there.to == office.key else ""
