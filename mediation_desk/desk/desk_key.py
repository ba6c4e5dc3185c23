"""The desk's own key, the office that set it up, and how its workbooks are signed and sealed."""

import json
from dataclasses import asdict, dataclass, replace

from mediation_desk.domain.codes import Role
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.sealing import DeskKey, Seal, Succession, fingerprint, new_seed
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_SEED, _OFFICE = "desk_key", "office"
_EARLIER = "earlier_desk_keys"


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
    # The keys that it had before, which signed what was taken then.
    earlier: str = ""

    @property
    def fingerprint(self) -> str:
        """The office's key as two people compare it by phone."""
        return fingerprint(self.key)

    def signed(self, signer: str) -> bool:
        """Whether this office signed with that key, now or before."""
        return signer == self.key or signer in self.earlier.split()

    def with_key(self, key: str) -> "KnownOffice":
        """The same office after it handed on to another key."""
        if key == self.key:
            return self
        return replace(self, key=key, earlier=f"{self.earlier} {self.key}".strip())


def own_key(register: Register) -> DeskKey | None:
    """The key of the desk; None until it was set up or sets others up."""
    seed = register.setting(_SEED)
    if not seed:
        return None
    earlier = [bytes.fromhex(entry["seed"]) for entry in _handed_on(register)]
    return DeskKey(bytes.fromhex(seed), earlier)


def _handed_on(register: Register) -> list[dict[str, str]]:
    """The keys that this desk had before, the oldest first, each with what it was handed on by."""
    stored = register.setting(_EARLIER)
    return list(json.loads(stored)) if stored else []


def succession(register: Register) -> tuple[Succession, ...]:
    """How this desk came to its key; empty while it has its first one."""
    return tuple(
        Succession(entry["old"], entry["new"], entry["signature"]) for entry in _handed_on(register)
    )


def hand_on_key(register: Register, new: DeskKey) -> None:
    """Give this desk another key within an open act; the one before signs that it is so."""
    old = made_key(register)
    entry = {
        "seed": old.seed.hex(),
        "old": old.public,
        "new": new.public,
        "signature": old.hand_on(new.public),
    }
    register.set(_EARLIER, json.dumps([*_handed_on(register), entry]))
    register.set(_SEED, new.seed.hex())


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


def follow_office(register: Register, signer: str) -> None:
    """Trust from now on the key by which the office signed, if it handed on to it."""
    office = known_office(register)
    if office is not None and signer:
        remember_office(register, office.with_key(signer))


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
