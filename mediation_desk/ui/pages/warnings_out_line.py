"""Taking the register of warnings away: as an Excel file or on paper, masked unless chosen."""

from functools import partial
from typing import TYPE_CHECKING, cast

from mediation_desk import paths
from mediation_desk.desk.listing_out import Taking
from mediation_desk.desk.warnings_out import WarningTaking, export_warnings, warnings_on_paper
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.browse_out import OutLine
from mediation_desk.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class WarningsOut(OutLine):
    """Asks how the register of warnings shall be taken away, and does it."""

    def choose_and_export(self) -> None:
        """Ask where the workbook shall go and write it there."""
        taking = self._agreed()
        if taking is None:
            return
        name = tr("预警台账{on}.xlsx").format(on=taking.today.isoformat())
        kinds = tr("Excel 工作簿 (*.xlsx)")
        target = messages.choose_target(self, tr("导出到"), paths.outgoing() / name, kinds)
        if target is not None:
            warnings = cast(WarningTaking, taking)
            work = partial(export_warnings, self._workplace.register, warnings, target)
            self._work(tr("正在导出…"), work)

    def print_on(self, printer: "QPrinter", taking: Taking) -> None:
        """Print the register of warnings on `printer`."""
        warnings = cast(WarningTaking, taking)
        work = partial(_printed, self._workplace.register, warnings, printer)
        self._work(tr("正在打印…"), work)


def _printed(register: Register, taking: WarningTaking, printer: "QPrinter") -> int:
    # Printing loads a library that few days need.
    from mediation_desk.ui.printing import print_table  # noqa: PLC0415

    return print_table(printer, warnings_on_paper(register, taking))
