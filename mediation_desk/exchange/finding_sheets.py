"""Which sheet of a received workbook is which of ours, though it be renamed or moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.columns import COVER, EXACT, ORDINALS, SHEETS, SUMMARY
from mediation_desk.exchange.finding_heads import best_row
from mediation_desk.exchange.visible import Rows, warn
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets by our titles, each with what it is called now; `ignored` counts others' rows."""

    of: Mapping[str, tuple[str, Rows]]
    problems: tuple[Problem, ...]
    ignored: int

    def rows(self, title: str) -> Rows | None:
        """The rows of the sheet that we call `title`."""
        return self.of[title][1] if title in self.of else None


def found_sheets(sheets: Mapping[str, Rows], *, personal: bool) -> Sheets:
    """Find our visible sheets in a workbook; renamed ones by their heads, others are told."""
    titles = [COVER, SUMMARY, *(sheet.title for sheet in SHEETS)]
    plain = {bare(title): title for title in titles}
    of = {plain[bare(title)]: (title, rows) for title, rows in sheets.items()
          if bare(title) in plain}  # fmt: skip
    left = {
        title: rows
        for title, rows in sheets.items()
        if title != EXACT and bare(title) not in plain and any(rows)
    }
    problems = []
    for title in titles:
        if title in of:
            continue
        score, called = max(((_score(title, rows, personal=personal), name)
                             for name, rows in left.items()), default=(0, ""))  # fmt: skip
        if score:
            of[title] = (called, left.pop(called))
            words = tr("“{title}”表改名为“{called}”，仍按“{title}”读。")
            problems.append(warn("W4", called, words.format(title=title, called=called)))
    ignored = 0
    for title, rows in left.items():
        count = sum(1 for row in rows if row)
        ignored += count
        words = tr("多出的工作表“{title}”有{count}行，没有读。").format(title=title, count=count)
        mend = tr("其中有要登记的，请让对方在调解台中登记，或单独作为台账发送。")
        problems.append(warn("W4", title, words, mend))
    return Sheets(of, tuple(problems), ignored)


def _score(title: str, rows: Rows, *, personal: bool) -> int:
    """How surely a sheet of another name is the one we call `title`; 0 for not."""
    if title == SUMMARY:
        return sum(1 for row in rows if row and row[0] == ORDINALS)
    for sheet in SHEETS:
        if sheet.title == title:
            heads = [column.head for column in sheet.shown(personal=personal)]
            _, score = best_row(heads, rows)
            return score if score * 2 > len(heads) else 0
    return 0
