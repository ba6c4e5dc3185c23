"""Drawing files to look through (案卷抽查): so many of each unit, and how far the looking is."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import sampling
from mediation_desk.desk.inspecting import Inspected, inspect_these
from mediation_desk.desk.sampling import Progress
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.sampling import Sampling
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.going import Go
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.pages.files_list import file_line, unit_choice
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.period_picker import PeriodPicker
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, button, column, line, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_SIZES = (
    ("1", tr("每个单位 1 件")),
    ("3", tr("每个单位 3 件")),
    ("5", tr("每个单位 5 件")),
    ("10%", tr("每个单位 10%")),
    ("20%", tr("每个单位 20%")),
    ("100%", tr("全部")),
)
_SHARE_WIDE, _WHICH_WIDE = 10, 420
_NONE = tr("还没有抽查过。选好期间和数量，按“抽一次”；抽法和抽取号都记下来，别人能照样抽出同样的。")


class _Seen(NamedTuple):
    every: list[Sampling]
    shown: Progress | None
    files: tuple[Inspected, ...]


def _see(register: Register, sampling_id: str) -> _Seen:
    every = sampling.samplings(register)
    wanted = next((entry for entry in every if entry.id == sampling_id), None)
    wanted = wanted or next(iter(every), None)
    if wanted is None:
        return _Seen(every, None, ())
    files = inspect_these(register, wanted.dispute_ids, today())
    return _Seen(every, sampling.progress(register, wanted), files)


class SamplingView(QWidget):
    """Draws files, and lists those of a drawing with what came of each."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace, self._notice = workplace, notice
        self._asked: object = None
        self.shown: Progress | None = None
        self.picker = PeriodPicker(today())
        self.unit = unit_choice(workplace)
        self.share = ChoiceEditor(list(_SIZES), optional=False)
        self.share.box.setAccessibleName(tr("抽查数量"))
        self.share.box.setMinimumContentsLength(_SHARE_WIDE)
        self.share.show_value("3")
        self.draw = button(tr("抽一次 (&C)"), self.draw_files, "primary")
        self.which = ChoiceEditor([], optional=False)
        self.which.box.setAccessibleName(tr("哪一次抽查"))
        self.which.setMaximumWidth(theme.wide(_WHICH_WIDE))
        self.told = words(_NONE, "sub", wrap=True)
        self.lines = LineList()
        self._lay_out()
        self.which.changed.connect(self.refresh)
        self.lines.opened.connect(self._opened)

    def _lay_out(self) -> None:
        bar = QWidget()
        flow = FlowLayout(bar, gap=12)
        for part in (self.picker, self.unit, self.share, self.draw):
            flow.addWidget(part)
        flow.setContentsMargins(PADDING, 10, PADDING, 4)
        told = column(self.which, self.told, gap=4)
        told.setContentsMargins(PADDING, 2, PADDING, 8)
        stack = column(bar, told, line("line"), self.lines, None, gap=0)
        stack.setStretch(3, 100)
        self.setLayout(stack)
        self.which.hide()

    def refresh(self) -> None:
        """Read the drawings again, on the worker, if anything was written."""
        register, wanted = self._workplace.register, str(self.which.value() or "")
        asked = wanted, register.version, today()
        if asked == self._asked:
            return
        self._asked = asked
        self._workplace.jobs.run(
            partial(_see, register, wanted),
            owner=self,
            done=partial(self._show, asked),
            failed=self._failed,
            words=tr("正在看抽查…"),
        )

    def draw_files(self) -> None:
        """Draw files of the period and the units chosen, and note how."""
        period = self.picker.period()
        if period is None:
            return
        # Else the button, switched off, hands the cursor to any other one.
        self.lines.setFocus()
        unit_id = str(self.unit.value() or "")
        place = self._workplace
        place.jobs.run(
            partial(
                sampling.draw,
                place.register,
                period,
                str(self.share.value()),
                place.actor,
                today(),
                (unit_id,) if unit_id else (),
            ),
            owner=self,
            done=self._drawn,
            failed=self._failed,
            words=tr("正在抽查…"),
        )

    def _drawn(self, drawing: Sampling) -> None:
        count = len(drawing.dispute_ids)
        told = tr("抽中 {count} 件，逐件打开看：有问题的退回，没有问题的按“没有问题”。")
        self._notice.done(told.format(count=count))
        self.which.offer([(drawing.id, "")])
        self.which.show_value(drawing.id)
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self._asked = None
        self._notice.failed(str(error))

    def _show(self, asked: object, seen: _Seen) -> None:
        if asked != self._asked:
            return
        self.shown = seen.shown
        self.which.setVisible(len(seen.every) > 1)
        self.told.setText(seen.shown.words + self._standing(seen.shown) if seen.shown else _NONE)
        if seen.shown is None:
            self.lines.show_lines([])
            return
        self.which.offer([(entry.id, _called(entry)) for entry in seen.every])
        self.which.show_value(seen.shown.sampling.id)
        # What was asked for is now known by its id, which is no other question.
        self._asked = (seen.shown.sampling.id, *asked[1:]) if isinstance(asked, tuple) else asked
        states = dict(seen.shown.states)
        self.lines.show_lines(
            [
                file_line(
                    one,
                    states[one.dispute_id].label,
                    Tone(states[one.dispute_id].tone),
                    with_unit=True,
                )
                for one in seen.files
            ]
        )

    @staticmethod
    def _standing(shown: Progress) -> str:
        if shown.waiting:
            return tr("，还有 {count} 件没有看。").format(count=shown.waiting)
        return tr("，都看过了。")

    def _opened(self, chosen: Line) -> None:
        self.going.emit(Go("disputes", "inspect", about=str(chosen.what)))


def _called(entry: Sampling) -> str:
    told = tr("{day} 抽 {count} 件（抽取号 {seed}）")
    return told.format(
        day=entry.drawn_on.isoformat(), count=len(entry.dispute_ids), seed=entry.seed
    )
