"""Days, numbers and ways of counting that no rule fixes: shown, changed, and who changed them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from mediation_desk.desk import local_practice
from mediation_desk.domain.setting_notes import (
    GROUPS,
    KIND_OF_DAYS,
    NOTES,
    Note,
    settings_problems,
    shown,
)
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.working_days import unknown_words
from mediation_desk.ui.days import local_time
from mediation_desk.ui.editors import (
    ChoiceEditor,
    Editor,
    LineEditor,
    PaperEditor,
    WholeEditor,
    YesEditor,
)
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FieldGrid
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.pages.settings_part import SettingsPart
from mediation_desk.ui.widgets import column, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_LOG_LINES = 12
_WHOLE_LINE, _QUARTER = 12, 3
# What sets a hint off from the label below it.
_BELOW = 6
_USUAL = Settings()
# The next year's holidays are asked for when deadlines begin to reach it.
_AHEAD = timedelta(days=60)


def _editor(note: Note, value: object) -> Editor:
    if isinstance(value, bool):
        return YesEditor(tr(note.label))
    if note.codes is not None:
        return ChoiceEditor([(code.value, tr(code.label)) for code in note.codes], optional=False)
    if note.long:
        return PaperEditor()
    return WholeEditor() if isinstance(value, int) else LineEditor()


def _label(name: str, note: Note) -> str:
    usual = getattr(_USUAL, name)
    if isinstance(usual, bool):
        # A box to tick carries its own words.
        return " "
    unit = tr("（{unit}）").format(unit=tr(note.unit)) if note.unit else ""
    return f"{tr(note.label)}{unit}"


def _kind_of(name: str) -> str:
    """The setting that says which kind of days `name` counts, where there is one."""
    return name.removesuffix("_days") + KIND_OF_DAYS


def _share(note: Note) -> int:
    if note.long:
        return _WHOLE_LINE
    return _QUARTER if note.unit else _WHOLE_LINE // 2


def _hint(name: str, note: Note) -> str:
    value = shown(name, getattr(_USUAL, name))
    if getattr(_USUAL, _kind_of(name), False):
        value = tr("{days}个工作日").format(days=getattr(_USUAL, name))
    usual = tr("默认{value}").format(value=value)
    return " · ".join(part for part in (usual, tr(note.hint) if note.hint else "") if part)


class LimitsPart(SettingsPart):
    """A box for every described setting; saved together."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.boxes: dict[str, FieldBox] = {}
        # Of which years nobody has arranged the holidays yet.
        self.unknown = words("", "minded", wrap=True)
        self._log = words("", "sub", wrap=True)
        page = column(self.notice, gap=12)
        page.addWidget(self._grid())
        page.addWidget(words(tr("最近的改动"), "heading"))
        page.addWidget(self._log)
        page.addStretch(1)
        self.lay_out(page)

    def _grid(self) -> FieldGrid:
        # All groups in one grid, so that their columns meet.
        grid = FieldGrid()
        for group in GROUPS:
            grid.add(words(tr(group), "heading"), _WHOLE_LINE)
            for name, note in NOTES.items():
                if note.group == group and not name.endswith(KIND_OF_DAYS):
                    grid.add(self._frame(name, note), _share(note))
        return grid

    def _frame(self, name: str, note: Note) -> QWidget:
        """A setting with its hint, and with the kind of days that it counts."""
        frame = QWidget()
        kind = _kind_of(name)
        parts: list[QWidget] = [self._box(name, note)]
        if kind in NOTES:
            parts.append(self._box(kind, NOTES[kind]))
            self.boxes[kind].keep_head(kept=False)
        parts.append(words(_hint(name, note), "sub", wrap=True))
        if note.long:
            parts.append(self.unknown)
        told = column(*parts, gap=2)
        told.setContentsMargins(0, 0, 0, _BELOW)
        frame.setLayout(told)
        return frame

    def _box(self, name: str, note: Note) -> FieldBox:
        box = FieldBox(_label(name, note), _editor(note, getattr(_USUAL, name)))
        box.changed.connect(self._changed)
        self.boxes[name] = box
        return box

    def _changed(self) -> None:
        self.touched = True
        self.notice.hide()

    def refresh(self) -> None:
        if not self.touched:
            self._show(self._workplace.register.settings)
        self._show_unknown()
        self._show_log()

    def _show_unknown(self) -> None:
        calendar, day = self._workplace.register.limits.calendar, today()
        said = unknown_words(calendar.unknown(day, day + _AHEAD))
        self.unknown.setText(tr("{said}。").format(said=said) if said else "")
        self.unknown.setVisible(bool(said))

    def _show(self, settings: Settings) -> None:
        for name, box in self.boxes.items():
            box.show_value(getattr(settings, name))
        # A box that is ticked tells of it, whoever ticked it.
        self.touched = False

    def _show_log(self) -> None:
        log = local_practice.settings_log(self._workplace.register)[:_LOG_LINES]
        lines = [
            tr("{at} {who}：{label} {before} → {after}").format(
                at=local_time(entry.at),
                who=entry.actor,
                label=local_practice.label_of_setting(entry.setting),
                before=entry.before,
                after=entry.after,
            )
            for entry in log
        ]
        self._log.setText("\n".join(lines) or tr("还没有改过，用的都是默认值。"))

    def show_usual(self) -> None:
        self._show(_USUAL)
        self.touched = True

    def _typed(self) -> Settings | None:
        unclear = False
        for box in self.boxes.values():
            if said := box.editor.unclear():
                box.tell(said)
                unclear = True
        values: dict[str, Any] = {name: box.value() for name, box in self.boxes.items()}
        return None if unclear else replace(self._workplace.register.settings, **values)

    def save(self) -> None:
        for box in self.boxes.values():
            box.tell("")
        settings = self._typed()
        for problem in settings_problems(settings) if settings else ():
            if problem.field in self.boxes:
                self.boxes[problem.field].tell(problem.message + problem.mend)
        wrong = next((box for box in self.boxes.values() if box.finding), None)
        if wrong is not None:
            wrong.editor.setFocus()
            bring_into_view(wrong)
        if settings is not None and wrong is None:
            self.keep(settings)
