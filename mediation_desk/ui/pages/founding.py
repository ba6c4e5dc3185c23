"""First start: which desk this is, whose, and the password; or a look at the demo."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QWidget,
)

from mediation_desk.desk import setting_up
from mediation_desk.domain.codes import Role, Sex, UnitKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.editors import ChoiceEditor, LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FieldGrid
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.pages.founding_setup import FoundingSetup
from mediation_desk.ui.pages.password_pair import password_box
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import EDGE, Chip, button, column, framed, look, row, scrolled, words
from mediation_desk.words import tr

_WIDTH = 860
# Below this width the two desks stand one below the other.
_BOTH_DESKS = 740
# Kept free above and below the field that is to be mended.
_AROUND = 12
# What a set-up file tells of the village, or what can wait.
_OF_THE_UNIT = ("county", "town", "kind", "name", "code", "sex")
_RECORDER, _CLERK = tr("您的姓名（记录人）"), tr("您的姓名（工作人员）")


def _centred(part: QWidget) -> QHBoxLayout:
    """A part as wide as lines are read well, in the middle of the page."""
    part.setMaximumWidth(theme.wide(_WIDTH))
    around = row(None, gap=0)
    around.addWidget(part, 100)
    around.addStretch(1)
    return around


class FoundingPage(QWidget):
    """Fills a `Founding` and creates the register in `folder`."""

    founded = Signal(object)
    practice_wanted = Signal(object)
    # The register comes from another computer.
    transfer_wanted = Signal()

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder = folder
        self._jobs = jobs
        self._roles = QButtonGroup(self)
        self.village = self._choice(
            "village", tr("村（居）调委会"), tr("登记纠纷、记调解、每月报送一份表格")
        )
        self.office = self._choice(
            "office", tr("司法所"), tr("接收各村表格、汇总统计，也办镇调委会的案件")
        )
        self.fields = self._made_fields()
        self._strength = Chip()
        self._told = words("", "strong", wrap=True)
        self.create_button = button(tr("建立登记簿 (&J)"), self.found, "primary")
        self.setup = FoundingSetup(jobs)
        self.setup.changed.connect(self._set_up_otherwise)
        self.setup.refused.connect(self._tell)
        self._lay_out()
        self._roles.idClicked.connect(self._role_chosen)
        self.village.setChecked(True)
        self._role_chosen(0)

    def _choice(self, drawing: str, title: str, what: str) -> QPushButton:
        choice = button(f"{title}\n{what}", name="choice")
        choice.setIcon(QIcon(theme.drawing(drawing, theme.tokens().primary, 36)))
        choice.setIconSize(QSize(36, 36))
        choice.setCheckable(True)
        choice.setMinimumHeight(theme.wide(72))
        self._roles.addButton(choice, len(self._roles.buttons()))
        return choice

    def _made_fields(self) -> dict[str, FieldBox]:
        kinds = [(kind, tr(kind.label)) for kind in (UnitKind.VILLAGE, UnitKind.COMMUNITY)]
        kind = ChoiceEditor(kinds, optional=False)
        kind.show_value(UnitKind.VILLAGE)
        sex = ChoiceEditor([(entry, tr(entry.label)) for entry in Sex], optional=True)
        made = {
            "county": FieldBox(tr("区县"), LineEditor(tr("如 丰都县")), required=True),
            "town": FieldBox(tr("乡镇、街道"), LineEditor(tr("如 双龙镇")), required=True),
            "kind": FieldBox(tr("类别"), kind, required=True),
            "name": FieldBox(tr("村、社区"), LineEditor(tr("如 梨子园村")), required=True),
            "code": FieldBox(tr("统计代码（12位）"), LineEditor(), required=True),
            "person": FieldBox(_RECORDER, LineEditor(), required=True),
            "sex": FieldBox(tr("性别"), sex),
            "password": password_box(tr("密码")),
            "again": password_box(tr("再输一遍密码")),
        }
        made["password"].changed.connect(self._weigh)
        made["again"].editor.inner.returnPressed.connect(self.found)  # type: ignore[attr-defined]
        return made

    def _lay_out(self) -> None:
        """What is filled in scrolls; what is wrong stands below it, with what can be done."""
        self.practise = button(
            tr("先练习一下 (&X)"), self._practise, tip=tr("打开虚构的乡镇，随便试")
        )
        self.transfer = button(
            tr("从另一台电脑搬来 (&T)"), self.transfer_wanted.emit, tip=tr("收下转移文件")
        )
        title = words(tr("欢迎使用调解台"), "title")
        title.setFont(theme.font(18, bold=True))
        first = words(tr("第一次使用，请填好下面几项。"), "sub")
        self._both_desks = self._desks()
        head = row(title, first, None)
        parts = (head, self._both_desks, self.setup, *self._unit(), *self._secret())
        page = column(_centred(framed(column(*parts, gap=8), margins=22)), None)
        page.setContentsMargins(EDGE, 12, EDGE, 8)
        self._view = scrolled(page, EDGE)
        whole = column(gap=0)
        whole.addWidget(self._view, 1)
        whole.addWidget(self._banner())
        whole.addWidget(self._bar())
        self.setLayout(whole)

    def _desks(self) -> FieldGrid:
        """The two desks to choose from."""
        desks = FieldGrid(narrow=_BOTH_DESKS)
        desks.add(self.village, 6)
        desks.add(self.office, 6)
        return desks

    def _unit(self) -> tuple[QWidget, ...]:
        """Whose desk it is, and where the code is found."""
        spans = {"county": 3, "town": 3, "kind": 3, "name": 3, "code": 5, "person": 4, "sex": 3}
        self._unit_grid = FieldGrid(narrow=560)
        for name, span in spans.items():
            self._unit_grid.add(self.fields[name], span)
        self._code_help = words("", "sub", wrap=True)
        return self._unit_grid, self._code_help

    def _secret(self) -> tuple[QWidget | QLayout, ...]:
        """The password twice, how good it is, and what becomes of who forgets it."""
        secret = FieldGrid(narrow=560)
        secret.add(self.fields["password"], 6)
        secret.add(self.fields["again"], 6)
        keep = tr("登记簿用这个密码加密。忘了只能凭恢复码重设：建好后请照提示打印一张，锁好。")
        told = row(self._strength, words(keep, "sub", wrap=True), gap=10)
        told.setStretch(1, 1)
        return secret, told

    def _banner(self) -> QWidget:
        """What keeps the register from being created, in sight wherever the page stands."""
        self._wrong = QWidget()
        around = _centred(framed(column(self._told), "bad", margins=14))
        around.setContentsMargins(EDGE, 4, EDGE, 8)
        self._wrong.setLayout(around)
        self._wrong.hide()
        return self._wrong

    def _bar(self) -> QFrame:
        """The two ways to go on, in sight on the lowest of screens."""
        acts = QWidget()
        acts.setLayout(row(self.practise, self.transfer, None, self.create_button))
        around = _centred(acts)
        around.setContentsMargins(EDGE, 8, EDGE, 8)
        bar = QFrame()
        look(bar, "footer")
        bar.setLayout(around)
        return bar

    @property
    def role(self) -> Role:
        """The desk chosen."""
        return Role.VILLAGE if self._roles.checkedId() == 0 else Role.OFFICE

    def _practise(self) -> None:
        self.practice_wanted.emit(self.role)

    def _role_chosen(self, _number: int) -> None:
        village = self.role is Role.VILLAGE
        self.setup.setVisible(village)
        for name in ("kind", "name", "sex"):
            self.fields[name].setVisible(village)
        self.fields["person"].rename(_RECORDER if village else _CLERK, required=True)
        # Without the village's own fields the code moves up into the first line.
        self._unit_grid.respan(self.fields["code"], 5 if village else 6)
        self._unit_grid.respan(self.fields["person"], 4 if village else 6)
        where = tr("村、社区") if village else tr("乡镇、街道")
        self._code_help.setText(
            tr(
                "统计代码是国家统计局给每个{where}的12位数字，可以问乡镇统计人员，"
                "或查“统计用区划代码”。乡镇的代码后三位是000。"
            ).format(where=where)
        )

    def _set_up_otherwise(self) -> None:
        """Ask only who records and the password where a set-up file says all else; or ask all."""
        told = self.setup.setup is not None
        self._tell("")
        self._both_desks.setVisible(not told)
        self._code_help.setVisible(not told)
        for name in _OF_THE_UNIT:
            self.fields[name].setVisible(not told)
        self._unit_grid.respan(self.fields["person"], 6 if told else 4)
        if not told:
            self._role_chosen(0)
        self.fields["person" if told else "county"].editor.setFocus()
        QTimer.singleShot(0, self, self._show_begin)

    def _show_begin(self) -> None:
        self._view.verticalScrollBar().setValue(0)

    def _value(self, name: str) -> str:
        return str(self.fields[name].value())

    def _weigh(self) -> None:
        said, tone = setting_up.password_words(self._value("password"))
        self._strength.show_state(said, Tone(tone))

    def _founding(self) -> setting_up.Founding:
        if self.setup.setup is not None:
            return setting_up.found_by(self.setup.setup, self._value("person"))
        if self.role is Role.OFFICE:
            return setting_up.found_office(
                self._value("county"),
                self._value("town"),
                self._value("code"),
                self._value("person"),
            )
        return setting_up.found_village(
            self._value("county"),
            self._value("town"),
            self._value("name"),
            self.fields["kind"].value(),
            self._value("code"),
            self._value("person"),
            self.fields["sex"].value(),
        )

    def _missing(self) -> bool:
        """Whether a required field is empty, said beside each."""
        found = False
        for name in ("county", "town", "name", "code", "person", "password", "again"):
            empty = not self.fields[name].isHidden() and not self._value(name)
            self.fields[name].tell(tr("请填写。") if empty else "")
            found = found or empty
        typed, again = self._value("password"), self._value("again")
        if typed and (short := setting_up.password_too_short(typed)):
            self.fields["password"].tell(short)
            found = True
        if typed and again and typed != again:
            self.fields["again"].tell(tr("两次输入的密码不一样，请再输一遍。"))
            found = True
        return found

    def _wrong_boxes(self) -> list[FieldBox]:
        return [box for box in self.fields.values() if box.finding and not box.isHidden()]

    def _to_first_finding(self, loose: str = "") -> None:
        """Say how much there is to mend, and bring the first of it into sight."""
        wrong = self._wrong_boxes()
        told = tr("还有 {count} 处要填好，已用红字标出。").format(count=len(wrong)) if wrong else ""
        self._tell(told + loose)
        if wrong:
            wrong[0].editor.setFocus()
            # Findings have moved everything below them.
            QTimer.singleShot(0, self, self._show_first_finding)

    def _show_first_finding(self) -> None:
        if wrong := self._wrong_boxes():
            self._view.ensureWidgetVisible(wrong[0], 0, _AROUND)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fields["county"].editor.setFocus()

    def found(self) -> None:
        """Check what was typed and create the register."""
        self._tell("")
        missing = self._missing()
        founding = self._founding()
        problems = setting_up.founding_problems(founding)
        loose = []
        for problem in problems:
            box = self.fields.get(problem.field)
            if box is None or box.isHidden():
                loose.append(problem.message + problem.mend)
            elif not box.finding:
                # All at once, that nobody is stopped a second time; what is empty was told so.
                box.tell(problem.message + problem.mend, problem.severity)
        if missing or problems:
            self._to_first_finding("" if missing else "".join(loose))
            return
        # Else the button, switched off, hands the cursor to the demo.
        self.setFocus()
        self.create_button.setEnabled(False)
        self.create_button.setText(tr("正在建立…"))
        self._jobs.run(
            partial(setting_up.create, self._folder, founding, self._value("password")),
            owner=self,
            done=self.founded.emit,
            failed=self._refused,
            words=tr("正在建立登记簿…"),
        )

    def _refused(self, error: DeskError) -> None:
        self.create_button.setEnabled(True)
        self.create_button.setText(tr("建立登记簿 (&J)"))
        self.create_button.setFocus()
        self._tell(str(error))

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._wrong.setVisible(bool(sentence))
