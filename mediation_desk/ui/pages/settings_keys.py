"""The keys of this desk: its set-up file, whose office it trusts, and what having none means."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import enrolling
from mediation_desk.desk.enrolling import AnotherOffice, Opened
from mediation_desk.desk.set_up_here import Keys, SetUp, keys_of, look_here
from mediation_desk.domain.due import short_day
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.setup_drop import SetupDrop, SetupFacts, reading
from mediation_desk.ui.widgets import (
    PADDING,
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

_NONE = tr(
    "本村还没有用司法所的开户文件。报送照样能做：表里的姓名和号码遮住，文件没有签名，也没有封存；"
    "司法所看不到当事人的完整信息，也不能确认文件是谁做的，案件也不能移交。"
)
_SET_UP = tr(
    "{day}打开了{office}（{code}）的开户文件。以后的报送由本机签名，完整记录封存给它，"
    "别人打不开；它给本村的回件也只有本机打得开。"
)
_OFFICE = tr(
    "各村用本所做的开户文件开户，报送由它们各自签名、封存给本所。到“报送—开户”里做开户文件、"
    "看各村的核对码。"
)


class KeysPart(QWidget):
    """Shows how the desk is set up; a village opens a set-up file here."""

    # Limits and types may be others now.
    settings_kept = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._path: Path | None = None
        self.notice = Notice()
        self._state = words("", wrap=True)
        self.office_number = words("", "figure", wrap=True)
        self.own_number = words("", "figure", wrap=True)
        self._office_card = self._number_card(tr("司法所的核对码"), self.office_number)
        self._own_card = self._number_card(tr("本机的核对码"), self.own_number)
        self.drop = SetupDrop(
            tr("把司法所给的开户文件拖到这里，或"), tr("打开开户文件… (&O)"), "Ctrl+O"
        )
        self.drop.dropped.connect(self.look_at)
        self._facts = column(gap=10)
        self.use = button(tr("核对过了，使用 (&J)"), self.open_file, "primary")
        self.leave = button(tr("不用这一份"), self.forget)
        asked = column(self._facts, row(None, self.leave, self.use, gap=10), gap=10)
        self.asked = framed(asked)
        page = column(
            self.notice,
            self._state,
            self.drop,
            self.asked,
            self._office_card,
            self._own_card,
            None,
            gap=12,
        )
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        self.view = scrolled(page, PADDING)
        self.setLayout(column(self.view))
        self.drop.setHidden(workplace.office)
        self.asked.hide()

    @staticmethod
    def _number_card(title: str, number: QWidget) -> QWidget:
        told = words(tr("与对方念的一样，说明双方用的是同一把密钥。"), "sub", wrap=True)
        return framed(column(words(title, "strong"), number, told, gap=4), "note", margins=14)

    def refresh(self) -> None:
        """Read the register again."""
        keys = keys_of(self._workplace.register)
        self._state.setText(_OFFICE if self._workplace.office else _state_words(keys))
        for card, number, said in (
            (self._office_card, self.office_number, keys.office_key),
            (self._own_card, self.own_number, keys.own),
        ):
            number.setText(said)
            card.setVisible(bool(said))

    # Opening

    def look_at(self, path: object) -> None:
        """Look at a set-up file without changing anything."""
        assert isinstance(path, Path)
        self.notice.hide()
        self._path = path
        self._workplace.jobs.run(
            partial(look_here, self._workplace.register, path),
            owner=self,
            done=self._looked,
            failed=self._failed,
            words=reading(path),
        )

    def _looked(self, setup: SetUp) -> None:
        clear(self._facts)
        self._facts.addWidget(SetupFacts(setup))
        for card in (self._office_card, self._own_card):
            card.hide()
        self.asked.show()
        self.use.setFocus()
        self.view.ensureWidgetVisible(self.asked)

    def forget(self) -> None:
        """Put the file away that is shown."""
        if self.asked.isVisible():
            self.drop.choose.setFocus()
        self.asked.hide()
        self._path = None
        self.refresh()

    def open_file(self, *, another_office: bool = False) -> None:
        """Set the desk up by the file that is shown."""
        if self._path is None:
            return
        register, actor = self._workplace.register, self._workplace.actor
        opening = partial(
            enrolling.open_setup_file,
            register,
            self._path,
            actor,
            today(),
            another_office=another_office,
        )
        self._workplace.jobs.run(
            opening,
            owner=self,
            done=self._opened,
            failed=self._failed,
            words=tr("正在使用开户文件…"),
        )

    def _opened(self, opened: Opened) -> None:
        self.forget()
        if not opened.changes:
            self.notice.done(tr("这份开户文件以前用过，没有变化。"))
            return
        said = tr("已用{office}的开户文件开户。改动了下面这些：").format(office=opened.office)
        further = "\n".join(f"· {change}" for change in opened.changes)
        self.notice.done(said, further=further)
        self.settings_kept.emit()

    def _failed(self, error: DeskError) -> None:
        if isinstance(error, AnotherOffice):
            messages.ask(
                self,
                tr("这份开户文件不是原来那个司法所做的，改用它吗？"),
                str(error),
                tr("电话核对过，改用"),
                self._open_of_another,
            )
            return
        self.forget()
        self.notice.failed(str(error))

    def _open_of_another(self) -> None:
        self.open_file(another_office=True)


def _state_words(keys: Keys) -> str:
    if not keys.office:
        return _NONE
    day = short_day(keys.opened_on, today()) if keys.opened_on else ""
    return _SET_UP.format(day=day, office=keys.office, code=keys.office_code)
