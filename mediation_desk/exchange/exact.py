"""The exact copy: the package's records as text cells of a very hidden sheet."""

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation_desk import __version__
from mediation_desk.domain.numbering import PATTERN
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import (
    NotARecord,
    canonical,
    from_plain,
    kind_of,
    to_plain,
)
from mediation_desk.exchange.cells import Tally, paired
from mediation_desk.exchange.contents import CARRIED, Head
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.words import tr

FORMAT = 1
MARK = "mediation-desk-package"
CHUNK = 30_000  # characters a cell, well under the format's limit
_CHUNK_BYTES = CHUNK // 4 * 3  # as many bytes as fill one in base64
MOST_BYTES = 512 * 1024 * 1024
MOST_RECORDS = 1_000_000

_LONGEST_ID = 64
_HUGE_NUMBER = re.compile(rb"[:\[,]\s*-?\d{16}")
_MOST_PACKAGES = 1_000_000

# Left out of the digest, so that making the same package again gives the same one.
_VOLATILE = ("program", "made_on", "made_by", "digest")


class NoExactCopy(DeskError):
    """A workbook whose exact copy is missing, damaged or newer than this program."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line of the exact copy that is no record: which line, what it claims to be, why not."""

    line: int
    kind: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExactCopy:
    """A decoded exact copy; `records` and `rejected` together are all its lines."""

    head: Head
    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    digest: str
    format: int
    program: str
    count: int


def line(record: Record, tally: Tally) -> bytes:
    """One record as a line of JSON: its kind and its values."""
    text = f'["{kind_of(record)}",{canonical(to_plain(record))}]'
    try:
        return text.encode()
    except UnicodeEncodeError:
        return paired(text, tally).encode()


class Encoder:
    """Makes the exact copy of records that are ready to leave, as they come along."""

    def __init__(self, head: Head, tally: Tally) -> None:
        """Raise `DeskError` for a numbering pattern that no reader would accept."""
        if not PATTERN.fullmatch(head.pattern):
            happened = tr("编号格式“{pattern}”不能用于报送。").format(pattern=head.pattern)
            raise DeskError(happened + tr("请在设置中只用年份、简称和编号三项。"))
        self._head = head
        self._tally = tally
        self._count = 0
        self._digest = hashlib.sha256()
        self._press = zlib.compressobj(6)
        self._pressed = bytearray()
        self._cells: list[str] = []

    def add(self, records: Iterable[Record]) -> None:
        """Take these records up, in this order."""
        for record in records:
            text = line(record, self._tally) + b"\n"
            self._digest.update(text)
            self._pressed += self._press.compress(text)
            self._count += 1
        whole = len(self._pressed) // _CHUNK_BYTES * _CHUNK_BYTES
        self._move(whole)

    def _move(self, size: int) -> None:
        """Turn the first `size` pressed bytes into cells."""
        for at in range(0, size, _CHUNK_BYTES):
            part = self._pressed[at : min(at + _CHUNK_BYTES, size)]
            self._cells.append(base64.b64encode(part).decode("ascii"))
        del self._pressed[:size]

    def finished(self) -> tuple[str, list[str]]:
        """The digest and the cells."""
        self._pressed += self._press.flush()
        self._move(len(self._pressed))
        described = _described(self._head, self._count)
        self._digest.update(_stable(described))
        described["digest"] = self._digest.hexdigest()
        return described["digest"], [canonical(described), *self._cells]


def decoded(cells: Sequence[Any]) -> ExactCopy:
    """The exact copy out of the cells of its sheet.

    Raises `NoExactCopy` with what happened and what to do.
    """
    described = _head_text(cells[0] if cells else "")
    payload = _payload("".join(str(cell) for cell in cells[1:]))
    digest = hashlib.sha256(payload)
    digest.update(_stable(described))
    if digest.hexdigest() != described.get("digest"):
        raise NoExactCopy(_damaged(tr("程序内记录与校验值不符")))
    try:
        head = _head(described)
    except (KeyError, StopIteration, TypeError, ValueError, NotARecord) as error:
        raise NoExactCopy(_damaged(tr("程序内记录的说明不完整"))) from error
    made = [_record(number, text) for number, text in enumerate(payload.splitlines(), 1)]
    rejected = tuple(entry for entry in made if isinstance(entry, Rejected))
    return ExactCopy(
        head,
        tuple(entry for entry in made if not isinstance(entry, Rejected)),
        rejected,
        digest.hexdigest(),
        described["format"],
        str(described.get("program", "")),
        len(made),
    )


def _described(head: Head, count: int) -> dict[str, Any]:
    calibre = head.calibre
    return {
        "mark": MARK,
        "format": FORMAT,
        "program": __version__,
        "package": head.id,
        "number": head.number,
        "previous": head.previous,
        "unit": to_plain(head.unit),
        "period": [calibre.period.first.isoformat(), calibre.period.last.isoformat()],
        "basis": calibre.basis.value,
        "oral": calibre.oral,
        "types": calibre.types,
        "made_on": head.made_on.isoformat(),
        "made_by": head.made_by,
        "personal": head.personal,
        "unmasked_for": head.unmasked_for,
        "pattern": head.pattern,
        "count": count,
    }


def _stable(described: dict[str, Any]) -> bytes:
    stable = {name: value for name, value in described.items() if name not in _VOLATILE}
    return canonical(stable).encode("utf-8", "replace") + b"\n"


def _head_text(cell: Any) -> dict[str, Any]:
    try:
        described = json.loads(cell) if isinstance(cell, str) and cell else None
    except (ValueError, RecursionError) as error:
        raise NoExactCopy(_damaged(tr("程序内记录的说明读不出来"))) from error
    if not isinstance(described, dict) or described.get("mark") != MARK:
        happened = tr("这个工作簿里没有调解台的程序内记录。")
        mend = tr("请让对方从调解台重新导出后再发送；手工填写的台账目前还不能接收。")
        raise NoExactCopy(happened + mend)
    version = described.get("format")
    if not isinstance(version, int) or version > FORMAT:
        happened = tr("这个工作簿是由更新版本的调解台制作的。")
        raise NoExactCopy(happened + tr("请先升级本机的调解台，再接收这个文件。"))
    return described


def _payload(text: str) -> bytes:
    try:
        pressed = base64.b64decode(text, validate=True)
        press = zlib.decompressobj()
        payload = press.decompress(pressed, MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise NoExactCopy(_damaged(tr("程序内记录无法解开"))) from error
    if press.unconsumed_tail or not press.eof:
        raise NoExactCopy(_damaged(tr("程序内记录过大或不完整")))
    if payload.count(b"\n") > MOST_RECORDS:
        raise NoExactCopy(_damaged(tr("程序内记录过多")))
    return payload


def _head(described: dict[str, Any]) -> Head:
    unit = from_plain("unit", described["unit"])
    if not isinstance(unit, Unit):
        raise TypeError(unit)
    first, last = map(date.fromisoformat, described["period"])
    period = Period(first, last)
    number, personal = described["number"], described["personal"]
    texts = [described[name] for name in ("package", "previous", "made_by", "unmasked_for")]
    pattern = described["pattern"]
    if type(number) is not int or not all(type(text) is str for text in (*texts, pattern)):
        raise TypeError(number)
    if not PATTERN.fullmatch(pattern):
        raise ValueError(pattern)
    if not 1 <= number <= _MOST_PACKAGES or first > last or personal is not bool(texts[3]):
        raise ValueError(number)
    basis = next(member for member in DateBasis if member.value == described["basis"])
    calibre = Calibre(period, basis, bool(described["oral"]), str(described["types"]))
    made_on = date.fromisoformat(described["made_on"])
    return Head(texts[0], number, texts[1], unit, calibre, made_on, texts[2], texts[3], pattern)


def _record(number: int, text: bytes) -> Record | Rejected:
    kind = record_id = ""
    try:
        kind, plain = json.loads(text)
        record_id = str(plain.get("id", ""))
        if kind not in CARRIED:
            return Rejected(number, str(kind), record_id, tr("这类记录不随月报报送。"))
        if reason := _unkeepable(text, record_id):
            return Rejected(number, kind, record_id, reason)
        record = from_plain(kind, plain)
    except NotARecord as error:
        return Rejected(number, kind, record_id, str(error))
    except (AttributeError, TypeError, ValueError, RecursionError):
        return Rejected(number, str(kind), record_id, tr("内容读不出来。"))
    return record


def _unkeepable(text: bytes, record_id: str) -> str:
    """Why no register could hold what this line says, though it may look like a record."""
    if not 0 < len(record_id) <= _LONGEST_ID:
        return tr("没有有效的标识。")
    if _HUGE_NUMBER.search(text):
        return tr("其中的数字过大。")
    if b"\\ud" in text.lower():
        return tr("其中的文字含有无效字符。")
    return ""


def _damaged(why: str) -> str:
    words = tr("这个工作簿的程序内记录已损坏（{why}），没有接收任何内容。").format(why=why)
    return words + tr("请让对方从调解台重新导出后再发送，不要用其他软件改写隐藏的工作表。")
