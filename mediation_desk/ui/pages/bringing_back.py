"""What the histories show alike: a change in words, what became of a record, and the way back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.desk import versions
from mediation_desk.desk.versions import Told
from mediation_desk.ui import messages
from mediation_desk.ui.days import local_time
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, look
from mediation_desk.words import tr

_LONGEST = 90


def said(told: Told) -> str:
    """One changed field in words, long texts cut to where they differ."""
    told = versions.excerpt(told, _LONGEST)
    if not told.before:
        return tr("{label}：{after}").format(label=told.label, after=told.after)
    after = told.after or tr("（空）")
    return tr("{label}：{before} → {after}").format(
        label=told.label, before=told.before, after=after
    )


def mark(*, first: bool, void: bool) -> Chip:
    """What a version did to its record."""
    if void:
        return Chip(tr("作废"), Tone.NEUTRAL)
    return Chip(tr("新登记"), Tone.GREEN) if first else Chip(tr("修改"), Tone.BLUE)


class BackButton(QPushButton):
    """Knows which version it brings back; `subject` says aloud of what, `at` is its time stamp."""

    wanted = Signal(object)

    def __init__(self, version: object, subject: str, at: str) -> None:
        super().__init__(tr("恢复到这个版本"))
        self.version = version
        self.setAutoDefault(True)
        look(self, "quiet")
        aloud = tr("恢复到这个版本：{noun}，{moment}")
        self.setAccessibleName(aloud.format(noun=subject, moment=local_time(at)))
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.wanted.emit(self.version)


def ask_whether(
    page: QWidget, subject: str, at: str, changes: Sequence[Told], agreed: Callable[[], None]
) -> None:
    """Show what bringing a version back would change, and do it if that is wanted."""
    asked = tr("把{noun}恢复成 {moment} 的样子？").format(noun=subject, moment=local_time(at))
    lines = [tr("会这样改："), *(said(told) for told in changes)]
    lines.append(tr("恢复也记作一次改动，现在的内容留在修改记录里，随时可以再恢复回来。"))
    messages.ask(page, asked, "\n".join(lines), tr("恢复"), agreed)


def refuse(page: QWidget, error: Exception) -> None:
    """Say why a version cannot be brought back."""
    messages.fail(page, tr("不能恢复到这个版本。"), str(error))
