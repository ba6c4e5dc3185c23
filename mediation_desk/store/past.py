"""What a register knows of its past: acts, their changes, versions of records, taking back."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime

from mediation_desk.domain.record import Record
from mediation_desk.domain.reporting import Act, Change
from mediation_desk.domain.versions import Names, Version
from mediation_desk.store import changing, history, indexing, lineages, sources, undoing
from mediation_desk.store.connection import Connections
from mediation_desk.store.seated import Seated
from mediation_desk.store.sources import Touch

# From so many acts on it pays to merge the search index once after all of them.
_MANY = 8


class Past(Seated):
    """The part of a register that answers about its history."""

    _sql: Connections

    def acts(self, kind: str = "") -> list[Act]:
        """All acts or those of one kind, newest first."""
        return history.acts(self._sql, kind)

    def act(self, number: int) -> Act | None:
        """The act of that number."""
        return history.act(self._sql, number)

    def newest_act(self) -> tuple[int, datetime] | None:
        """Number and moment of the newest act; None in a register without one."""
        return history.newest_act(self._sql)

    def registered_on(self, dispute_ids: Collection[str]) -> dict[str, date]:
        """The day on which each of these disputes was first written down here."""
        return history.registered_on(self._sql, dispute_ids)

    def changes_of_act(self, number: int) -> list[Change]:
        """What an act changed, in order."""
        return history.changes_of_act(self._sql, number)

    def history(self, kind: str, record_id: str) -> list[Change]:
        """The history of one record, oldest first."""
        return history.changes_of_record(self._sql, kind, record_id)

    def taken_back(self, kind: str) -> list[Record]:
        """What acts that were undone had written of records of `kind`, in order."""
        return history.taken_back(self._sql, kind)

    def lineages(self, kind: str, ids: Collection[str]) -> dict[str, Names]:
        """The lineage of each of these records, its present version first, open fields last."""
        return lineages.lineages(self._sql, kind, ids)

    def versions(self, kind: str, record_id: str) -> list[Version]:
        """What the history knows of a record, the newest first; theirs that were merged as well."""
        return lineages.versions(self._sql, kind, record_id)

    def at_version(self, kind: str, record_id: str, names: Collection[str]) -> Record | None:
        """The newest content of a record whose version is among `names`."""
        return lineages.at_version(self._sql, kind, record_id, names)

    def sequence(self) -> int:
        """The present end of the history."""
        return history.last_link(self._sql)[0]

    def end_of_day(self, day: date) -> int:
        """The end of the history on `day`; 0 if there was none yet."""
        return history.end_of_day(self._sql, day)

    def changed_since(
        self, sequence: int, kinds: Collection[str] = ()
    ) -> Iterable[tuple[str, str]]:
        """Kind and id of the records changed after a place in the history, all or of `kinds`."""
        return history.changed_since(self._sql, sequence, kinds)

    def touched_since(self, sequence: int, kinds: Collection[str]) -> list[tuple[int, str, str]]:
        """Act, kind and id of the records of `kinds` written after a place in the history."""
        return history.touched_since(self._sql, sequence, kinds)

    def written_here_since(self, sequence: int) -> Iterable[tuple[str, str]]:
        """The same without those that were only adopted as they came from another register."""
        return history.written_here_since(self._sql, sequence)

    def touches(self, kind: str, ids: Collection[str]) -> Iterator[Touch]:
        """The acts that brought or changed these records and stand, from the first on."""
        return sources.touches(self._sql, kind, ids)

    def written_in(self, kind: str, acts: Collection[int]) -> list[tuple[int, str]]:
        """Which records of a kind these acts wrote: act and id."""
        return sources.written_in(self._sql, kind, acts)

    def built_on(self, number: int) -> list[Act]:
        """The acts that changed or used what an act brought, the newest first."""
        return undoing.built_on(self._sql, number)

    def why_not_undo(self, number: int) -> str:
        """What stands in the way of taking an act back; empty if nothing does."""
        try:
            undoing.check(self._sql, number)
        except undoing.CannotUndo as error:
            return str(error)
        return ""

    def undo(self, number: int, actor: str, reason: str) -> Act:
        """Take an act back, exactly to the state before it.

        Raises `undoing.CannotUndo` naming what was built on it.
        """
        self.refuse_reader()
        with changing.change(self._sql, actor, reason, undoing.UNDO, number) as door:
            act = undoing.check(self._sql, number)
            undoing.take_back(self._sql, act, door)
        return act

    @contextmanager
    def acts_in_a_row(self, count: int = 0) -> Iterator[None]:
        """Write `count` acts one after the other, each becoming durable while others go on.

        An act is durable as soon as it is `settle`d or anything else is asked of the register.
        """
        with ExitStack() as stack:
            if count >= _MANY:
                stack.enter_context(indexing.merging_later(self._sql))
            stack.enter_context(self._sql.acts_in_a_row())
            yield

    def acts_together(self) -> AbstractContextManager[None]:
        """Write the acts inside as one transaction: all of them or none."""
        return self._sql.together()

    def settle(self) -> None:
        """Wait until the last act is durable; raises what went wrong with it."""
        self._sql.settle()
