"""Laying out a package: its records pass once, and every sheet's rows are put aside."""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from mediation_desk.domain.masks import masked
from mediation_desk.domain.merging import is_personal
from mediation_desk.domain.organisation import LocalType, Mediator
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.versions import Lineages, hidden
from mediation_desk.exchange.cells import Tally, Value, as_read
from mediation_desk.exchange.columns import LEDGER, SHEETS, Sheet
from mediation_desk.exchange.contents import Head, PackageContents
from mediation_desk.exchange.exact import Encoder
from mediation_desk.exchange.sealing import Seal
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.exchange.sums import RowSum
from mediation_desk.exchange.tallying import Counting

_BLOCK = 200


class Rows:
    """The rows of one sheet, pressed in memory until it is their turn.

    They are personal, so they may not lie in a temporary file, and a year of them would be large.
    """

    def __init__(self) -> None:
        self.count = 0
        self._blocks: list[bytes] = []

    def extend(self, rows: Iterator[list[Value]]) -> None:
        """Put rows aside."""
        while block := list(islice(rows, _BLOCK)):
            self._blocks.append(zlib.compress(pickle.dumps(block), 1))
            self.count += len(block)

    def __iter__(self) -> Iterator[list[Value]]:
        """The rows in the order in which they came."""
        for block in self._blocks:
            yield from pickle.loads(zlib.decompress(block))


class Laid:
    """A package laid out: the rows of each sheet, the counts of them, and the exact copy.

    What is sealed is in full whatever the rows show; without a seal it is as masked as they are.
    """

    def __init__(self, contents: PackageContents, tally: Tally, seal: Seal | None = None) -> None:
        self.head = contents.head
        self.seal = seal
        self.sealed = seal is not None and bool(seal.to)
        self.attachments = 0
        self.held_back = contents.held_back
        self.rows = {sheet.title: Rows() for sheet in SHEETS}
        self.forms = {sheet.title: sheet.form(personal=self.head.personal) for sheet in SHEETS}
        self._sums = {sheet.title: RowSum() for sheet in SHEETS}
        self._counting = Counting()
        exact = Encoder(self.head, tally, seal)
        others = tuple(leaving(self.head, contents.others))
        # What rows of cases are worded with.
        known = [record for record in others if isinstance(record, LocalType | Mediator)]
        exact.add(*self._told(contents, contents.others, others))
        self._take(Shelf(self.head, others))
        for batch in contents.batches:
            ready = tuple(leaving(self.head, batch))
            exact.add(*self._told(contents, batch, ready))
            self._take(Shelf(self.head, (*known, *ready)))
        handed = tuple(leaving(self.head, contents.handed))
        exact.add(*self._told(contents, contents.handed, handed))
        exact.enclose(self._scans(contents.enclosed))
        # Of the rows of every sheet.
        self.sums = {title: total.text() for title, total in self._sums.items()}
        self.digest, self.cells = exact.finished(self.sums)
        self.counts = self._counting.counts()

    @property
    def cases(self) -> int:
        """How many disputes the package holds, void ones included."""
        return self.rows[LEDGER.title].count

    def _told(
        self, contents: PackageContents, full: Sequence[Record], ready: Sequence[Record]
    ) -> tuple[Sequence[Record], Lineages]:
        """What the exact copy tells of records: in full where sealed, else as they are shown."""
        lineages = contents.lineages(full)
        if self.sealed or self.head.personal:
            return full, lineages
        personal = {
            (kind_of(record), record.id)
            for record in full
            if is_personal(record) and record.personal_revision
        }
        told = {key: hidden(names) if key in personal else names for key, names in lineages.items()}
        return ready, told

    def _scans(self, enclosed: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        for entry in enclosed:
            if not self.sealed:
                raise RuntimeError("scans leave in a sealed package only")
            self.attachments += 1
            yield entry

    def _take(self, shelf: Shelf) -> None:
        self._counting.add(shelf)
        for sheet in SHEETS:
            self.rows[sheet.title].extend(self._ready(sheet, shelf))

    def _ready(self, sheet: Sheet[Any], shelf: Shelf) -> Iterator[list[Value]]:
        """The rows of a sheet as they will stand in it, summed up as they pass."""
        form, total = self.forms[sheet.title], self._sums[sheet.title]
        for values in sheet.values(shelf):
            ready = form.cleaned(values)
            total.add(as_read(ready, form.kinds))
            yield ready


def leaving(head: Head, records: Iterable[Record]) -> Iterator[Record]:
    """The records as they leave: masked unless the package is in full."""
    return iter(records) if head.personal else map(masked, records)
