"""The way back by the office: the sealed secret, the village's request, the office's answer.

What is sealed is not the register's key but a secret that wraps it: the office alone, without the
file of keys beside the register, opens nothing. The answer is locked by a code told by phone, and
its secret is exchanged as soon as it was used.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.spoken_digits import heard, spoken
from mediation_desk.exchange.placing import place_whole
from mediation_desk.exchange.sealing import SEED_BYTES, DeskKey, NotOurs, sealed_to
from mediation_desk.words import tr

_PURPOSE = "mediation-desk escrow"
REQUEST, ANSWER = "mediation-desk-unlock-request", "mediation-desk-unlock-answer"
_FORMAT = 1
_LONGEST = 64 * 1024
# Five digits name what was sealed, six are drawn for each request.
_MARKS, _DRAWN = 10**5, 10**6
# As for a password: whoever finds the file must not try the codes of the phone.
_PASSES, _MEMORY, _SALT_BYTES = 10, 64 * 1024 * 1024, 16


class WrongSpokenCode(DeskError):
    """The code that was told by phone does not open the answer."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a village that cannot open its register asks of its office."""

    unit_id: str
    unit: str
    office: str
    sealed: str
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office gives back: the secret, who opened it for whom, to which request."""

    unit_id: str
    request: str
    secret: str
    office: str
    by: str
    asked_by: str
    at: str


def new_secret() -> str:
    """A secret drawn at random, which wraps the register's key."""
    return os.urandom(SEED_BYTES).hex()


def sealed_secret(secret: str, unit_id: str, office_key: str) -> str:
    """The secret as only the office reads it; what it is for and whose it is is sealed with it."""
    content = {"for": _PURPOSE, "unit": unit_id, "secret": secret}
    return sealed_to(office_key, json.dumps(content).encode())


def secret_in(sealed: str, unit_id: str, key: DeskKey) -> str:
    """The secret that a unit sealed to this office; raises `DeskError` for anything else."""
    try:
        content = json.loads(key.content_key(sealed))
        if content["for"] == _PURPOSE and content["unit"] == unit_id:
            return str(content["secret"])
    except NotOurs as error:
        words = tr("这本登记簿的钥匙不是封存给本所的，打不开。请核对是不是别的司法所开的户。")
        raise DeskError(words) from error
    except (ValueError, TypeError, KeyError):
        pass
    raise DeskError(tr("申请里封存的不是这个单位的钥匙，没有打开。请让对方重新申请一次。"))


def _mark(sealed: str) -> int:
    return int.from_bytes(hashlib.sha256(sealed.encode()).digest()) % _MARKS


def new_request_code(sealed: str, drawn: int) -> str:
    """The number of a request as it is read out; `drawn` at random below 10**6."""
    return spoken(_mark(sealed) * _DRAWN + drawn % _DRAWN)


def is_about(code: str, sealed: str) -> bool:
    """Whether the request of this number asks to open what is `sealed`."""
    return int(code.replace(" ", "")[:5]) == _mark(sealed)


# Files: a line that says in words what they are, then one line of JSON


def _write(target: Path, mark: str, said: str, told: dict[str, Any]) -> None:
    content = {"mark": mark, "format": _FORMAT} | told
    text = f"{said}\n{json.dumps(content, ensure_ascii=False)}\n"
    place_whole(target, text.encode("utf-8"))


def _read(path: Path, mark: str, wanted: str) -> dict[str, Any]:
    another = tr("“{name}”不是{wanted}。请核对选错了没有。").format(name=path.name, wanted=wanted)
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST + 1)
        if len(text) > _LONGEST:
            raise DeskError(another)
        told = json.loads(text.decode("utf-8-sig").splitlines()[1])
        if told["mark"] != mark:
            raise DeskError(another)
        if int(told["format"]) > _FORMAT:
            words = tr("“{name}”是更新版本的调解台做的。请先升级本机的调解台。")
            raise DeskError(words.format(name=path.name))
    except OSError as error:
        words = tr("读不出“{path}”。请检查路径，或把文件重新拷贝一次。").format(path=path)
        raise DeskError(words) from error
    except (ValueError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise DeskError(another) from error
    if not isinstance(told, dict):
        raise DeskError(another)
    return told


def _texts(told: dict[str, Any], *names: str) -> list[str]:
    texts = [told.get(name) for name in names]
    if not all(type(text) is str and text for text in texts):
        raise DeskError(tr("这个文件不完整或被改动过，没有使用。请让对方重新做一份。"))
    return [str(text) for text in texts]


def write_request(target: Path, request: Request) -> None:
    """Write a request as a small text file; it holds nothing that must be kept secret."""
    said = tr("{unit}请{office}帮助打开登记簿。请在司法所的调解台里“设置—密钥”读入本文件。")
    _write(target, REQUEST, said.format(unit=request.unit, office=request.office), asdict(request))


def read_request(path: Path) -> Request:
    """Read a request; raises `DeskError` for anything else."""
    told = _read(path, REQUEST, tr("打开登记簿的申请文件"))
    unit_id, unit, office, sealed, code = _texts(
        told, "unit_id", "unit", "office", "sealed", "code"
    )
    code = heard(code)
    if not is_about(code, sealed):
        raise DeskError(tr("这份申请被改动过，没有使用。请让对方重新申请一次。"))
    return Request(unit_id, unit, office, sealed, code)


def _lock(code: str, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id  # noqa: PLC0415 - as in `sealing`

    return argon2id.kdf(SEED_BYTES, code.encode(), salt, opslimit=_PASSES, memlimit=_MEMORY)


def write_answer(target: Path, answer: Answer, unit: str, code: str) -> None:
    """Write the answer, which only the spoken `code` opens."""
    from nacl.secret import SecretBox  # noqa: PLC0415

    salt = os.urandom(_SALT_BYTES)
    box = SecretBox(_lock(code, salt)).encrypt(json.dumps(asdict(answer)).encode())
    said = tr("{office}给{unit}的解锁文件。没有电话里说的口令打不开，只能用一次。")
    told = {
        "unit_id": answer.unit_id,
        "request": answer.request,
        "salt": salt.hex(),
        "box": bytes(box).hex(),
    }
    _write(target, ANSWER, said.format(office=answer.office, unit=unit), told)


def request_answered(path: Path) -> tuple[str, str]:
    """To whose request a file is the answer, by unit and number; raises `DeskError` for none."""
    unit_id, request = _texts(_read(path, ANSWER, tr("司法所的解锁文件")), "unit_id", "request")
    return unit_id, request


def read_answer(path: Path, code: str) -> Answer:
    """Open an answer by the spoken `code`; raises `WrongSpokenCode`."""
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.secret import SecretBox  # noqa: PLC0415

    told = _read(path, ANSWER, tr("司法所的解锁文件"))
    unit_id, request, salt, box = _texts(told, "unit_id", "request", "salt", "box")
    try:
        opened = SecretBox(_lock(heard(code), bytes.fromhex(salt))).decrypt(bytes.fromhex(box))
        answer = Answer(**json.loads(opened))
    except (CryptoError, ValueError, TypeError) as error:
        words = tr("口令打不开这份解锁文件。请打电话与司法所再核对一遍口令。")
        raise WrongSpokenCode(words) from error
    if (answer.unit_id, answer.request) != (unit_id, request):
        raise DeskError(tr("这份解锁文件被改动过，没有使用。请让司法所重新做一份。"))
    return answer
