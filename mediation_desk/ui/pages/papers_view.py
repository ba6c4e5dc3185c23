"""The tab of the case file: its papers in binding order, how each stands, and blank forms."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from mediation_desk import paths
from mediation_desk.desk import case_papers, papers_out
from mediation_desk.desk.case_papers import Listed
from mediation_desk.domain.case_papers import WRITTEN, Need, PaperKind
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.printing import PaperState, Print
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.days import short_day
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.opening import Opening
from mediation_desk.ui.pages.paper_window import Asked, PaperWindow
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    Elided,
    button,
    clear,
    column,
    framed,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_FORMS_WIDTH = 232
_TONES = {
    PaperState.MISSING: Tone.AMBER,
    PaperState.READY: Tone.BLUE,
    PaperState.PRINTED: Tone.GREEN,
    PaperState.CHANGED: Tone.RED,
}


def _when(entry: Print) -> str:
    day = short_day(entry.printed_on, today())
    return tr("第{number}次{way}，{day} {time}").format(
        number=entry.number, way=tr(entry.way.label), day=day, time=entry.time
    )


class _Line(Opening):
    """One paper: its place, its name, how it stands."""

    def __init__(self, place: str, entry: Listed) -> None:
        state = tr(entry.state.label)
        super().__init__(
            case_papers.key_of(entry.wanted),
            tr("{title}，{state}").format(title=entry.title, state=state),
        )
        self.entry = entry
        number = words(place, "sub")
        number.setFixedWidth(number.fontMetrics().horizontalAdvance("000"))
        must = entry.wanted.need is Need.MUST
        told = entry.wanted.missing
        if entry.state is PaperState.CHANGED:
            told = tr("已变更，请重新打印")
        elif entry.printed is not None:
            told = _when(entry.printed)
        name = Elided(entry.title, "strong" if must else "")
        more = Elided(told, "sub")
        inside = row(number, column(name, *([more] if told else []), gap=1), gap=8)
        inside.addWidget(Chip(tr(entry.wanted.need.value), Tone.NEUTRAL))
        inside.addWidget(Chip(state, _TONES[entry.state]))
        inside.setStretch(1, 1)
        inside.setContentsMargins(6, 5, 6, 5)
        self.setLayout(inside)


class PapersView(QWidget):
    """Lists the papers of one case; a click shows one as it will be printed."""

    def __init__(self, workplace: Workplace, case: CaseFile) -> None:
        super().__init__()
        self._workplace, self.case = workplace, case
        self.lines: list[_Line] = []
        self.told = words("", "heading", wrap=True)
        self.more = words("", "sub", wrap=True)
        self.whole = button(tr("看整本卷宗 (&5)"), self.show_whole, "primary")
        forms = [kind for kind in WRITTEN if kind is not PaperKind.SIGNING]
        choices = [(None, tr("全部空白表")), *((kind, tr(kind.label)) for kind in forms)]
        self.form = PickButton(choices, tr("空白表"), _FORMS_WIDTH)
        self.blank = button(tr("看空白表 (&6)"), self.show_blank)
        acts = FlowLayout(gap=8)
        self.templates = button(
            tr("改纸样 (&7)"), self.open_templates, tip=tr("文书的字句和格式，用记事本就能改")
        )
        for part in (self.form, self.blank, self.templates):
            acts.addWidget(part)
        by_hand = column(words(tr("手写用的空白文书"), "sub"), acts, gap=6)
        head = row(column(self.told, self.more, gap=2), self.whole)
        head.setStretch(0, 1)
        self._bound = column(gap=0)
        self._loose = column(gap=0)
        self._loose_card = framed(self._loose, "note", margins=8)
        parts = column(
            head, framed(self._bound, "card", margins=8), self._loose_card,
            framed(by_hand, "note", margins=12), None, gap=10,
        )  # fmt: skip
        parts.setContentsMargins(18, 14, 18, 14)
        outer = column(gap=0)
        outer.addWidget(scrolled(parts))
        self.setLayout(outer)
        self.show_papers()

    def show_papers(self) -> None:
        """List the papers anew."""
        clear(self._bound)
        clear(self._loose)
        self.lines = []
        found: Sequence[Listed] = ()
        try:
            found = case_papers.listed(self._workplace.register, self.case)
            self.told.setText(_counted(found))
        except DeskError as error:
            self.told.setText(str(error))
        self.whole.setEnabled(bool(found))
        faults = papers_out.template_faults()
        self.more.setText("\n".join(tr("{fault}改用内置的纸样。").format(fault=f) for f in faults))
        self.more.setVisible(bool(faults))
        self._fill(found)

    def _fill(self, found: Sequence[Listed]) -> None:
        bound = case_papers.bound(found)
        for place, entry in enumerate(bound, 1):
            self._bound.addWidget(self._line(str(place), entry))
        rest = [entry for entry in found if entry not in bound]
        self._loose_card.setVisible(bool(rest))
        if rest:
            self._loose.addWidget(words(tr("另外可以打印，不装订"), "sub"))
        for entry in rest:
            self._loose.addWidget(self._line("", entry))

    def _line(self, place: str, entry: Listed) -> _Line:
        made = _Line(place, entry)
        if entry.state is not PaperState.MISSING:
            made.wanted.connect(self.show_paper)
            made.allow()
        self.lines.append(made)
        return made

    # Looking at papers

    def show_paper(self, key: str) -> None:
        """Show one paper as it will be printed."""
        entry = next(line.entry for line in self.lines if line.name == key)
        register = self._workplace.register
        make = partial(case_papers.one, register, self.case, entry.wanted)
        self._open(Asked(entry.title, make, self.case))

    def show_whole(self) -> None:
        """Show the whole file as it is bound."""
        make = partial(case_papers.whole, self._workplace.register, self.case)
        self._open(Asked(tr("整本卷宗"), make, self.case))

    def show_blank(self) -> None:
        """Show the chosen form for handwriting, or all of them."""
        kind = self.form.value()
        kinds = [kind] if kind is not None else []
        make = partial(case_papers.blanks, self._workplace.register, kinds)
        self._open(Asked(self.form.words(), make))

    def open_templates(self) -> None:
        """Put the templates where they can be changed, and show the folder."""
        folder = paths.paper_templates()
        try:
            papers_out.write_templates(folder)
        except DeskError as error:
            self.told.setText(str(error))
            return
        messages.show_folder(folder)

    def _open(self, asked: Asked) -> None:
        shown = PaperWindow(self, self._workplace, asked)
        shown.printed.connect(self.show_papers)
        shown.open()


def _counted(found: Sequence[Listed]) -> str:
    """How many papers there are and what is to be done with them."""
    bound = case_papers.bound(found)
    missing = sum(entry.state is PaperState.MISSING for entry in bound)
    changed = sum(entry.state is PaperState.CHANGED for entry in found)
    told = [tr("卷内 {count} 份").format(count=len(bound))]
    if missing:
        told.append(tr("缺 {count} 份").format(count=missing))
    if changed:
        told.append(tr("{count} 份打印后有变更，请重新打印").format(count=changed))
    return tr("，").join(told)
