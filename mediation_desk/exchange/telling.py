"""What is told of a sheet that somebody touched: each difference with its cell and what follows."""

from collections.abc import Sequence

from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.edits import Changed, Edit, cell_text
from mediation_desk.exchange.finding_heads import Heads
from mediation_desk.exchange.visible import Compared, taken_as_recorded, warn
from mediation_desk.words import tr

MOST_EDITS = 5_000  # of one sheet; more is no correcting by hand
_MOST_FINDINGS = 200  # of one sheet; the rest is told as a number
_SHOWN = 60


def becomes_proposal() -> str:
    """What a hand edit is answered with."""
    return tr("已列为待处理的改动，由您决定是否采用。")


def short(cell: Cell) -> str:
    """A cell as it is shown in a sentence."""
    text = cell_text(cell)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


class Telling:
    """Puts findings about the sheet called `title` in the file into what was found of it."""

    def __init__(self, title: str, found: Compared) -> None:
        self._title = title
        self._found = found
        self._untold = 0

    @property
    def said(self) -> tuple[int, int]:
        """How much was found so far; another value once more was."""
        return len(self._found.edits), len(self._found.problems) + self._untold

    def tell(self, rule: str, at: str, message: str, mend: str = "", about: str = "") -> None:
        """One finding."""
        if len(self._found.problems) < _MOST_FINDINGS:
            self._found.problems.append(warn(rule, at, message, mend, about))
        else:
            self._untold += 1

    def no_heads(self, rows: int) -> None:
        """That nothing of a sheet could be read."""
        words = tr("“{sheet}”表中找不到原来的表头，{count}行没有读。")
        message = words.format(sheet=self._title, count=rows)
        self.tell("W4", self._title, message, taken_as_recorded())

    def heading(self, called: Cell) -> None:
        """Another heading over the table."""
        words = tr("“{sheet}”表的标题改成了“{title}”。")
        message = words.format(sheet=self._title, title=short(called))
        self.tell("W4", place(self._title, 1, 1), message)

    def heads(self, heads: Heads) -> None:
        """What became of the columns."""
        if not heads.row:
            words = tr("“{sheet}”表没有表头，按原来的列序读。").format(sheet=self._title)
            self.tell("W4", self._title, words)
        for head, called in heads.renamed.items():
            words = tr("表头“{head}”改成了“{called}”，仍按“{head}”读。")
            at = place(self._title, heads.row, heads.column_of[head])
            self.tell("W4", at, words.format(head=head, called=short(called)))
        for column, head in heads.extra.items():
            words = tr("多出的列“{head}”。").format(head=short(head))
            mend = tr("有内容的格子作为备注列为待处理。")
            self.tell("W4", place(self._title, heads.row, column), words, mend)
        for head in heads.missing:
            words = tr("缺少列“{head}”。").format(head=head)
            self.tell("W4", place(self._title, heads.row, 1), words, taken_as_recorded())

    def edit(self, edit: Edit, head: str) -> None:
        """A cell that somebody changed."""
        message = _differs(head, edit.new_shown, edit.old_shown)
        why = tr("（{why}）").format(why=edit.why) if edit.why else ""
        self.tell("W1", edit.place, message + why, becomes_proposal(), head)

    def derived(self, head: str, changed: Changed) -> None:
        """A change of what nobody can change in the sheet."""
        mend = tr("这一格由程序计算，或者没有对应的项目，不作改动。")
        message = _differs(head, changed.cell, changed.expected)
        self.tell("W1", changed.place, message, mend, head)

    def no_value(self, head: str, at: str, mend: str = "") -> None:
        """A formula without a value, or with an error for one."""
        words = tr("“{head}”一格是公式，没有算出的值。").format(head=head)
        self.tell("W1", at, words, mend or taken_as_recorded(), head)

    def no_place(self, note: str, at: str) -> None:
        """A word beside a row that no record has room for."""
        words = tr("“{note}”没有对应的项目。").format(note=short(note))
        self.tell("W1", at, words, tr("没有接收，请按需要手工登记。"))

    def row(self, edit: Edit) -> None:
        """A row that somebody added."""
        words = tr("“{row}”这一行在程序内记录中没有。").format(row=short(edit.new_shown))
        self.tell("W2", edit.place, words, becomes_proposal())

    def ignored(self, number: int, why: str, row: Sequence[Cell]) -> None:
        """A row that was not read, and why."""
        content = " ".join(short(cell) for cell in row if cell != "")
        words = tr("“{row}”这一行没有读：{why}。").format(row=short(content), why=why)
        self.tell("W2", place(self._title, number, 1), words)

    def lost(self, name: Sequence[Cell]) -> None:
        """A row that is gone; absent is not deleted."""
        row = " ".join(short(cell) for cell in name if cell != "") or tr("没有编号")
        words = tr("“{sheet}”表中少了“{row}”这一行，记录照样接收。")
        message = words.format(sheet=self._title, row=row)
        self.tell("W3", self._title, message, tr("要作废，请让对方在调解台中作废。"))

    def end(self) -> None:
        """What was too much to be told, or to be an edit."""
        edits, problems = self._found.edits, self._found.problems
        if self._untold:
            words = tr("“{sheet}”表中还有{count}处改动没有列出。")
            message = words.format(sheet=self._title, count=self._untold)
            problems.append(warn("W1", self._title, message, becomes_proposal()))
        if len(edits) > MOST_EDITS:
            words = tr("“{sheet}”表中有{count}处改动，多于{most}处，没有列为待处理。")
            message = words.format(sheet=self._title, count=len(edits), most=MOST_EDITS)
            mend = tr("请让对方在调解台中改正后重新导出。")
            problems.append(warn("W1", self._title, message, mend))
            edits.clear()


def _differs(head: str, shown: Cell, kept: Cell) -> str:
    return tr("“{head}”在表中是“{shown}”，程序内记录是“{kept}”。").format(
        head=head, shown=short(shown), kept=short(kept)
    )
