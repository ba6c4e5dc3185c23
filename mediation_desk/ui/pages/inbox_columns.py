"""The columns of the lists beside the in-box."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from mediation_desk.desk.coverage import CoverageRow
from mediation_desk.desk.taking_back import Batch
from mediation_desk.domain.periods import Period, month_before, month_of
from mediation_desk.domain.problems import Problem
from mediation_desk.ui.days import local_time
from mediation_desk.ui.pages.place_words import place_words
from mediation_desk.ui.rows import Column, Fold
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

_MONTHS = 5
MONTH_WIDTH = 82


def months(day: date) -> list[Period]:
    """The months whose reports are looked after, the one of `day` last."""
    found = [month_of(day)]
    while len(found) < _MONTHS:
        found.insert(0, month_before(found[0]))
    return found


def coverage_columns(months: Sequence[Period]) -> list[Column[CoverageRow]]:
    """Who has reported which month."""

    def words_of(number: int, covered: CoverageRow) -> str:
        said: str = covered.cells[number].words
        return said

    def tone_of(number: int, covered: CoverageRow) -> Tone:
        return Tone(covered.cells[number].tone)

    def note_of(number: int, covered: CoverageRow) -> str:
        cell = covered.cells[number]
        leads = tr("双击看这个月的统计")
        return "\n".join(part for part in (cell.words, cell.note, leads) if part)

    def missing_of(covered: CoverageRow) -> str:
        return "\n".join((covered.unit.name, *covered.missing))

    return [
        Column(tr("单位"), lambda covered: covered.unit.name, stretch=True, tip=missing_of),
        *(
            Column(
                tr("{month}月").format(month=month.first.month),
                partial(words_of, number),
                partial(tone_of, number),
                width=MONTH_WIDTH,
                tip=partial(note_of, number),
            )
            for number, month in enumerate(months)
        ),
    ]


def finding_columns() -> list[Column[Problem]]:
    """What was found in a file, and where."""
    return [
        Column(tr("位置"), lambda problem: place_words(problem.place), width=150),
        Column(tr("问题"), lambda problem: problem.message + problem.mend, stretch=True),
    ]


def batch_columns() -> list[Column[Batch]]:
    """What was received when."""

    def state(batch: Batch) -> str:
        return tr("已撤销") if batch.undone else tr("已接收")

    def tone(batch: Batch) -> Tone:
        return Tone.NEUTRAL if batch.undone else Tone.GREEN

    return [
        Column(tr("时间"), lambda batch: local_time(batch.at), width=156, folds=Fold.ABOVE),
        Column(tr("内容"), lambda batch: batch.words, stretch=True),
        Column(tr("状态"), state, tone, width=92),
    ]
