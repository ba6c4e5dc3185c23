"""How case numbers are printed, with the next number as it will look."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import local_practice, recording
from mediation_desk.domain.numbering import (
    DEFAULT_PATTERN,
    case_number,
    pattern_in_words,
    pattern_of_words,
)
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.setting_notes import pattern_problems
from mediation_desk.ui.editors import ChoiceEditor, LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import PADDING, Elided, button, column, line, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_USUAL = (
    DEFAULT_PATTERN,
    "{word}字[{year}]{number:03d}号",
    "({year}){word}第{number}号",
    "{year}-{word}-{number:04d}",
)


class NumberingPart(QWidget):
    """A pattern to choose or to write, and what comes of it."""

    settings_kept = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.touched = False
        usual = [(pattern, pattern_in_words(pattern)) for pattern in _USUAL]
        self.usual = FieldBox(
            tr("常用格式"), ChoiceEditor([("", tr("自己写")), *usual], optional=False)
        )
        self.pattern = FieldBox(tr("编号格式"), LineEditor(), required=True)
        self.sample = Elided("", "heading")
        self.notice = Notice()
        self.save_button = button(tr("保存编号格式 (&S)"), self.save, "primary", keys="Ctrl+S")
        told = tr(
            "〔年份〕〔简称〕〔三位序号〕会换成每件纠纷自己的，其余文字照印；"
            "还可以用〔序号〕〔两位序号〕〔四位序号〕。简称在“组织人员”里的调委会资料中修改。"
            "改格式只改变编号的写法，已经用过的序号不变。"
        )
        page = column(
            self.notice,
            self.usual,
            self.pattern,
            words(told, "sub", wrap=True),
            None,
            gap=8,
        )
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        # Below what scrolls: in large type it would else be cut.
        foot = row(words(tr("下一件的编号"), "sub"), self.sample, self.save_button)
        foot.setStretch(1, 1)
        foot.setContentsMargins(PADDING, 8, PADDING, 10)
        whole = column(gap=0)
        whole.addWidget(scrolled(page, PADDING), 1)
        whole.addWidget(line("line"))
        whole.addLayout(foot)
        self.setLayout(whole)
        self.usual.changed.connect(self._picked)
        self.pattern.changed.connect(self._written)

    @property
    def unsaved(self) -> bool:
        """Whether a pattern was written and not saved."""
        return self.touched

    def refresh(self) -> None:
        """Show the pattern in use, unless another is being written."""
        if not self.touched:
            self._put(self._workplace.register.settings.numbering_pattern)

    def _put(self, pattern: str) -> None:
        self.pattern.show_value(pattern_in_words(pattern))
        self.usual.show_value(pattern if pattern in _USUAL else "")
        self._show_sample()

    def _picked(self) -> None:
        self.touched = True
        if self.usual.value():
            self._put(self.usual.value())
        else:
            self.pattern.editor.setFocus()

    def _written(self) -> None:
        self.touched = True
        wanted = self.wanted
        self.usual.show_value(wanted if wanted in _USUAL else "")
        self._show_sample()

    @property
    def wanted(self) -> str:
        """The pattern as it stands in the box."""
        return pattern_of_words(str(self.pattern.value()))

    def _show_sample(self) -> None:
        self.notice.hide()
        wrong = pattern_problems(self.wanted)
        self.pattern.tell(wrong[0].message + wrong[0].mend if wrong else "")
        if wrong:
            bring_into_view(self.pattern)
        self.sample.setText("—" if wrong else self._sample())

    def _sample(self) -> str:
        register = self._workplace.register
        committee = register.committee
        if committee is None:
            return "—"
        blank = recording.blank_case(register, today(), self._workplace.actor).dispute
        number = register.next_number(committee.id, blank.year)
        return case_number(replace(blank, number=number), committee, self.wanted)

    def save(self) -> None:
        """Keep the pattern if workbooks can carry it."""
        self._show_sample()
        if self.pattern.finding:
            self.pattern.editor.setFocus()
            return
        register = self._workplace.register
        settings = replace(register.settings, numbering_pattern=self.wanted)
        try:
            local_practice.keep_settings(register, settings, self._workplace.actor)
        except DeskError as error:
            self.notice.failed(str(error))
            return
        self.touched = False
        self.settings_kept.emit()
        self.notice.done(tr("编号格式已保存，马上生效。"))
