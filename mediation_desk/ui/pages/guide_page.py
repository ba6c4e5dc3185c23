"""The first-steps guide: chapters on the left, the chosen one on the right."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from mediation_desk.domain.codes import Role
from mediation_desk.paths import resources
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import EDGE, Elided, button, column, framed, look, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_LIST = 196
_ENTRY = 40
# Points of headings by their level.
_HEADINGS = {1: 15, 2: 12.5}
_AIR = 6
# What stands between a point of a list and its words, beside Qt's own hair's breadth.
_BREADTH = "\u2002"
_BOTH = frozenset(Role)
_VILLAGE, _OFFICE = frozenset({Role.VILLAGE}), frozenset({Role.OFFICE})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of `resources/guide`, for which desks, and the pages and forms it tells of."""

    name: str
    title: str
    about: tuple[str, ...] = ()
    roles: frozenset[Role] = _BOTH


CHAPTERS = (
    Chapter("first", "第一次使用", ("home",)),
    Chapter("register", "登记纠纷", ("disputes", "register", "edit")),
    Chapter("quick", "口头调解快登", ("quick",)),
    Chapter("session", "记调解、调查、回访", ("session", "inquiry", "visit")),
    Chapter("agreement", "达成协议和履行", ("agree", "agreement", "perform")),
    Chapter("ending", "终止、归档和作废", ("terminate", "transfer", "archive", "void")),
    Chapter("papers", "打印文书和卷宗"),
    Chapter("find", "找一件纠纷"),
    Chapter("works", "排查、普法和法律援助", ("works",)),
    Chapter("warnings", "预警和上报", ("warning", "report", "disposal", "instruction", "risk")),
    Chapter("statistics", "看统计", ("statistics",)),
    Chapter("sending", "每月报送", ("sending",), _VILLAGE),
    Chapter("receiving", "接收各村的文件", ("sending",), _OFFICE),
    Chapter("organisation", "组织和人员", ("organisation",)),
    Chapter("deadlines", "期限和工作日", ("extend",)),
    Chapter("allowance", "以案定补"),
    Chapter("files", "卷宗体检和档案"),
    Chapter("settings", "设置、字号和颜色", ("settings",)),
    Chapter("backup", "备份和密码"),
    Chapter("practice", "先练习一下"),
    Chapter("keyboard", "只用键盘"),
)


def text_of(chapter: Chapter) -> str:
    """The words of a chapter, in Markdown."""
    return (resources() / "guide" / f"{chapter.name}.md").read_text(encoding="utf-8")


def _lay_out(document: QTextDocument) -> None:
    """Give headings the window's sizes and every step some air; Qt's own are for long reading."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor.setPosition(block.position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        if level:
            larger = QTextCharFormat()
            larger.setFont(theme.font(_HEADINGS.get(level, 11), bold=True))
            cursor.setCharFormat(larger)
        air = QTextBlockFormat()
        air.setTopMargin(theme.high(_AIR * 2) if level > 1 else 0)
        air.setBottomMargin(theme.wide(_AIR) + 2)
        if block.textList() is not None:
            cursor.setPosition(block.position())
            cursor.insertText(_BREADTH)
            air.setTextIndent(-QFontMetrics(theme.font()).horizontalAdvance(_BREADTH))
        cursor.mergeBlockFormat(air)
        block = block.next()


class GuidePage(QWidget):
    """Short steps for each job; nothing in it leads out of the program."""

    guide_left = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        role = Role.OFFICE if workplace.office else Role.VILLAGE
        self.chapters = [chapter for chapter in CHAPTERS if role in chapter.roles]
        self.list = QListWidget()
        for chapter in self.chapters:
            entry = QListWidgetItem(tr(chapter.title), self.list)
            # Else Qt may take their heights before the style sheet was seen, and they overlap.
            entry.setSizeHint(QSize(0, theme.high(_ENTRY)))
        self.list.setFixedWidth(theme.wide(_LIST))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(18)
        # Qt sets points of a list off by as much as two characters.
        self.text.document().setIndentWidth(theme.wide(24))
        self.back = button(tr("返回 (&B)"), self.guide_left.emit, "primary", keys="Esc")
        listed = column(self.list, gap=0)
        card = framed(listed, margins=0)
        listed.setContentsMargins(4, 6, 4, 6)
        shown = column(self.text, gap=0)
        paper = framed(shown, margins=0)
        shown.setContentsMargins(1, 1, 1, 1)
        sub = tr("按上下键换一章，按 Esc 返回刚才的页面。")
        body = row(card, paper, gap=14)
        body.setStretch(1, 1)
        page = column(row(words(tr("使用说明"), "title"), 4, Elided(sub, "sub"), self.back))
        page.addLayout(body, 1)
        page.setSpacing(12)
        page.setContentsMargins(EDGE, 14, EDGE, 14)
        self.setLayout(page)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def refresh(self) -> None:
        """The guide does not depend on the register."""

    def _show(self, number: int) -> None:
        if number >= 0:
            self.text.setMarkdown(text_of(self.chapters[number]))
            _lay_out(self.text.document())

    def open_at(self, page: str, form: str = "") -> None:
        """Show the chapter about `form`, or else about `page`."""
        for wanted in (form, page):
            for number, chapter in enumerate(self.chapters):
                # A form's name may go on with the record or the rule that it is about.
                if wanted and wanted.partition(":")[0] in chapter.about:
                    self.list.setCurrentRow(number)
                    return
