"""The way back from a register that does not open: a backup, what was typed, the office."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from mediation_desk.desk import damage
from mediation_desk.desk.damage import WayBack
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.store import putting_back
from mediation_desk.ui import messages, theme
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.widgets import (
    button,
    column,
    in_the_middle,
    look,
    row,
    words,
)
from mediation_desk.ui.workplace import today
from mediation_desk.words import tr

_WIDTH = 760
_CALM = tr("这不是您操作错了，多半是磁盘或者U盘出了毛病。坏了的文件一个也不会删，照下面三步做。")
_OFFICE = tr(
    "已经报送过的案件，司法所那里都有一份。打电话请司法所把报送过的还给您，"
    "拿到文件后在“报送”里打开它。"
)


class _Step(QFrame):
    """One step: what it is, what was found, and its buttons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        look(self, "note")
        self.said = words("", wrap=True)
        self.more = words("", "sub", wrap=True)
        self.more.hide()
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=10)
        self._buttons.hide()
        inside = column(words(title, "strong"), self.said, self.more, self._buttons, gap=6)
        inside.setContentsMargins(14, 12, 14, 12)
        self.setLayout(inside)

    def offer(self, *acts: QWidget) -> None:
        """Put buttons under what is said."""
        for act in acts:
            self._flow.addWidget(act)
        self._buttons.show()

    def say(self, sentence: str, more: str = "") -> None:
        """Say what was found."""
        self.said.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))


class DamagedPage(QWidget):
    """Looks for what can be gone back to, says it in three steps, and does it."""

    # The register, open again.
    recovered = Signal(object)
    # Nothing can be gone back to: a new register shall begin in the place of this one.
    begin_anew = Signal()
    given_up = Signal()

    def __init__(
        self, folder: Path, jobs: Jobs, sentence: str, secret: str, kind: str = "password"
    ) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder, self._jobs = folder, jobs
        self._secret, self._kind = secret, kind
        self._elsewhere: Path | None = None
        self.way: WayBack | None = None
        # What to do about it stands below.
        happened, mark, _ = sentence.partition(tr("。"))
        self.happened = words(happened + mark, "wrong", wrap=True)
        self.backup = _Step(tr("第一步：用最近的好备份恢复"))
        self.drafts = _Step(tr("第二步：没写完的内容"))
        self.office = _Step(tr("第三步：请司法所把报送过的还给您"))
        self.office.say(_OFFICE)
        self.restore = button(tr("恢复，打开登记簿 (&H)"), self._restore, "primary")
        self.stick = button(tr("从U盘找备份… (&U)"), self._choose)
        self.again = button(tr("再找一次"), self.look_again)
        self.anew = button(tr("新建一本登记簿… (&X)"), self._ask_anew)
        self.back = button(tr("返回"), self.given_up.emit, keys="Esc")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.look_again)
        self._lay_out()
        self.look_again()

    def _lay_out(self) -> None:
        self.backup.offer(self.restore, self.stick)
        self.office.offer(self.anew)
        self._asked = QWidget()
        told = words(tr("做备份那时候的密码"), "field")
        told.setBuddy(self.password)
        asked = column(told, row(self.password, self.again), gap=4)
        asked.setContentsMargins(0, 0, 0, 0)
        self._asked.setLayout(asked)
        self._asked.hide()
        kept = tr("坏了的登记簿会另外留在 {place} 里，名字是当天的日期。")
        place = self._folder / putting_back.ASIDE
        inner = column(
            words(tr("登记簿打不开了"), "title"),
            self.happened,
            words(_CALM, "sub", wrap=True),
            4,
            self._asked,
            self.backup,
            self.drafts,
            self.office,
            words(kept.format(place=place), "sub", wrap=True),
            row(None, self.back),
            gap=10,
        )
        self.setLayout(in_the_middle(inner, theme.wide(_WIDTH)))

    # Looking

    def look_again(self) -> None:
        """Look for what there is, with the password that was typed last."""
        if self._jobs.running:
            return
        if self.password.text():
            self._secret, self._kind = self.password.text(), "password"
        self._let(able=False)
        self.backup.say(tr("正在找好的备份，请等一等…"))
        self.drafts.say(tr("正在看…"))
        self._jobs.run(
            partial(damage.way_back, self._folder, self._secret, self._kind, self._elsewhere),
            owner=self,
            done=self._found,
            failed=self._not_found,
            words=tr("正在找好的备份…"),
        )

    def _let(self, *, able: bool) -> None:
        for part in (self.stick, self.again, self.anew, self.back):
            part.setEnabled(able)
        self.restore.setEnabled(able and self.way is not None and self.way.any)

    def _found(self, way: WayBack) -> None:
        self.way = way
        self._asked.hide()
        self._let(able=True)
        self.backup.say(self._backup_words(way), way.missing() if way.any else "")
        self.drafts.say(way.drafts_words())
        self.anew.setHidden(way.any)
        (self.restore if way.any else self.stick).setFocus()

    def _backup_words(self, way: WayBack) -> str:
        if way.up_to_the_log:
            return tr("不用备份：登记簿可以打开到最后一次完好的保存为止。")
        if way.backup is None:
            return tr("这台电脑上没有找到好的备份。请插上放备份的U盘，点“从U盘找备份”。")
        when = moment_words(way.backup.at, today())
        if way.only_keys:
            told = tr("只是钥匙文件坏了，用{when}备份里的放回去，密码是做那份备份时的密码。")
            return told.format(when=when)
        told = tr("{when}的备份检查过，是好的，里面有纠纷{count}件。").format(
            when=when, count=way.backup.disputes
        )
        if way.spoilt:
            told += tr("（比它新的{count}份备份也坏了。）").format(count=way.spoilt)
        return told

    def _not_found(self, error: DeskError) -> None:
        self.way = None
        # What was chosen last may be what is wrong.
        self._elsewhere = None
        self._asked.show()
        self._let(able=True)
        self.backup.say(str(error))
        self.drafts.say(tr("要先有能用的密码，才看得出来。"))
        self.password.setFocus()

    def _choose(self) -> None:
        folder = messages.choose_folder(self, tr("选U盘上放备份的文件夹"), Path.home())
        if folder is not None:
            self._elsewhere = folder
            self.look_again()

    # Going back

    def _restore(self) -> None:
        if self.way is None or self._jobs.running:
            return
        self._let(able=False)
        self._jobs.run(
            partial(damage.open_again, self.way),
            owner=self,
            done=self.recovered.emit,
            failed=self._not_restored,
            words=tr("正在恢复，请不要关机…"),
        )

    def _not_restored(self, error: DeskError) -> None:
        self._let(able=True)
        self.happened.setText(str(error))

    def _ask_anew(self) -> None:
        messages.ask(
            self,
            tr("不用备份，新建一本登记簿吗？"),
            tr(
                "现在的登记簿文件夹会整个移到旁边，名字里写着今天的日期，一个文件也不删。"
                "新登记簿建好后，请司法所把报送过的还给您。"
            ),
            tr("移开，新建一本"),
            self._move_aside,
        )

    def _move_aside(self) -> None:
        try:
            putting_back.move_aside(self._folder)
        except DeskError as error:
            self.happened.setText(str(error))
            return
        self.begin_anew.emit()
