"""The file and row that a dispute came from, as people look for them."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.place_words import place_words
from mediation_desk.ui.widgets import Elided
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.desk.provenance import Source


def source_words(source: "Source | None", *, own: bool = False) -> str:
    """The file, its row, its number and when it came; of an `own` dispute, that it has none."""
    if source is None:
        return tr("本单位登记") if own else tr("没有记下是哪个文件")
    number = tr("累计第{number}份").format(number=source.number) if source.number else ""
    came = tr("{day} 收").format(day=source.received_on.isoformat())
    place = place_words(source.place)
    return " · ".join(part for part in (source.file_name, place, number, came) if part)


class SourceLine(Elided):
    """Tells of a dispute that others registered from which file and row it came last."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("", "sub")
        self._workplace = workplace
        self._asked = ""
        self.hide()

    def ask(self, dispute_id: str) -> None:
        """Tell of another dispute, of none if the id is empty."""
        self.hide()
        self._asked = dispute_id
        if dispute_id:
            self._workplace.jobs.run_beside(
                partial(_told, self._workplace.register, dispute_id),
                owner=self,
                done=self._show,
                failed=self._failed,
            )

    def _show(self, found: tuple[str, tuple[str, ...]]) -> None:
        dispute_id, told = found
        # Somebody may have gone on to another dispute meanwhile.
        if dispute_id == self._asked and told:
            self.say(*told)
            self.show()

    def _failed(self, error: DeskError) -> None:
        self.setText(str(error))
        self.show()


def _told(register: Register, dispute_id: str) -> tuple[str, tuple[str, ...]]:
    """The id with where the dispute came from, in ever fewer words."""
    from mediation_desk.desk.provenance import provenance  # noqa: PLC0415 - as above

    sources = provenance(register, dispute_id).sources
    if not sources:
        return dispute_id, ()
    last = sources[-1]
    said = tr("来自 {source}")
    whole = said.format(source=source_words(last))
    more = tr("（共 {count} 个文件改过它）").format(count=len(sources)) if len(sources) > 1 else ""
    short = said.format(source=source_words(replace(last, file_name="")))
    return dispute_id, (whole + more, whole, short)
