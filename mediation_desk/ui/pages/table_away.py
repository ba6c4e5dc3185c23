"""What is done with a statistical table on the worker: printing it, and its cases' files."""

from typing import TYPE_CHECKING

from mediation_desk.desk import freezing, frozen
from mediation_desk.desk.frozen import Kept
from mediation_desk.figures.table import Behind as Leading
from mediation_desk.figures.table import StatTable
from mediation_desk.store.register import Register
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def kept_words(kept: Kept) -> str:
    """Where to find what was frozen just now."""
    words = tr("同样的数字冻结为第{number}号，列在“已报报表”里，以后的改动另列为调整。")
    return words.format(number=kept.report.number)


def printed_table(
    workplace: Workplace, table: StatTable, printer: "QPrinter", *, past: bool
) -> tuple[int, Kept | None]:
    """Print a table as it is kept from now on, one of the past as it is; how many pages it has."""
    from mediation_desk.ui.stat_printing import Signed, print_stat  # noqa: PLC0415 - as above

    register, actor = workplace.register, workplace.actor
    kept = None
    if not past:
        kept = freezing.freeze(register, table.id, table.calibre, actor, today())
        table = frozen.table_in(kept.report)
    unit = register.unit
    name = unit.name if workplace.office else unit.committee or unit.name
    return print_stat(printer, table, Signed(name, actor, today())), kept


def sources_of(register: Register, leading: Leading) -> dict[str, str]:
    """From which file and row each case behind a number came, by its id."""
    # What tells of files is loaded when somebody first asks.
    from mediation_desk.desk import provenance  # noqa: PLC0415
    from mediation_desk.ui.pages.source_words import source_words  # noqa: PLC0415

    found = provenance.behind(register, leading.calibre, leading.units, leading.figure)
    return {entry.row.dispute.id: source_words(entry.source, own=entry.own) for entry in found}
