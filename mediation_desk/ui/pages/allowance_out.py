"""Taking claim forms away: as an Excel file or on paper, masked unless chosen otherwise."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk import paths
from mediation_desk.desk.claim_sheets import Leaving, export_claims, paper_claim
from mediation_desk.desk.listing_out import Taking
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.browse_out import OutLine
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class ClaimOut(OutLine):
    """Asks how claims shall be taken away, and does it; hidden until then."""

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__(workplace, notice)
        self._claims: tuple[str, ...] = ()
        self.masked.setText(tr("遮住当事人姓名（建议）"))

    def ask_for(self, what: str, name: str, claim_ids: Sequence[str]) -> None:
        """Offer to take these claims away; `name` is that of the file."""
        self._claims, self._name = tuple(claim_ids), name
        self.print.setVisible(len(self._claims) == 1)
        self.ask(what, Taking(self._workplace.actor, today()), "")

    @staticmethod
    def _leaving(taking: Taking) -> Leaving:
        return Leaving(taking.actor, taking.today, taking.unmasked_for)

    def choose_and_export(self) -> None:
        """Ask where the workbook shall go and write it there."""
        taking = self._agreed()
        if taking is None:
            return
        kinds = tr("Excel 工作簿 (*.xlsx)")
        target = messages.choose_target(self, tr("导出到"), paths.outgoing() / self._name, kinds)
        if target is not None:
            told = self._claims, self._leaving(taking), target
            self._work(tr("正在导出…"), partial(export_claims, self._workplace.register, *told))

    def print_on(self, printer: "QPrinter", taking: Taking) -> None:
        """Print the claim on `printer`."""
        printer.setDocName(tr("人民调解案件补贴申报表"))
        told = self._claims[0], self._leaving(taking), printer
        self._work(tr("正在打印…"), partial(_printed, self._workplace.register, *told))

    def _done(self, result: object) -> None:
        if isinstance(result, Path):
            self._ended()
            told = tr("申报表已导出，重新打开核对无误，可以用 WPS 或 Excel 打开。")
            self._notice.done(told, result)
            return
        super()._done(result)


def _printed(register: Register, claim_id: str, leaving: Leaving, printer: "QPrinter") -> int:
    # Printing loads a library that few days need.
    from mediation_desk.ui.printing import print_table  # noqa: PLC0415

    return print_table(printer, paper_claim(register, claim_id, leaving))
