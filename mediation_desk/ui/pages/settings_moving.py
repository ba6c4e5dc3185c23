"""Another computer or a successor: the transfer file, the list to sign, and the end of the old."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from mediation_desk import paths
from mediation_desk.desk import handing_list, moving
from mediation_desk.desk.case_papers import Made
from mediation_desk.desk.clock import now
from mediation_desk.desk.moving import Head, Merged
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui import messages, theme
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FieldGrid
from mediation_desk.ui.jobs import Done, Work
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.paper_window import Asked, PaperWindow
from mediation_desk.ui.pages.password_pair import PasswordPair, password_box
from mediation_desk.ui.pages.settle_page import KIND
from mediation_desk.ui.pages.wipe_card import WipeCard
from mediation_desk.ui.widgets import PADDING, button, column, framed, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_FIELD, _NAMES = 420, 560
_OUT = tr(
    "换电脑、两台电脑一起用、换人，都从这里开始：把整本登记簿做成一个加密的文件，用U盘拿到那台"
    "电脑上。密码另定一个，另外告诉对方，不要和文件放在一起。"
)
_IN = tr(
    "本单位另一台电脑上也登记过的，把那边做的转移文件并进来：两边新增的都要，两边改了同一处的"
    "列入待核对，由您定。那边的登记簿原样另存一份。"
)
_LIST = tr("换人的时候打印移交清单，当面核对签字：各年的件数、没办结的和期限、一并移交的东西。")


class MovingPart(QWidget):
    """Makes a transfer file, merges one, prints the list, and wipes the register from here."""

    # The receipt code and the password of a register that shall go.
    wipe_wanted = Signal(object)
    # Merging may have brought anything.
    settings_kept = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._file: Path | None = None
        self.notice = Notice()
        self.pair = PasswordPair(tr("给转移文件定的密码"), tr("再输一遍"))
        self.make = button(tr("做转移文件… (&Z)"), self.ask_where, "primary")
        self.pair.entered.connect(self.ask_where)
        self.secret = password_box(tr("转移文件的密码"))
        self.chosen = words(tr("还没有选文件。"), "sub", wrap=True)
        self.choose = button(tr("选转移文件… (&F)"), self.ask_for_file)
        self.look = button(tr("看看并入会怎样 (&V)"), self.look_into)
        self.receipt = words("", wrap=True)
        self.receiver = FieldBox(tr("接收人"), LineEditor(), required=True)
        self.witness = FieldBox(tr("监交人"), LineEditor())
        self.list = button(tr("移交清单… (&Y)"), self.show_list)
        self.wipe = WipeCard(workplace)
        self.wipe.agreed.connect(self.wipe_wanted)
        merging = framed(self._in_card(), "note")
        page = column(
            self.notice,
            self.receipt,
            framed(self._out_card(), "note"),
            merging,
            framed(self._list_card(), "note"),
            self.wipe,
            None,
            gap=8,
        )
        # An office's register moves as a whole, and the demo goes nowhere.
        merging.setHidden(workplace.office)
        page.setContentsMargins(PADDING, 10, PADDING, 10)
        self.setLayout(column(scrolled(page, PADDING)))
        self.wipe.setHidden(workplace.demo)

    def _out_card(self) -> QLayout:
        self.pair.setMaximumWidth(theme.wide(_FIELD))
        return column(
            words(tr("做转移文件"), "heading"),
            words(_OUT, "sub", wrap=True),
            self.pair,
            row(self.make, None),
            gap=6,
        )

    def _in_card(self) -> QLayout:
        self.secret.setMaximumWidth(theme.wide(_FIELD))
        file = row(self.choose, self.chosen, gap=12)
        file.setStretch(1, 1)
        return column(
            words(tr("并入另一台电脑的登记簿"), "heading"),
            words(_IN, "sub", wrap=True),
            file,
            self.secret,
            row(self.look, None),
            gap=6,
        )

    def _list_card(self) -> QLayout:
        names = FieldGrid(narrow=_NAMES)
        for box in (self.receiver, self.witness):
            names.add(box, 6)
        names.setMaximumWidth(theme.wide(_NAMES))
        return column(
            words(tr("移交清单"), "heading"),
            words(_LIST, "sub", wrap=True),
            names,
            row(self.list, None),
            gap=6,
        )

    def refresh(self) -> None:
        """Say which receipt code belongs to what was taken here."""
        taken = moving.last_receipt(self._workplace.register)
        self.receipt.setVisible(bool(taken))
        told = tr("这里最近收下的转移文件，回执码是 {code}。在原来的电脑上输入它，才能清除那边。")
        self.receipt.setText(told.format(code=taken))

    # Away

    def ask_where(self) -> None:
        """Ask where the transfer file shall be written."""
        if self.pair.wanting():
            return
        proposed = paths.outgoing() / moving.file_name(self._workplace.register, now())
        target = messages.choose_target(self, tr("把转移文件存到哪里"), proposed, KIND)
        if target is not None:
            self.write(target)

    def write(self, target: Path) -> None:
        """Write the transfer file."""
        register, actor = self._workplace.register, self._workplace.actor
        self._run(
            partial(moving.make, register, target, self.pair.password, actor),
            partial(self._written, target),
            tr("正在做转移文件…"),
        )

    def _written(self, target: Path, head: Head) -> None:
        self._offer(ready=True)
        self.pair.empty()
        said = tr("转移文件做好了，读回来核对过，纠纷{count}件。")
        further = tr("在那台电脑上收下以后，会显示回执码；这边以后再写的，那边不会有。")
        self.notice.done(said.format(count=head.disputes), target, further)

    # In

    def ask_for_file(self) -> None:
        """Ask for the transfer file of another computer."""
        title = tr("选转移文件")
        for path in messages.choose_files(self, title, paths.outgoing(), KIND)[:1]:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Take a transfer file up, if it is one."""
        try:
            head = moving.read_head(path)
        except DeskError as error:
            self.notice.failed(str(error))
            return
        self._file = path
        told = tr("{unit}，{by}{day}做的，纠纷{count}件")
        self.chosen.setText(
            told.format(unit=head.unit, by=head.made_by, day=head.made_at[:10], count=head.disputes)
        )
        self.secret.editor.setFocus()

    def look_into(self) -> None:
        """Say what merging would do; nothing is written."""
        secret = str(self.secret.value() or "")
        self.secret.tell("" if secret else tr("请填写。"))
        if self._file is None:
            self.notice.failed(tr("还没有选转移文件。请先选中U盘上的转移文件。"))
            return
        if secret:
            self._run(
                partial(moving.look_into, self._workplace.register, self._file, secret),
                self._ask,
                tr("正在比较两边的登记簿…"),
            )

    def _ask(self, seen: Merged) -> None:
        self._offer(ready=True)
        backed = tr("并入前自动备份，并入后可以整批撤销：在“报送”里看{place}。")
        place = tr("“收件—接收记录”") if self._workplace.office else tr("“司法所回件—收下过的文件”")
        backed = backed.format(place=place)
        more = "\n".join((*_lines(seen), backed))
        messages.ask(self, tr("并入这份转移文件吗？"), more, tr("并入"), self.merge)

    def merge(self) -> None:
        """Merge what was looked into."""
        assert self._file is not None
        register, actor = self._workplace.register, self._workplace.actor
        secret = str(self.secret.value() or "")
        self._run(
            partial(moving.merge, register, self._file, secret, actor),
            self._merged,
            tr("正在并入…"),
        )

    def _merged(self, done: Merged) -> None:
        self._offer(ready=True)
        self.secret.show_value("")
        self._file = None
        self.chosen.setText(tr("还没有选文件。"))
        self.refresh()
        self.notice.done(tr("已并入。"), further="\n".join(_lines(done)))
        self.settings_kept.emit()

    # The list

    def show_list(self) -> None:
        """Show the list for the successor, to be printed or saved from there."""
        given = bool(self.receiver.value())
        self.receiver.tell("" if given else tr("请填写。"))
        if not given:
            self.receiver.editor.setFocus()
            return
        names = str(self.receiver.value() or ""), str(self.witness.value() or "")
        make = partial(_list_made, self._workplace.register, self._workplace.actor, *names)
        PaperWindow(self, self._workplace, Asked(tr("移交清单"), make)).open()

    # What all do

    def _run(self, work: Work, done: Done, told: str) -> None:
        self.notice.hide()
        self._offer(ready=False)
        self._workplace.jobs.run(work, owner=self, done=done, failed=self._failed, words=told)

    def _offer(self, *, ready: bool) -> None:
        for part in (self.make, self.look):
            part.setEnabled(ready)

    def _failed(self, error: DeskError) -> None:
        self._offer(ready=True)
        self.notice.failed(str(error))


def _list_made(register: Register, giver: str, receiver: str, witness: str) -> Made:
    told = handing_list.handed_over(register, giver, receiver, witness, today())
    return handing_list.list_made(told)


def _lines(told: Merged) -> list[str]:
    """What merging does, a line for each thing to know."""
    lines = [told.words]
    if told.conflicts:
        words_ = tr("两边都改了的{count}处，这里暂时不变，列入待核对。")
        lines.append(words_.format(count=told.conflicts))
    if told.doubles:
        words_ = tr("两台电脑用了同样的编号，两件都在，请到工作台给其中一件换编号：{numbers}")
        lines.append(words_.format(numbers=tr("、").join(told.doubles)))
    if told.other_key:
        lines.append(tr("两台电脑各自开过户，以后只用这一台报送。"))
    return lines
