"""Where something in the register came from: which file, which number, which row, who took it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from mediation_desk.desk.deciding import DECISION
from mediation_desk.desk.looking import IMPORT
from mediation_desk.desk.recording import is_own
from mediation_desk.desk.versions import KINDS, NOUNS
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import Act, Package
from mediation_desk.domain.round_trip import Proposal, Receipt
from mediation_desk.exchange.cells import place
from mediation_desk.exchange.columns import LEDGER
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.figure import Figure
from mediation_desk.store.register import Register
from mediation_desk.store.sources import Touch
from mediation_desk.words import tr

# Acts that write what stood in a file.
_BRINGING = (IMPORT, DECISION)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that brought or changed something of a dispute.

    `number` is 0 for a ledger kept by hand, `place` the dispute's sheet!cell in the file. `did`
    says what the file did, `act` is its batch. A file received before receipts were kept is known
    by its batch alone.
    """

    act: int
    file_name: str
    number: int
    received_on: date
    received_by: str
    place: str
    did: str = ""

    @property
    def words(self) -> str:
        """The file in one line."""
        number = tr("累计第{number}份").format(number=self.number) if self.number else ""
        name = tr("“{name}”").format(name=self.file_name)
        if not self.number and self.place:
            name = tr("手工台账{name}").format(name=name)
        received = tr("{day} {by}接收").format(
            day=self.received_on.isoformat(), by=self.received_by
        )
        parts = (name, number, self.place, received, self.did)
        return tr("，").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Provenance:
    """A dispute and the files it came from, the first one ahead; none if it was registered here."""

    row: DisputeRow
    sources: tuple[Source, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A dispute behind a figure, and the last file that brought or changed what is counted.

    `own` tells whether this desk registered it; of others' the file may have gone unnoted.
    """

    row: DisputeRow
    source: Source | None
    own: bool

    @property
    def words(self) -> str:
        """The file in one line, or why there is none."""
        if self.source is not None:
            return self.source.words
        return tr("本单位登记") if self.own else tr("没有记下是哪个文件")


def provenance(register: Register, dispute_id: str) -> Provenance:
    """Where a dispute came from: its unit, and every file that brought or changed it.

    Raises `DeskError` for a dispute that is not in the register.
    """
    rows = register.rows_at(register.places_of([dispute_id]))
    if not rows:
        raise DeskError(tr("这件纠纷不在登记簿里。请刷新后再看。"))
    changed: dict[int, list[str]] = defaultdict(list)
    found, first = list[Touch](), 0
    for kind in ("dispute", *KINDS):
        for touch in register.touches(kind, _ids(register, kind, dispute_id)):
            found.append(touch)
            first = touch.act if kind == "dispute" and touch.first else first
            if kind not in changed[touch.act]:
                changed[touch.act].append(kind)
    files = _Files(register, found)
    told = (
        files.source(act, dispute_id, _did(kinds, new=act == first))
        for act, kinds in sorted(changed.items())
    )
    sources = tuple(source for source in told if source is not None)
    return Provenance(rows[0], sources, _words(register, rows[0].dispute, sources))


def _ids(register: Register, kind: str, dispute_id: str) -> list[str]:
    if kind == "dispute":
        return [dispute_id]
    return [record.id for record in register.all(kind, dispute_id=dispute_id)]


def _did(kinds: Iterable[str], *, new: bool) -> str:
    if new:
        return tr("新登记")
    nouns = tr("、").join(tr(NOUNS[kind]) for kind in kinds)
    return tr("改动了{nouns}").format(nouns=nouns)


def _words(register: Register, dispute: Dispute, sources: Sequence[Source]) -> str:
    if not sources:
        return tr("在本单位登记。") if is_own(register, dispute) else tr("没有记下来自哪个文件。")
    if len(sources) == 1:
        return tr("来自{source}。").format(source=sources[0].words)
    words = tr("先后来自{count}个文件，最近一个是{source}。")
    return words.format(count=len(sources), source=sources[-1].words)


class _Files:
    """The files of some acts, with where each dispute stands in them.

    An act that received a file left its receipt, one that took a row or an edit of it the
    proposals that tell where they stood.
    """

    def __init__(self, register: Register, touches: Iterable[Touch]) -> None:
        acts = {touch.act for touch in touches if touch.act_kind in _BRINGING}
        written = dict(register.written_in("receipt", acts))
        found = cast(list[Receipt], register.some("receipt", written.values()))
        receipts = {entry.id: entry for entry in found}
        self._acts = {act.number: act for kind in _BRINGING for act in register.acts(kind)}
        self._receipts = {act: receipts[id_] for act, id_ in written.items() if id_ in receipts}
        self._rows = {act: _rows(entry) for act, entry in self._receipts.items()}
        self._taken = _taken(register, acts - self._receipts.keys())
        ids = {entry.package_id for entry in self._taken.values()}
        packages = cast(list[Package], register.some("package", ids))
        self._numbers = {entry.id: entry.number for entry in packages}

    def source(self, act: int, dispute_id: str, did: str = "") -> Source | None:
        """The file of an act as the source of a dispute; None where it took nothing of a file."""
        receipt = self._receipts.get(act)
        if receipt is not None:
            at = _place(self._rows[act].get(dispute_id, ""))
            on, by = receipt.received_on, receipt.received_by
            return Source(act, receipt.file_name, receipt.number, on, by, at, did)
        taken = self._taken.get((act, dispute_id))
        if taken is not None:
            number = self._numbers.get(taken.package_id, 0)
            on, by = taken.decided_on or date.min, taken.decided_by
            return Source(act, taken.file_name, number, on, by, taken.place, did)
        made = self._acts.get(act)
        return _by_batch(made, did) if made is not None and made.kind == IMPORT else None


def _taken(register: Register, acts: Collection[int]) -> dict[tuple[int, str], Proposal]:
    """By act and dispute what was taken out of a file after somebody had looked at it."""
    written = register.written_in("proposal", acts)
    found = cast(list[Proposal], register.some("proposal", {id_ for _, id_ in written}))
    proposals = {entry.id: entry for entry in found if entry.state is ProposalState.TAKEN}
    taken: dict[tuple[int, str], Proposal] = {}
    for act, id_ in written:
        entry = proposals.get(id_)
        if entry is not None and entry.sort is not ProposalSort.DUPLICATE:
            taken[act, entry.dispute_id or entry.born("dispute")] = entry
    return taken


def _by_batch(act: Act, did: str) -> Source:
    return Source(act.number, act.reason, 0, date.fromisoformat(act.at[:10]), act.actor, "", did)


def _rows(receipt: Receipt) -> dict[str, int | str]:
    return json.loads(receipt.rows) if receipt.rows else {}


def _place(row: int | str) -> str:
    """Sheet!cell; a package tells the row of its ledger, a ledger kept by hand sheet and cell."""
    return place(LEDGER.title, row, 1) if isinstance(row, int) else row


# What a figure of a dispute is counted from.
_COUNTED = ("dispute", "agreement")


def behind(
    register: Register, calibre: Calibre, unit_ids: Collection[str], figure: Figure
) -> list[Behind]:
    """The disputes that a number counts, newest first, each with village, file and row.

    Of all units if none are named; a number of screenings or preventions has none behind it.
    """
    rows = register.rows_at(register.places_behind(calibre, figure, unit_ids))
    touches = _touches(register, [row.dispute.id for row in rows])
    files = _Files(register, [touch for found in touches.values() for touch in found])
    return [
        Behind(row, _last(files, row.dispute.id, touches), is_own(register, row.dispute))
        for row in rows
    ]


def _touches(register: Register, dispute_ids: Collection[str]) -> dict[str, list[Touch]]:
    """By dispute what brought or changed what is counted of it."""
    touches: dict[str, list[Touch]] = defaultdict(list)
    for kind in _COUNTED:
        of = {dispute_id: dispute_id for dispute_id in dispute_ids}
        if kind != "dispute":
            found = register.some(kind, dispute_ids, "dispute_id")
            of = {record.id: str(getattr(record, "dispute_id", "")) for record in found}
        for touch in register.touches(kind, of):
            touches[of[touch.record_id]].append(touch)
    return touches


def _last(files: _Files, dispute_id: str, touches: Mapping[str, list[Touch]]) -> Source | None:
    acts = sorted({touch.act for touch in touches.get(dispute_id, ())}, reverse=True)
    told = (files.source(act, dispute_id) for act in acts)
    return next((source for source in told if source is not None), None)
