"""The register's random key, wrapped by what a person knows (design.md §6)."""

import base64
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.store.connection import RESTORE, RegisterDamaged
from mediation_desk.words import tr

FILE = "keys.json"
_FORMAT = 1
# What a slot is opened by: what a person knows, or a secret that only the office can read.
PASSWORD, RECOVERY, OFFICE = "password", "recovery", "office"
# Argon2id with 10 passes over 64 MiB: 0.3 s where nothing else runs, costly for a guesser. Slots
# say themselves how they were wrapped, so that those of earlier programs still open.
_PASSES = 10
_MEMORY = 64 * 1024 * 1024
# The office's secret is drawn at random and as long as a key; there is nothing to guess.
_LIGHT_PASSES, _LIGHT_MEMORY = 1, 8192
_KEY_BYTES = 32
_SALT_BYTES = 16
# What a slot may ask for; a damaged file could name more memory than there is.
_MOST_PASSES = 100
_MOST_MEMORY = 1024 * 1024 * 1024


class KeysDamaged(RegisterDamaged):
    """The wrapped keys of a register are missing or cannot be understood."""


class WrongPassword(DeskError):
    """The password does not open this register."""


class WrongCode(DeskError):
    """The recovery code is well written, and not the one of this register."""


@dataclass(frozen=True, slots=True)
class Escrow:
    """What lies beside a register so that its office can help: a secret `sealed` to the key `to`.

    The names tell a desk that nobody can open whose it is and whom to ask; none is of a person.
    """

    to: str
    sealed: str
    unit_id: str
    unit: str
    office: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the key: `kind` says by what, the rest how it is wrapped."""

    kind: str
    passes: int
    memory: int
    salt: bytes
    box: bytes
    escrow: Escrow | None = None


def new_key() -> bytes:
    """A random key for a new register."""
    return os.urandom(_KEY_BYTES)


def _wrapping_key(secret: str, slot_salt: bytes, passes: int, memory: int) -> bytes:
    # PyNaCl costs 15 ms to import and is needed only to open or create a register.
    from nacl.pwhash import argon2id  # noqa: PLC0415

    return argon2id.kdf(_KEY_BYTES, secret.encode(), slot_salt, opslimit=passes, memlimit=memory)


def wrap(key: bytes, kind: str, secret: str) -> Slot:
    """Wrap `key` so that only `secret` opens it."""
    return _wrapped(key, kind, secret, (_PASSES, _MEMORY))


def wrap_for_office(key: bytes, secret: str, escrow: Escrow) -> Slot:
    """Wrap `key` by the secret that `escrow` holds for the office."""
    return _wrapped(key, OFFICE, secret, (_LIGHT_PASSES, _LIGHT_MEMORY), escrow)


def _wrapped(
    key: bytes, kind: str, secret: str, cost: tuple[int, int], escrow: Escrow | None = None
) -> Slot:
    from nacl.secret import SecretBox  # noqa: PLC0415

    salt = os.urandom(_SALT_BYTES)
    box = SecretBox(_wrapping_key(secret, salt, *cost)).encrypt(key)
    return Slot(kind, *cost, salt, bytes(box), escrow)


def _unwrap(slot: Slot, secret: str) -> bytes:
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.secret import SecretBox  # noqa: PLC0415

    wrapping = _wrapping_key(secret, slot.salt, slot.passes, slot.memory)
    try:
        return SecretBox(wrapping).decrypt(slot.box)
    except CryptoError as error:
        if slot.kind == RECOVERY:
            words = tr("这个恢复码打不开这本登记簿，可能是作废的旧纸。请找最近做的那一张。")
            raise WrongCode(words) from error
        if slot.kind == OFFICE:
            words = tr("解锁文件打不开这本登记簿：它答的是以前的申请。请重新申请一次。")
            raise WrongCode(words) from error
        raise WrongPassword(tr("密码不对。请看看大小写锁定和输入法，再输一次。")) from error


def _plain(slot: Slot) -> dict[str, Any]:
    plain = {
        "kind": slot.kind,
        "passes": slot.passes,
        "memory": slot.memory,
        "salt": base64.b64encode(slot.salt).decode(),
        "box": base64.b64encode(slot.box).decode(),
    }
    return plain | ({"escrow": asdict(slot.escrow)} if slot.escrow else {})


def write_slots(folder: Path, slots: list[Slot]) -> None:
    """Put the wrapped keys of a register in place, all or nothing."""
    entries = [_plain(slot) for slot in slots]
    temporary = folder / (FILE + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"format": _FORMAT, "slots": entries}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / FILE)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make names in `folder` durable; Windows has no way to open a folder and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_slot(folder: Path, slot: Slot) -> None:
    """Put `slot` in the place of the one of its kind; the other ways to the key stay.

    All or nothing: raises `DeskError` where it cannot be written, and what opened before opens.
    """
    others = [entry for entry in read_slots(folder) if entry.kind != slot.kind]
    put_slots(folder, [*others, slot])


def put_slots(folder: Path, slots: list[Slot]) -> None:
    """Let these be the only ways to the key; all or nothing, as `put_slot`."""
    try:
        write_slots(folder, slots)
    except OSError as error:
        words = tr("钥匙文件没有写成，原来的密码和恢复码照旧。请检查磁盘和文件夹权限后再试。")
        raise DeskError(words) from error


def kinds(folder: Path) -> frozenset[str]:
    """By what the register in `folder` can be opened."""
    return frozenset(slot.kind for slot in read_slots(folder))


def escrow_of(folder: Path) -> Escrow | None:
    """What lies there for the office; None if the register was never set up by one."""
    return next((slot.escrow for slot in read_slots(folder) if slot.kind == OFFICE), None)


def _escrow(entry: object) -> Escrow | None:
    if not isinstance(entry, dict) or not all(type(value) is str for value in entry.values()):
        return None
    return Escrow(**entry)


def _slot(entry: dict[str, Any]) -> Slot:
    slot = Slot(
        str(entry["kind"]),
        int(entry["passes"]),
        int(entry["memory"]),
        base64.b64decode(entry["salt"]),
        base64.b64decode(entry["box"]),
        _escrow(entry.get("escrow")),
    )
    in_reach = 0 < slot.passes <= _MOST_PASSES and 0 < slot.memory <= _MOST_MEMORY
    if not in_reach or len(slot.salt) != _SALT_BYTES:
        raise ValueError(slot.kind)
    return slot


def read_slots(folder: Path) -> list[Slot]:
    """The wrapped keys of a register; raises `DeskError` when they cannot be understood."""
    try:
        stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if stored["format"] > _FORMAT:
            raise DeskError(
                tr("这本登记簿是更新版本的程序建的，本机的程序太旧，打不开。请先升级本机的调解台。")
            )
        return [_slot(entry) for entry in stored["slots"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        happened = tr("登记簿的钥匙文件缺失或已损坏（{file}）。").format(file=FILE)
        raise KeysDamaged(happened + tr(RESTORE)) from error


def _no_code(folder: Path) -> DeskError:
    happened = tr("这本登记簿没有做过恢复码，密码不能重设。")
    if OFFICE in kinds(folder):
        return DeskError(happened + tr("可以请司法所帮助打开。"))
    mend = tr("请再想想密码；实在想不起，就新建登记簿，请司法所把报送过的内容还给您。")
    return DeskError(happened + mend)


def check_code(folder: Path) -> None:
    """Raises `DeskError` with what to do if no recovery code can open the register in `folder`."""
    if RECOVERY not in kinds(folder):
        raise _no_code(folder)


def unlock(folder: Path, secret: str, kind: str = PASSWORD) -> bytes:
    """The key of the register in `folder`, by its password, its recovery code, or the office.

    Raises `WrongPassword`, `WrongCode`, `KeysDamaged`, or `DeskError` if there is no such way.
    """
    for slot in read_slots(folder):
        if slot.kind == kind:
            return _unwrap(slot, secret)
    if kind == RECOVERY:
        raise _no_code(folder)
    if kind == OFFICE:
        raise DeskError(tr("这本登记簿没有封存给司法所的钥匙。请用打印的恢复码。"))
    raise KeysDamaged(tr("登记簿的钥匙文件里没有密码。") + tr(RESTORE))
