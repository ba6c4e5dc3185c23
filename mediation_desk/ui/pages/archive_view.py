"""Taking a year's files out for twenty years (年度档案): which year, for whom, where to."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk import paths
from mediation_desk.desk import archiving
from mediation_desk.desk.archiving import Ahead, Archiving
from mediation_desk.desk.carrying import places
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.archive.folder import Written
from mediation_desk.ui import messages, theme
from mediation_desk.ui.editors import ChoiceEditor, LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.files_list import unit_choice
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import PADDING, button, column, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ABOUT = tr(
    "把一年结案的案卷导出成一个文件夹：每件一个PDF，附件和全部记录都在；里面有一个网页，不联网、"
    "不装程序也能看、能查；每个文件都有校验值。期满也不自动销毁，各件的保管期限列在网页里。"
)
_WIDE = 300


class ArchiveView(QWidget):
    """Asks for year and receiver, says what the archive will hold, and writes it."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace, self._notice = workplace, notice
        self._read_at: object = None
        self.year = ChoiceEditor([], optional=False)
        self.unit = unit_choice(workplace, every=False)
        self.receiver = FieldBox(tr("交给谁保管"), LineEditor(tr("如 镇档案室")), required=True)
        self.told = words("", "strong", wrap=True)
        self.more = words("", "doubt", wrap=True)
        self.write = button(tr("导出… (&D)"), self.choose_place, "primary")
        self.check = button(tr("核对以前导出的… (&H)"), self.choose_archive)
        self._lay_out()
        self.year.changed.connect(self._look_ahead)
        self.unit.changed.connect(self._look_ahead)

    def _lay_out(self) -> None:
        year = FieldBox(tr("结案年度"), self.year)
        unit = FieldBox(tr("单位"), self.unit)
        if not self._workplace.office:
            unit.hide()
        for box, wide in ((year, 140), (unit, 200), (self.receiver, _WIDE)):
            box.setFixedWidth(theme.wide(wide))
        fields, acts = QWidget(), QWidget()
        for flow, parts in (
            (FlowLayout(fields, gap=12), (year, unit, self.receiver)),
            (FlowLayout(acts, gap=12), (self.write, self.check)),
        ):
            for part in parts:
                flow.addWidget(part)
        full = tr("档案含完整的个人信息，不加密：只交给写明的人，不要发到网上。导出会留下记录。")
        stack = column(
            fields,
            self.told,
            self.more,
            words(full, "doubt", wrap=True),
            acts,
            words(_ABOUT, "sub", wrap=True),
            None,
            gap=12,
        )
        stack.setContentsMargins(PADDING, 14, PADDING, 14)
        self.setLayout(stack)

    def refresh(self) -> None:
        """Read again which years there are and what the chosen one holds."""
        register = self._workplace.register
        read_at = register.version, today()
        if read_at == self._read_at:
            return
        self._read_at = read_at
        years, before = archiving.archive_years(register), self.year.value()
        self.year.offer([(number, tr("{year}年").format(year=number)) for number in years])
        # The year that is over is archived, not the one that goes on.
        over = next((number for number in years if number < today().year), None)
        self.year.show_value(before if before in years else over or next(iter(years), None))
        self._look_ahead()

    def _look_ahead(self) -> None:
        register, year = self._workplace.register, self.year.value()
        self.more.hide()
        self.write.setEnabled(False)
        if year is None:
            self.told.setText(tr("还没有结案的纠纷，没有可以导出的。"))
            return
        ahead = archiving.archive_ahead(register, int(year), str(self.unit.value() or ""))
        self.told.setText(_words(ahead))
        self.write.setEnabled(bool(ahead.count))
        if ahead.unfiled or ahead.unclassed:
            told = tr(
                "其中 {unfiled} 件还没有归档，{unclassed} 件没有填保管期限。建议先补齐再导出。"
            )
            self.more.setText(told.format(unfiled=ahead.unfiled, unclassed=ahead.unclassed))
            self.more.show()

    # Writing

    def choose_place(self) -> None:
        """Ask for the folder, such as a stick, once it is written who gets the archive."""
        if not self.receiver.value():
            self.receiver.tell(tr("请写明交给谁保管。"))
            self.receiver.editor.setFocus()
            return
        first = next(iter(places()), None)
        folder = first.folder if first is not None else paths.outgoing()
        chosen = messages.choose_folder(self, tr("把档案放到哪里"), folder)
        if chosen is not None:
            self.write_into(chosen)

    def write_into(self, folder: Path) -> None:
        """Write the archive into `folder`, on the worker."""
        place = self._workplace
        wanted = Archiving(
            int(self.year.value()),
            place.actor,
            today(),
            str(self.receiver.value()),
            str(self.unit.value() or ""),
        )
        # Else the button, switched off, hands the cursor to any other one.
        self.year.setFocus()
        self.write.setEnabled(False)
        place.jobs.run(
            partial(archiving.archive, place.register, wanted, folder, place.jobs.say),
            owner=self,
            done=self._written,
            failed=self._failed,
            words=tr("正在导出档案…"),
        )

    def _written(self, written: Written) -> None:
        self.write.setEnabled(True)
        told = tr("档案导出好了，共 {count} 件，已读回来核对无误。请另存一份，分两处保管。")
        if written.problems:
            told += tr(
                "有 {damaged} 份附件已经损坏，卷宗里用一页说明代替，如{first}。请找到原件补上。"
            )
        said = told.format(
            count=written.count,
            damaged=len(written.problems),
            first=next(iter(written.problems), ""),
        )
        self._notice.done(said, written.folder)

    def _failed(self, error: DeskError) -> None:
        self.write.setEnabled(True)
        self._notice.failed(str(error))

    # Checking

    def choose_archive(self) -> None:
        """Ask for the folder of an archive made before."""
        title = tr("选择档案的文件夹")
        chosen = messages.choose_folder(self, title, paths.outgoing())
        if chosen is not None:
            self.check_archive(chosen)

    def check_archive(self, folder: Path) -> None:
        """See whether an archive is still whole, on the worker."""
        self._workplace.jobs.run(
            partial(archiving.wrong_files, folder),
            owner=self,
            done=self._checked,
            failed=self._failed,
            words=tr("正在核对档案…"),
        )

    def _checked(self, wrong: list[tuple[str, str]]) -> None:
        if not wrong:
            self._notice.done(tr("档案完整，每个文件都和写成时一样。"))
            return
        path, what = wrong[0]
        told = tr("有 {count} 处不对，如“{path}”{what}。请用另一份备份，不要在这一份上改。")
        self._notice.failed(told.format(count=len(wrong), path=path, what=what))


def _words(ahead: Ahead) -> str:
    told = tr("这一年结案 {count} 件。").format(count=ahead.count)
    if ahead.left_out:
        told += tr(
            "另有 {count} 个编号不在里面（作废、没有结案或在别的年度结案），网页里写明。"
        ).format(count=ahead.left_out)
    return told
