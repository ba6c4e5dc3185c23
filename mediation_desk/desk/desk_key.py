"""The desk's own key, the office that set it up, and how its workbooks are signed and sealed."""

import json
from dataclasses import asdict, dataclass

from mediation_desk.domain.codes import Role
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.sealing import DeskKey, Seal, fingerprint, new_seed
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_SEED, _OFFICE = "desk_key", "office"


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """The office whose set-up file this village opened last.

    `file` is the file's id, `sign_up` the signature of its invitation over this desk's key,
    `settings` what the office set then, so that the village's own choices can be told apart.
    """

    id: str
    code: str
    name: str
    key: str
    file: str
    sign_up: str
    opened_on: str
    settings: dict[str, int | bool | str]

    @property
    def fingerprint(self) -> str:
        """The office's key as two people compare it by phone."""
        return fingerprint(self.key)


def own_key(register: Register) -> DeskKey | None:
    """The key of the desk; None until it was set up or sets others up."""
    seed = register.setting(_SEED)
    return DeskKey(bytes.fromhex(seed)) if seed else None


def made_key(register: Register, seed: bytes = b"") -> DeskKey:
    """The key of the desk, made from `seed` or at random if it has none."""
    key = own_key(register)
    if key is None:
        key = DeskKey(seed or new_seed())
        register.set(_SEED, key.seed.hex())
    return key


def known_office(register: Register) -> KnownOffice | None:
    """The office that set this village's desk up; None if none did."""
    stored = register.setting(_OFFICE)
    return KnownOffice(**json.loads(stored)) if stored else None


def remember_office(register: Register, office: KnownOffice) -> None:
    """Remember by whom this desk was set up."""
    register.set(_OFFICE, json.dumps(asdict(office), ensure_ascii=False))


def seal_of(register: Register) -> Seal | None:
    """How a village's packages are signed and sealed; None if it was never set up."""
    key, office = own_key(register), known_office(register)
    if key is None or office is None:
        return None
    return Seal(key, office.key, office.name, office.sign_up)


def own_fingerprint(register: Register) -> str:
    """The desk's key as two people compare it by phone; an office that has none makes it now.

    Raises `DeskError` for a village that was never set up.
    """
    key = own_key(register)
    if key is None and register.role is not Role.OFFICE:
        words = tr("这本登记簿还没有开户，没有自己的密钥。")
        raise DeskError(words + tr("请先打开司法所给的开户文件。"))
    return fingerprint((key or made_key(register)).public)
