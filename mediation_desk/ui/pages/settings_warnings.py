"""Early warning as it is practised here: levels, rules, words that alarm, the land season."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.domain.risk_levels import (
    USUAL,
    LevelPractice,
    levels,
    packed,
    wrong_levels,
)
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import WarningRule
from mediation_desk.domain.warning_rules import (
    months_in,
    packed_rules,
    rule_levels,
    words_in,
    wrong_words,
)
from mediation_desk.ui.editors import (
    ChoiceEditor,
    LineEditor,
    PaperEditor,
    WholeEditor,
    YesEditor,
)
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FieldGrid, FlowLayout
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.pages.settings_part import SettingsPart
from mediation_desk.ui.widgets import column, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_USUAL = Settings()
_THIRD = 4


class _LevelRow:
    """What one level is called, whose it is, and what it asks for."""

    def __init__(self, usual: LevelPractice, grid: FieldGrid) -> None:
        self._usual = usual
        used, at_once = YesEditor(tr("使用")), YesEditor(tr("立即报告"))
        self.used, self.at_once = used.box, at_once.box
        self.colour, self.name = LineEditor(usual.colour), LineEditor(tr("如 一级"))
        self.owner, self.hours = LineEditor(usual.owner), WholeEditor()
        called = tr("{colour}：").format(colour=usual.colour)
        # Without words above, and yet level with the others.
        grid.add(FieldBox("", used), 1)
        for editor, label, span in (
            (self.colour, tr("颜色"), 2),
            (self.owner, tr("责任层级"), 3),
            (self.name, tr("名称"), 2),
            (self.hours, tr("时限（小时）"), 2),
        ):
            editor.inner.setAccessibleName(called + label)
            grid.add(FieldBox(label, editor), span)
        grid.add(FieldBox("", at_once), 2)

    @property
    def parts(self) -> tuple[LineEditor, ...]:
        """The editors that tell when something was typed."""
        return self.colour, self.name, self.owner, self.hours

    def show_level(self, entry: LevelPractice) -> None:
        """Show how a level is practised."""
        self.used.setChecked(entry.used)
        self.colour.show_value(entry.colour)
        self.name.show_value(entry.name)
        self.owner.show_value(entry.owner)
        self.hours.show_value(entry.hours)
        self.at_once.setChecked(entry.at_once)

    def unclear(self) -> str:
        """What is wrong with the hours as they were typed."""
        return self.hours.unclear()

    def level(self) -> LevelPractice:
        """The level as it was typed."""
        return replace(
            self._usual,
            used=self.used.isChecked(),
            colour=str(self.colour.value()),
            name=str(self.name.value()),
            owner=str(self.owner.value()),
            hours=self.hours.value() or 0,
            at_once=self.at_once.isChecked(),
        )


class _Ticks(QWidget):
    """Boxes to tick, one for each value."""

    changed = Signal()

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        flow = FlowLayout(self, gap=14)
        flow.setContentsMargins(0, 0, 0, 0)
        for value, label in choices:
            box = QCheckBox(label)
            box.toggled.connect(self._toggled)
            self.boxes[value] = box
            flow.addWidget(box)

    def _toggled(self, _on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.changed.emit()

    def show_values(self, wanted: Iterable[str]) -> None:
        """Tick these and no others."""
        ticked = set(wanted)
        for value, box in self.boxes.items():
            box.setChecked(value in ticked)

    def values(self) -> str:
        """The ticked values, as their setting keeps them."""
        return " ".join(value for value, box in self.boxes.items() if box.isChecked())


class WarningsPart(SettingsPart):
    """Levels, rules, words and season; saved together."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.levels: list[_LevelRow] = []
        self.rules: dict[WarningRule, FieldBox] = {}
        self.words = FieldBox(tr("激化言语（用空格或顿号隔开）"), PaperEditor())
        self.months = _Ticks(
            (str(number), tr("{number}月").format(number=number)) for number in range(1, 13)
        )
        self.types = _Ticks((entry.code, tr(entry.label)) for entry in EIGHTEEN)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        rules = FieldGrid()
        for rule in WarningRule:
            editor = ChoiceEditor([(None, tr("不用这条规则"))], optional=False)
            self.rules[rule] = FieldBox(tr(rule.label), editor)
            rules.add(self.rules[rule], _THIRD)
        self._rules = rules
        told = tr(
            "国家没有统一规定颜色和时限，请按本地规定改；司法所改好后重新做开户文件，各村打开后一致。"
        )
        page = column(
            self.notice,
            words(told, "sub", wrap=True),
            words(tr("风险等级（从轻到重）"), "heading"),
            self._levels(),
            words(tr("预警规则和建议的等级"), "heading"),
            words(tr("规则只提建议，等级由人核实后确定。"), "sub", wrap=True),
            rules,
            self.words,
            words(tr("农忙用地季节"), "heading"),
            words(tr("在这些月份，下列类型的纠纷没有办结时预警："), "sub", wrap=True),
            self.months,
            self.types,
            None,
            gap=10,
        )
        self.lay_out(page)

    def _levels(self) -> QWidget:
        grid = FieldGrid()
        self.levels += [_LevelRow(usual, grid) for usual in USUAL]
        self._wrong_level = words("", "wrong", wrap=True)
        self._wrong_level.hide()
        made = QWidget()
        made.setLayout(column(grid, self._wrong_level))
        return made

    def _listen(self) -> None:
        for entry in self.levels:
            entry.used.toggled.connect(self._toggled)
            entry.at_once.toggled.connect(self._toggled)
            for part in entry.parts:
                part.changed.connect(self._changed)
        for box in (*self.rules.values(), self.words):
            box.changed.connect(self._changed)
        self.months.changed.connect(self._changed)
        self.types.changed.connect(self._changed)

    def _toggled(self, _on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self._changed()

    def _changed(self) -> None:
        self.touched = True
        self.notice.hide()
        self._wrong_level.hide()

    def refresh(self) -> None:
        if not self.touched:
            self._show(self._workplace.register.settings)

    def _show(self, settings: Settings) -> None:
        practised = levels(settings)
        for entry, level in zip(self.levels, practised, strict=True):
            entry.show_level(level)
        called = [(level.level, tr(level.label)) for level in practised]
        wanted = rule_levels(settings)
        for rule, box in self.rules.items():
            editor = box.editor
            assert isinstance(editor, ChoiceEditor)
            editor.offer([*called, (None, tr("不用这条规则"))])
            box.show_value(wanted[rule])
        self.words.show_value(" ".join(words_in(settings.warning_words)))
        self.months.show_values(map(str, months_in(settings.season_months)))
        self.types.show_values(settings.season_types.split())
        self.touched = False

    def show_usual(self) -> None:
        usual = replace(
            self._workplace.register.settings,
            risk_levels=_USUAL.risk_levels,
            warning_rules=_USUAL.warning_rules,
            warning_words=_USUAL.warning_words,
            season_months=_USUAL.season_months,
            season_types=_USUAL.season_types,
        )
        self._show(usual)
        self.touched = True

    def _wrong(self) -> bool:
        """Whether something typed makes no sense, which is said beside it."""
        typed = [entry.level() for entry in self.levels if not entry.unclear()]
        unclear = next((entry.unclear() for entry in self.levels if entry.unclear()), "")
        wrong = unclear or wrong_levels(typed)
        self._wrong_level.setText(wrong)
        self._wrong_level.setVisible(bool(wrong))
        bad = wrong_words(str(self.words.value()))
        self.words.tell(bad)
        if wrong:
            self.levels[0].colour.setFocus()
            bring_into_view(self._wrong_level)
        elif bad:
            self.words.editor.setFocus()
            bring_into_view(self.words)
        return bool(wrong or bad)

    def _typed(self) -> Settings:
        rules: dict[WarningRule, RiskLevel | None] = {
            rule: box.value() for rule, box in self.rules.items()
        }
        return replace(
            self._workplace.register.settings,
            risk_levels=packed([entry.level() for entry in self.levels]),
            warning_rules=packed_rules(rules),
            warning_words=" ".join(words_in(str(self.words.value()))),
            season_months=self.months.values(),
            season_types=self.types.values(),
        )

    def save(self) -> None:
        if not self._wrong():
            self.keep(self._typed())
