"""The exact copy: the package's records as text cells of a very hidden sheet."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from mediation_desk.domain.versions import NO_LINEAGES, Lineages, Names, Texts
from mediation_desk.exchange.cells import Tally, paired
from mediation_desk.exchange.contents import CARRIED, Head
from mediation_desk.exchange.enclosing import KIND, enclosed_in, enclosed_line, is_enclosed
from mediation_desk.exchange.hidden import (
    CHUNK,
    OF_THE_SEAL,
    PACKAGE,
    NoExactCopy,
    Pressed,
    damaged,
    described_by,
    is_sealed,
    signer_of,
    unpacked,
    verified,
)
from mediation_desk.exchange.sealing import DeskKey, Seal
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.words import tr

__all__ = [
    "CHUNK",
    "Encoder",
    "ExactCopy",
    "NoExactCopy",
    "Rejected",
    "decoded",
    "line",
    "record_in",
    "versioned_in",
]

# 2: a line may tell the versions that its record was made from, the newest first.
FORMAT = 2
MARK = PACKAGE

_LONGEST_ID = 64
_HUGE_NUMBER = 10**15
_MOST_PACKAGES = 1_000_000
# Versions, and with a question mark the fields that are still open between two of them.
_LINEAGE = re.compile(r"[0-9a-f]{12}-?( [0-9a-f]{12}-?)*( \?[a-z_]+)*")

# A line as our own writer makes it: the kind, the record as it stands in the history, the lineage.
_START = re.compile(r'\["([a-z_]+)",(?={)')
_END = re.compile(rf'(?:,"({_LINEAGE.pattern})")?\]')
_object_at = json.JSONDecoder().raw_decode

# Left out of the digest, so that making the same package again gives the same one.
_VOLATILE = ("program", "made_on", "made_by", *OF_THE_SEAL)
NOTHING_SHOWN: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line of the exact copy that is no record: which line, what it claims to be, why not."""

    line: int
    kind: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExactCopy:
    """A decoded exact copy; `records` and `rejected` together are all its lines of records.

    `signer` is the public key that signed it, `sign_up` the invitation's signature over that key;
    `enclosed` are the bytes of attachments by their hash; `lineages` the versions of the records,
    `texts` the records as JSON, as far as they came in just that form; `shown` the checksums of
    the rows of each visible sheet that the signer vouches for, empty without a signer.
    """

    head: Head
    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    digest: str
    format: int
    program: str
    count: int
    signer: str = ""
    sign_up: str = ""
    sealed: bool = False
    enclosed: Mapping[str, bytes] = field(default_factory=dict)
    lineages: Lineages = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


def line(record: Record, tally: Tally, names: Names = ()) -> bytes:
    """One record as a line of JSON: its kind, its values and, where known, its versions."""
    lineage = f',"{" ".join(names)}"' if names else ""
    text = f'["{kind_of(record)}",{canonical(to_plain(record))}{lineage}]'
    try:
        return text.encode()
    except UnicodeEncodeError:
        return paired(text, tally).encode()


class Encoder:
    """Makes the exact copy of records that are ready to leave, as they come along."""

    def __init__(self, head: Head, tally: Tally, seal: Seal | None = None) -> None:
        """Raise `DeskError` for a numbering pattern that no reader would accept."""
        if not PATTERN.fullmatch(head.pattern):
            happened = tr("编号格式“{pattern}”不能用于报送。").format(pattern=head.pattern)
            raise DeskError(happened + tr("请在设置中只用年份、简称和编号三项。"))
        self._head = head
        self._tally = tally
        self._pressed = Pressed(seal)

    def add(self, records: Iterable[Record], lineages: Lineages = NO_LINEAGES) -> None:
        """Take these records up, in this order, with their versions."""
        self._pressed.add(
            line(record, self._tally, lineages.get((kind_of(record), record.id), ()))
            for record in records
        )

    def enclose(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Take up the bytes of attachments by their hash; only a sealed copy may hold them."""
        self._pressed.add(enclosed_line(sha256, content) for sha256, content in contents)

    def finished(self, shown: Mapping[str, str] = NOTHING_SHOWN) -> tuple[str, list[str]]:
        """The digest and the cells; `shown` are checksums of the rows that people see, by sheet."""
        described = _described(self._head, self._pressed.count)
        if shown:
            described["shown"] = dict(shown)
        return self._pressed.finished(described, _stable(described))


def decoded(cells: Sequence[Any], key: DeskKey | None = None) -> ExactCopy:
    """The exact copy out of the cells of its sheet, opened by the desk's `key` if it is sealed.

    Raises `NoExactCopy`, or `NotToBeTaken` for what its signature or its seal forbids, with what
    happened and what to do.
    """
    described = described_by(cells, MARK, FORMAT)
    signer = signer_of(described)
    payload = unpacked(cells, described, key)
    digest = verified(payload, described, _stable(described))
    head = head_in(described)
    lines = _Lines()
    for number, text in enumerate(payload.splitlines(), 1):
        lines.take(number, text)
    return ExactCopy(
        head,
        tuple(lines.records),
        tuple(lines.rejected),
        digest,
        described["format"],
        str(described.get("program", "")),
        len(lines.records) + len(lines.rejected),
        signer,
        str(described.get("sign_up", "")),
        is_sealed(described),
        lines.enclosed,
        lines.lineages,
        lines.texts,
        _shown(described) if signer else NOTHING_SHOWN,
    )


def _shown(described: dict[str, Any]) -> Mapping[str, str]:
    """What the signer says that the sheets show; packages of older programs do not tell."""
    shown = described.get("shown")
    return shown if isinstance(shown, dict) else NOTHING_SHOWN


class _Lines:
    """What the lines of an exact copy hold, each in its place."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.rejected: list[Rejected] = []
        self.lineages: dict[tuple[str, str], Names] = {}
        self.enclosed: dict[str, bytes] = {}
        self.texts: dict[tuple[str, str], tuple[Record, str]] = {}
        self._stays = tr("这类记录不随月报报送。")

    def take(self, number: int, text: bytes) -> None:
        """Take up one line."""
        if is_enclosed(text):
            sha256, content, wrong = enclosed_in(text)
            if wrong:
                self.rejected.append(Rejected(number, KIND, sha256, wrong))
            else:
                self.enclosed[sha256] = content
            return
        made, names, plain = _told_in(number, text, CARRIED, self._stays)
        if isinstance(made, Rejected):
            self.rejected.append(made)
            return
        self.records.append(made)
        key = (kind_of(made), made.id)
        if names:
            self.lineages.setdefault(key, names)
        if plain:
            self.texts.setdefault(key, (made, plain))


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
        "span": head.span,
        "returned": head.returned,
        "wanted": list(head.wanted),
        "count": count,
        # Packages of a village without an office are as they always were.
        **({"escrow": head.escrow} if head.escrow else {}),
    }


def _stable(described: dict[str, Any]) -> bytes:
    stable = {name: value for name, value in described.items() if name not in _VOLATILE}
    return canonical(stable).encode("utf-8", "replace") + b"\n"


def head_in(described: dict[str, Any]) -> Head:
    """The head that a description tells of; raises `NoExactCopy` if it is not complete."""
    try:
        return _head(described)
    except (KeyError, StopIteration, TypeError, ValueError, NotARecord) as error:
        raise NoExactCopy(damaged(tr("程序内记录的说明不完整"))) from error


def _head(described: dict[str, Any]) -> Head:
    unit = from_plain("unit", described["unit"])
    if not isinstance(unit, Unit):
        raise TypeError(unit)
    first, last = map(date.fromisoformat, described["period"])
    period = Period(first, last)
    number, personal = described["number"], described["personal"]
    texts = [described[name] for name in ("package", "previous", "made_by", "unmasked_for")]
    pattern = described["pattern"]
    # Packages of the first format tell neither.
    span, returned = described.get("span", 1), described.get("returned", "")
    wanted, escrow = described.get("wanted", []), described.get("escrow", "")
    if not all(type(text) is str for text in (*texts, pattern, returned, escrow)):
        raise TypeError(texts)
    whole = all(type(entry) is int for entry in (number, span, *wanted))
    if not whole or not 1 <= span <= number:
        raise TypeError(number)
    if not PATTERN.fullmatch(pattern):
        raise ValueError(pattern)
    if not 1 <= number <= _MOST_PACKAGES or first > last or personal is not bool(texts[3]):
        raise ValueError(number)
    basis = next(member for member in DateBasis if member.value == described["basis"])
    calibre = Calibre(period, basis, bool(described["oral"]), str(described["types"]))
    made_on = date.fromisoformat(described["made_on"])
    return Head(
        texts[0],
        number,
        texts[1],
        unit,
        calibre,
        made_on,
        texts[2],
        texts[3],
        pattern,
        span,
        returned,
        tuple(wanted),
        escrow,
    )


def record_in(number: int, text: bytes, kinds: Collection[str], stays: str) -> Record | Rejected:
    """The record of a line, or why it is none; `stays` says so of a kind not among `kinds`."""
    return versioned_in(number, text, kinds, stays)[0]


def versioned_in(
    number: int, text: bytes, kinds: Collection[str], stays: str
) -> tuple[Record | Rejected, Names]:
    """The same with the record's versions, none for a line of the first format."""
    made, names, _ = _told_in(number, text, kinds, stays)
    return made, names


def _told_in(
    number: int, text: bytes, kinds: Collection[str], stays: str
) -> tuple[Record | Rejected, Names, str]:
    """The same with the record's own JSON, empty for a line in another form than ours."""
    plain = ""
    try:
        if (found := _in_our_form(text)) is not None:
            kind, values, lineage, plain = found
            parts: Any = (kind, values)
            known: Any = True
        else:
            parts = json.loads(text)
            lineage = parts.pop() if isinstance(parts, list) and len(parts) == 3 else None
            known = lineage is None or _LINEAGE.fullmatch(lineage)
    except (TypeError, ValueError, RecursionError):
        known = parts = None
    if not known:
        return Rejected(number, "", "", tr("内容读不出来。")), (), ""
    names = tuple(lineage.split(" ")) if lineage else ()
    return _record_of(number, text, parts, kinds, stays), names, plain


def _in_our_form(text: bytes) -> tuple[str, Any, str | None, str] | None:
    """Kind, values, lineage and the text of the values; None for a line in any other form."""
    told = text.decode("utf-8", "surrogatepass")
    start = _START.match(told)
    if start is None:
        return None
    values, end = _object_at(told, start.end())
    rest = _END.fullmatch(told, end)
    return (start[1], values, rest[1], told[start.end() : end]) if rest else None


def _record_of(
    number: int, text: bytes, parts: Any, kinds: Collection[str], stays: str
) -> Record | Rejected:
    kind = record_id = ""
    try:
        kind, plain = parts
        record_id = str(plain.get("id", ""))
        if kind not in kinds:
            return Rejected(number, str(kind), record_id, stays)
        if reason := _unkeepable(text, plain, record_id):
            return Rejected(number, kind, record_id, reason)
        record = from_plain(kind, plain)
    except NotARecord as error:
        return Rejected(number, kind, record_id, str(error))
    except (AttributeError, TypeError, ValueError, RecursionError):
        return Rejected(number, str(kind), record_id, tr("内容读不出来。"))
    return record


def _unkeepable(text: bytes, plain: Mapping[str, Any], record_id: str) -> str:
    """Why no register could hold what this line says, though it may look like a record."""
    if not 0 < len(record_id) <= _LONGEST_ID:
        return tr("没有有效的标识。")
    # Only of numbers: the digits of an account may stand in any text.
    for value in plain.values():
        if type(value) is int and not -_HUGE_NUMBER < value < _HUGE_NUMBER:
            return tr("其中的数字过大。")
    if b"\\u" in text and (b"\\ud" in text or b"\\uD" in text):
        return tr("其中的文字含有无效字符。")
    return ""
