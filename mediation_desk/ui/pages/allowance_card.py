"""One case of the page of claims: what it is paid, what its file lacks, review, typing it in."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from mediation_desk.desk.claiming import Candidate
from mediation_desk.domain.allowance import ReviewResult
from mediation_desk.domain.money import yuan
from mediation_desk.ui import theme
from mediation_desk.ui.editors import ChoiceEditor, LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.allowance_columns import RESULTS, ClaimedCase
from mediation_desk.ui.pages.case_parts import pairs
from mediation_desk.ui.pages.entry_panel import EntryPanel
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.widgets import (
    Chip,
    Elided,
    button,
    clear,
    column,
    line,
    look,
    row,
    scrolled,
    words,
)
from mediation_desk.words import tr

_CASE, _ENTRY = 0, 1
# The least height of what is told of a case; else the buttons below leave nothing of it in sight.
_FACTS_LEAST = 140


class AllowanceCard(QFrame):
    """Shows a case of a claim, or one that stands in none."""

    opened = Signal(str)
    dropped = Signal(str)
    graded = Signal(str, str)
    reviewed = Signal(str, object, str)
    ticked = Signal(str, bool)
    # The fields to type again are wanted; they are worded when somebody looks at them.
    fields_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look(self, "card")
        self._dispute_id, self._least, self._whole = "", 0, False
        self._title, self._chip = Elided("", "heading"), Chip()
        self._facts = QWidget()
        self._told = words("", "doubt", wrap=True)
        self.grade: ChoiceEditor | None = None
        self.grade_box: FieldBox | None = None
        self._grade_place = column(gap=0)
        self.drop = button(tr("不报这件 (&D)"), self._drop)
        self.open = button(tr("打开纠纷 (&Q)"), self._open)
        self.reason = FieldBox(
            tr("初审意见"), LineEditor(tr("不同意、退回的要写，不要写当事人姓名"))
        )
        self.grant = button(tr("同意 (&Y)"), self._grant, "primary")
        self.give_back = button(tr("退回补正 (&B)"), self._give_back)
        self.refuse = button(tr("不同意 (&X)"), self._refuse, "danger")
        self.reopen = button(tr("重新审 (&Z)"), self._reopen, "quiet")
        self.entry = EntryPanel()
        self.entry.ticked.connect(self._tick)
        self.tabs = Tabs()
        self._lay_out()
        self.show_nothing("")

    def _lay_out(self) -> None:
        for name in (tr("这一件"), tr("录入市级系统")):
            self.tabs.offer(name)
        self.tabs.currentChanged.connect(self._turned)
        head = row(self._title, self._chip, gap=8)
        head.setContentsMargins(16, 12, 16, 8)
        self._head = QWidget()
        self._head.setLayout(column(head, self.tabs, line("line"), gap=0))
        self._lay_out_acts()
        self._fact_lines = column(gap=0)
        self._facts.setLayout(self._fact_lines)
        self._about = QWidget()
        self._about_lines = column(self._told, self._facts, self._grade_place, gap=12)
        self._about.setLayout(self._about_lines)
        self._foot = QWidget()
        self._foot_lines = column(gap=0)
        self._foot_lines.setContentsMargins(16, 10, 16, 12)
        self._foot.setLayout(column(line("line"), self._foot_lines, gap=0))
        body = column(self._about, self.entry, None, gap=0)
        body.setContentsMargins(16, 12, 16, 12)
        self.view = scrolled(body)
        # As high as there is room, however much it holds.
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.view.setMinimumHeight(theme.high(_FACTS_LEAST))
        self._none = words("", "sub", wrap=True)
        self._none.setContentsMargins(16, 16, 16, 16)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = column(self._head, self.view, self._foot, self._none, gap=0)
        whole.setStretch(1, 1)
        whole.setContentsMargins(1, 1, 1, 1)
        self.setLayout(whole)
        self.show_whole(whole=False)

    def _lay_out_acts(self) -> None:
        self._review = QWidget()
        answers = FlowLayout(gap=10)
        for part in (self.grant, self.give_back, self.refuse, self.reopen):
            answers.addWidget(part)
        self._review.setLayout(column(self.reason, answers, gap=8))
        acts = FlowLayout(gap=10)
        for part in (self.open, self.drop):
            acts.addWidget(part)
        self._acts = QWidget()
        self._acts.setLayout(column(self._review, acts, gap=12))

    def be_high(self, least: int) -> None:
        """Be so high at least while there is a case to show; without one it would be empty."""
        self._least = least
        self._keep_room()

    def _keep_room(self) -> None:
        """Take no less than what stands in the card needs; its folded buttons do not tell by far.

        What does not fit then scrolls with the page.
        """
        layout = self.layout()
        if not self._dispute_id or layout is None:
            self.setMinimumHeight(0)
            return
        inner, least = self.view.widget(), theme.high(_FACTS_LEAST)
        if self._whole and inner is not None:
            least = inner.heightForWidth(self.view.width())
        self.view.setMinimumHeight(least)
        needed = layout.totalMinimumHeightForWidth(self.width())
        self.setMinimumHeight(max(self._least, needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            # What is to be typed again comes later than the card.
            self._keep_room()
        return super().event(event)

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as all there is to tell, on a page that scrolls; or scroll by itself.

        Then what can be done stays in sight below.
        """
        self._whole, self._pinned = whole, not whole
        (self._foot_lines if self._pinned else self._about_lines).addWidget(self._acts)
        self._show_acts()

    def _show_acts(self) -> None:
        about = self.tabs.currentIndex() == _CASE
        self._foot.setVisible(self._pinned and about and bool(self._dispute_id))
        self._keep_room()

    def _turned(self, number: int) -> None:
        self._about.setVisible(number == _CASE)
        self.entry.setVisible(number == _ENTRY)
        self._show_acts()
        self.view.verticalScrollBar().setValue(0)
        if number == _ENTRY and self._dispute_id:
            self.fields_wanted.emit()

    # What is shown

    def show_entry(self) -> None:
        """Turn to what is typed again."""
        self.tabs.setCurrentIndex(_ENTRY)

    def show_nothing(self, said: str) -> None:
        """Say that no case is chosen."""
        self._dispute_id = ""
        self._show(said)

    def _show(self, said: str) -> None:
        self._head.setVisible(bool(self._dispute_id))
        self.view.setVisible(bool(self._dispute_id))
        self._show_acts()
        self._none.setText(said)
        self._none.setVisible(not self._dispute_id)
        self._keep_room()

    def _facts_are(self, told: Sequence[tuple[str, str]]) -> None:
        clear(self._fact_lines)
        self._fact_lines.addLayout(pairs((name, said) for name, said in told if said))

    def show_case(
        self, case: ClaimedCase, grades: Sequence[str], *, draft: bool, reviewing: bool
    ) -> None:
        """Show a case of a claim; of a `draft` it may be changed, `reviewing` it answered."""
        first = case.first
        same = first.dispute_id == self._dispute_id
        self._dispute_id = first.dispute_id
        self._title.setText(first.number)
        self._chip.show_state(tr(first.result.label) if not draft else "", RESULTS[first.result])
        self._facts_are(
            (
                (tr("当事人"), first.parties),
                (tr("纠纷类型"), first.type_label),
                (tr("调解结果"), tr("，").join(filter(None, (first.outcome, first.form)))),
                (tr("结案日期"), str(first.closed_on or "")),
                (tr("等级"), "" if draft else first.grade),
                (tr("补贴"), tr("{amount} 元").format(amount=yuan(case.amount_fen))),
                (tr("调解员"), case.who),
                (tr("卷宗"), first.file),
                (tr("初审"), first.review),
            )
        )
        self._told.setText("\n".join(case.against))
        self._told.setVisible(bool(case.against))
        self._offer_grade(grades if draft else (), first.grade)
        self.drop.setVisible(draft)
        self._review.setVisible(reviewing)
        self.grant.setEnabled(not case.against)
        self.reopen.setVisible(first.result is not ReviewResult.OPEN)
        # What is being written stays when the register is read again meanwhile.
        if not (same and self.reason.touched):
            self.reason.show_value(first.reason)
        self.tabs.setTabVisible(_ENTRY, True)  # noqa: FBT003 - Qt's own signature
        self._show("")
        self._turned(self.tabs.currentIndex())

    def show_candidate(self, entry: Candidate) -> None:
        """Show a case that stands in no claim, with the reasons."""
        dispute = entry.case.dispute
        self._dispute_id = dispute.id
        self._title.setText(entry.number)
        self._chip.show_state("", RESULTS[ReviewResult.OPEN])
        self._facts_are(
            (
                (tr("结案日期"), str(dispute.closed_on or "")),
                (tr("等级"), entry.grade.name if entry.grade else ""),
                (tr("卷宗"), tr("、").join(entry.missing)),
            )
        )
        self._told.setText("\n".join(entry.against))
        self._told.setVisible(bool(entry.against))
        self._offer_grade((), "")
        self.drop.hide()
        self._review.hide()
        self.tabs.setCurrentIndex(_CASE)
        self.tabs.setTabVisible(_ENTRY, False)  # noqa: FBT003 - as above
        self._turned(_CASE)
        self._show("")

    def _offer_grade(self, grades: Sequence[str], chosen: str) -> None:
        clear(self._grade_place)
        self.grade = self.grade_box = None
        if not grades:
            return
        self.grade = ChoiceEditor([(name, name) for name in grades], optional=False)
        self.grade.show_value(chosen)
        self.grade.changed.connect(self._graded)
        self.grade_box = FieldBox(tr("补贴等级"), self.grade)
        self._grade_place.addWidget(self.grade_box)

    # What is done

    def _graded(self) -> None:
        if self.grade is not None:
            self.graded.emit(self._dispute_id, str(self.grade.value()))

    def _drop(self) -> None:
        self.dropped.emit(self._dispute_id)

    def _open(self) -> None:
        self.opened.emit(self._dispute_id)

    def _tick(self, on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.ticked.emit(self._dispute_id, on)

    def _answer(self, result: ReviewResult) -> None:
        reason = str(self.reason.value())
        if result in {ReviewResult.REFUSED, ReviewResult.RETURNED} and not reason:
            self.reason.tell(tr("请写明理由，会随回件告诉村里。"))
            self.reason.editor.setFocus()
            return
        self.reviewed.emit(self._dispute_id, result, reason)

    def _grant(self) -> None:
        self._answer(ReviewResult.GRANTED)

    def _give_back(self) -> None:
        self._answer(ReviewResult.RETURNED)

    def _refuse(self) -> None:
        self._answer(ReviewResult.REFUSED)

    def _reopen(self) -> None:
        self._answer(ReviewResult.OPEN)
