"""A register: the records of one unit or office, encrypted on disk."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from mediation_desk.domain.casefile import CaseFile, gathered
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import Role
from mediation_desk.domain.desk_log import LogEntry
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.finding import DisputeRow, Find, Page
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.organisation import Adviser, LocalType, Mediator, Unit
from mediation_desk.domain.periods import Period
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, OF_A_DISPUTE, to_plain
from mediation_desk.domain.settings import Settings
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import BASIC, Counts, Question
from mediation_desk.figures.figure import Figure
from mediation_desk.figures.staff import staff_counts
from mediation_desk.store import (
    agenda,
    changing,
    counting,
    drafting,
    history,
    holidays,
    ledgers,
    listing,
    people,
    same_cases,
)
from mediation_desk.store.agenda import Horizon, Waiting
from mediation_desk.store.alarming import Alarmed
from mediation_desk.store.backups import Why
from mediation_desk.store.cared import FILE, Cared
from mediation_desk.store.connection import Connections
from mediation_desk.store.counted import Ground
from mediation_desk.store.lock import Lock
from mediation_desk.store.past import Past
from mediation_desk.store.practice import Practice
from mediation_desk.store.remembered import Remembered
from mediation_desk.store.rows import statements
from mediation_desk.store.shadows import Shadows, as_they_were
from mediation_desk.store.undoing import LOG

__all__ = ["FILE", "Register", "Why"]


class Register(Practice, Past, Alarmed, Cared):
    """An open register; the only one in the world for its folder until closed."""

    def __init__(
        self, folder: Path, key: bytes, lock: Lock | None, sql: Connections | None = None
    ) -> None:
        self.folder = folder
        self._key = key
        self._lock = lock
        self._sql = sql or Connections(folder / FILE, key)
        self._limits = Remembered(self._sql, self._read_limits)
        self._types = Remembered(self._sql, self._read_types)
        self._units = Remembered(self._sql, self._read_units)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Fold everything into the one file and let others open the register."""
        try:
            self._seal()
        finally:
            if self._lock is not None:
                self._lock.release()

    # What the register knows of itself

    @cached_property
    def role(self) -> Role:
        """Which desk this is."""
        return Role.of(self.setting("role"))

    @property
    def person(self) -> str:
        """Who works at this desk, as named at set-up."""
        return self.setting("person")

    @property
    def unit(self) -> Unit:
        """The unit whose desk this is: a village, or the office."""
        return cast(Unit, self.get("unit", self.setting("unit")))

    @property
    def committee(self) -> Unit | None:
        """The committee whose cases are registered here: the village's, or the township's own."""
        return cast("Unit | None", self.get("unit", self.setting("committee")))

    @property
    def types(self) -> TypeTable:
        """The dispute types, with the local ones of this register."""
        return self._types()

    def _read_types(self) -> TypeTable:
        return TypeTable(tuple(cast(list[LocalType], self.all("local_type"))))

    # Reading

    def get(self, kind: str, record_id: str) -> Record | None:
        """One record."""
        made = statements(kind)
        row = self._sql.one(f"{made.select} WHERE r.id = ?", (record_id,))
        return made.made(row) if row else None

    def some(self, kind: str, ids: Collection[str], column: str = "id") -> list[Record]:
        """The records of `kind` whose `column` is one of `ids`."""
        made, wanted, found = statements(kind), list(ids), []
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ", ".join("?" * len(part))
            rows = self._sql.rows(f'{made.select} WHERE r."{column}" IN ({marks})', part)
            found += [made.made(row) for row in rows]
        return found

    def all(self, kind: str, **equals: str | int) -> list[Record]:
        """All records of `kind` whose columns equal what is given, void ones included."""
        made = statements(kind)
        where = " AND ".join(f'r."{name}" = ?' for name in equals)
        sql = made.select + (f" WHERE {where}" if where else "") + " ORDER BY r.id"
        return [made.made(row) for row in self._sql.rows(sql, tuple(equals.values()))]

    def case(self, dispute_id: str) -> CaseFile | None:
        """A dispute with everything that hangs on it."""
        dispute = cast("Dispute | None", self.get("dispute", dispute_id))
        if dispute is None:
            return None
        records: list[Record] = []
        for kind in (*OF_A_DISPUTE, "prevention"):
            records += self.all(kind, dispute_id=dispute_id)
        return gathered(dispute, records)

    def units(self) -> list[Unit]:
        """All units the register knows, in the order of their codes."""
        return list(self._units().values())

    def _read_units(self) -> dict[str, Unit]:
        units = cast(list[Unit], self.all("unit"))
        units.sort(key=lambda unit: (unit.code, unit.kind.value))
        return {unit.id: unit for unit in units}

    def next_number(self, unit_id: str, year: int) -> int:
        """The next running number of a committee in a year.

        Gaps of void cases stay, and so does the number of a case that was handed over.
        """
        sql = (
            "SELECT max(coalesce((SELECT max(number) FROM dispute WHERE unit_id = ?1 AND year = ?2"
            "), 0), coalesce((SELECT max(from_number) FROM handover WHERE from_unit_id = ?1 "
            "AND from_year = ?2), 0)) + 1"
        )
        row = self._sql.one(sql, (unit_id, year))
        return int(row[0]) if row else 1

    def numbers(self, unit_id: str) -> dict[tuple[int, int], str]:
        """The disputes of a committee by year and running number, void ones left out."""
        sql = "SELECT year, number, id FROM dispute WHERE unit_id = ? AND void_reason = ''"
        return {(row[0], row[1]): row[2] for row in self._sql.rows(sql, (unit_id,))}

    def shared_numbers(self, unit_id: str) -> list[tuple[int, int]]:
        """Year and running number of every number that several live disputes share."""
        sql = (
            "SELECT year, number FROM dispute WHERE unit_id = ? AND void_reason = '' AND number > 0"
            " GROUP BY year, number HAVING count(*) > 1 ORDER BY year, number"
        )
        return [(row[0], row[1]) for row in self._sql.rows(sql, (unit_id,))]

    def dispute_ids(self, unit_id: str, period: Period, also: Collection[str]) -> list[str]:
        """The disputes of a committee that came in or ended in a period or were open at its end.

        With those of `also`, by year and number, void ones included.
        """
        return listing.ids_of_period(self._sql, unit_id, period, also)

    def page(self, find: Find, after: int | None = None, size: int = 50) -> Page:
        """Some lines of the dispute list."""
        units, limits = self._units(), self.limits
        return listing.page(self._sql, find, after, size, self.types, units.get, limits)

    def count(self, find: Find, cap: int = 1000) -> int:
        """How many disputes are found, counted no further than `cap` + 1."""
        return listing.count(self._sql, find, cap, self.limits)

    def known_parties(
        self, name: str, id_number: str = "", unit_id: str = ""
    ) -> list[tuple[int, Party]]:
        """Parties of that name or number, newest first, with their disputes' places in the list."""
        return people.known_parties(self._sql, name, id_number, unit_id)

    def alike(self, dispute_ids: Collection[str], days: int) -> frozenset[tuple[str, str]]:
        """Pairs of one of these disputes and another that may have a party in common."""
        return same_cases.alike(self._sql, dispute_ids, days)

    def counted_by(self, dispute_ids: Collection[str]) -> dict[str, str]:
        """By those of these disputes that do not count, the ones that count for them."""
        return same_cases.mains(self._sql, dispute_ids)

    def waiting(self, horizon: Horizon) -> Waiting:
        """What may be due, found by indexes; on the office's desk with the villages' answers."""
        return agenda.waiting(self._sql, horizon, everyone=self.role is Role.OFFICE)

    def begun(self, unit_id: str, today: date) -> date:
        """The day from which the register knows of a unit."""
        return agenda.begun(self._sql, unit_id, today)

    def last_visits(self, dispute_ids: Collection[str]) -> dict[str, date]:
        """The day of the last visit of each of these disputes that was visited."""
        return agenda.last_visits(self._sql, dispute_ids)

    def month_places(self, unit_id: str, month: Period, figure: str) -> list[int]:
        """The places of the disputes behind a figure of the month: intake, settled or open."""
        return agenda.month_places(self._sql, unit_id, month, figure)

    def places_of(self, dispute_ids: Collection[str]) -> list[int]:
        """The places of these disputes in the list, the newest first."""
        return agenda.places_of(self._sql, dispute_ids)

    @property
    def version(self) -> int:
        """Another number after every writing, so that a page can see that it is out of date."""
        return self._sql.version

    def sorted_among(self, find: Find) -> int:
        """How many of the newest a list in another order shows; 0 where it shows all."""
        return listing.sorted_among(self._sql, find, self.limits)

    def in_name_order(self, dispute_ids: Collection[str]) -> list[str]:
        """These disputes in the order of their parties' names."""
        return listing.in_name_order(self._sql, dispute_ids)

    def sparing(self, megabytes: int = 0) -> AbstractContextManager[None]:
        """Pass once through much of the register without holding more of it than little."""
        return self._sql.sparing(megabytes)

    # Short ledgers

    def of_period(self, kind: str, day: str, period: Period, unit_id: str = "") -> list[Record]:
        """The records of `kind` whose `day` lies in `period`, newest first, void ones included."""
        return ledgers.of_period(self._sql, kind, day, period, unit_id)

    def years(self, kind: str, day: str) -> list[int]:
        """The years in which records of `kind` have their `day`, the latest first."""
        return ledgers.years(self._sql, kind, day)

    def rounds(self, period: Period, unit_id: str = "") -> tuple[int, int, int]:
        """Screening rounds in a period, what they found and what they prevented."""
        return ledgers.rounds(self._sql, period, unit_id)

    def events(self, period: Period, unit_id: str = "") -> dict[str, tuple[int, int]]:
        """Publicity and training events in a period with their audience, by their kind."""
        return ledgers.events(self._sql, period, unit_id)

    def advised_sessions(self) -> list[MediationSession]:
        """The sessions in which a legal adviser took part, newest first."""
        return ledgers.advised_sessions(self._sql)

    def closed_ids(self, unit_id: str, period: Period) -> list[str]:
        """The disputes of a committee that were closed in a period, by the day and the number."""
        sql = (
            "SELECT id FROM dispute WHERE unit_id = ? AND closed_on BETWEEN ? AND ? "
            "AND void_reason = '' ORDER BY closed_on, year, number, id"
        )
        days = period.first.isoformat(), period.last.isoformat()
        return [row[0] for row in self._sql.rows(sql, (unit_id, *days))]

    # Figures

    def counts(self, calibre: Calibre, questions: Collection[Question] = BASIC) -> Counts:
        """Counts and sums for a statistic of this calibre, as far as `questions` ask."""
        counted = counting.counts(self._ground, calibre, questions)
        if Question.STAFF not in questions:
            return counted
        mediators = cast(list[Mediator], self.all("mediator"))
        advisers = cast(list[Adviser], self.all("adviser"))
        staff = staff_counts(self._units().values(), mediators, advisers, calibre.period.last)
        return replace(counted, staff=staff)

    def places_behind(
        self, calibre: Calibre, figure: Figure | None = None, unit_ids: Collection[str] = ()
    ) -> list[int]:
        """The places in the list of the disputes that a figure counts; of all without a figure."""
        return counting.counted_rows(self._ground, calibre, figure, unit_ids)

    @property
    def _ground(self) -> Ground:
        return Ground(self._sql, self.types, self.limits)

    def rows_at(self, places: Sequence[int]) -> tuple[DisputeRow, ...]:
        """The lines of the list at known places."""
        units, pattern, types = self._units(), self.settings.numbering_pattern, self.types
        shown: list[DisputeRow] = []
        for start in range(0, len(places), 500):
            part = places[start : start + 500]
            shown += listing.rows_at(self._sql, part, types, units.get, pattern)
        return tuple(shown)

    # The past

    def as_of(self, sequence: int, settings: Settings | None = None) -> "Register":
        """The register as the act of `sequence` left it, to be read and to be closed.

        It counts by `settings`, by today's if none are given, because the history holds none.
        """
        end = history.end_of_act(self._sql, sequence)
        return self.seen_through(partial(Shadows, end=end, fill=as_they_were(end)), settings)

    def seen_through(
        self, made: Callable[[Path, bytes], Connections], settings: Settings | None = None
    ) -> "Register":
        """The register over other connections, to be read and to be closed."""
        seen = Register(self.folder, self._key, None, made(self.folder / FILE, self._key))
        told = holidays.limits(settings or self.settings)
        seen._limits = Remembered(seen._sql, lambda: told)
        return seen

    # Writing

    def change(
        self, actor: str, reason: str, kind: str = "edit"
    ) -> AbstractContextManager[changing.ChangeDoor]:
        """The one door for writing; everything kept inside is one transaction.

        Raises `OnlyReads` for who only reads.
        """
        self.refuse_reader()
        return changing.change(self._sql, actor, reason, kind)

    def log(self, actor: str, reason: str, entries: Iterable[LogEntry]) -> None:
        """Write down what was done that changes no case; a reader's acts as well."""
        with changing.change(self._sql, actor, reason, LOG) as change:
            for entry in entries:
                change.keep(entry)

    def has_attachment_bytes(self, sha256: str) -> bool:
        """Whether the bytes of an attachment are here; they may come after its record."""
        sql = "SELECT 1 FROM attachment_bytes WHERE sha256 = ?"
        return self._sql.one(sql, (sha256,)) is not None

    def attachment_bytes(self, sha256: str) -> bytes | None:
        """The bytes of an attachment."""
        row = self._sql.one("SELECT content FROM attachment_bytes WHERE sha256 = ?", (sha256,))
        return bytes(row[0]) if row else None

    # Drafts

    def keep_draft(self, draft: Draft) -> None:
        """Keep what is being typed; durable when this returns."""
        self.refuse_reader()
        drafting.keep(self._sql, draft)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft that was saved or given up."""
        self.refuse_reader()
        drafting.drop(self._sql, draft_id)

    def drafts(self) -> list[Draft]:
        """What was typed and not yet saved, the newest first."""
        return drafting.all_drafts(self._sql)

    # Care, beside what `Cared` does

    def dump(self) -> Iterator[str]:
        """All records but the log, as JSON Lines in the order of kind and id."""
        for kind in (kind for kind in KINDS if kind != "log_entry"):
            made = statements(kind)
            for row in self._sql.each(f"{made.select} ORDER BY r.id"):
                plain: dict[str, Any] = {"kind": kind, "values": to_plain(made.made(row))}
                yield json.dumps(plain, ensure_ascii=False)
