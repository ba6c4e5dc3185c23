"""The columns of the list of disputes."""

from collections.abc import Callable

from mediation_desk.domain.derived import row_state
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.numbering import VOID_MARK
from mediation_desk.ui.rows import Column
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# How wide the file and row are from which a case came.
SOURCE_WIDE = 300


def _sides(line: DisputeRow) -> str:
    return " — ".join(part for part in (line.applicants, line.respondents) if part)


def _number(line: DisputeRow) -> str:
    """The number; a void one has no room for its mark, and its state says so beside it."""
    void = line.dispute.void_reason and not line.same_as
    return line.number.removesuffix(VOID_MARK) if void else line.number


def _whole_number(line: DisputeRow) -> str:
    return line.number


def _day(line: DisputeRow) -> str:
    """Month and day; the year stands in the number and in the tip."""
    day = line.dispute.intake_on
    return f"{day:%m-%d}" if day else ""


def _whole_day(line: DisputeRow) -> str:
    return str(line.dispute.intake_on or "")


def columns(workplace: Workplace, source: Callable[[DisputeRow], str]) -> list[Column[DisputeRow]]:
    """The columns in their order; `source` tells from where a case came."""
    day = today()
    limits = workplace.register.limits

    # A cell is asked for its words and then for its tone.
    last: list[tuple[DisputeRow, tuple[str, str]]] = []

    def state(line: DisputeRow) -> tuple[str, str]:
        if last and last[0][0] is line:
            return last[0][1]
        said = tr("同一纠纷 不计"), Tone.NEUTRAL.value
        if not line.same_as:
            said = row_state(line.dispute, line.form, day, limits, line.entrusted)
        last[:] = [(line, said)]
        return said

    def twin(line: DisputeRow) -> str:
        words = tr("与{number}为同一纠纷，按那一件统计")
        return words.format(number=line.same_as) if line.same_as else state(line)[0]

    return [
        Column(tr("编号"), _number, tip=_whole_number, width=208 if workplace.office else 190),
        Column(tr("当事人"), _sides, stretch=True),
        Column(tr("类型"), lambda line: line.type_label.removesuffix("纠纷"), width=104),
        Column(tr("受理"), _day, tip=_whole_day, width=68),
        Column(
            tr("进展"),
            lambda line: state(line)[0],
            lambda line: Tone(state(line)[1]),
            tip=twin,
            width=120,
        ),
        Column(tr("单位"), lambda line: line.unit_name, width=120),
        Column(tr("来自"), source, width=SOURCE_WIDE),
    ]
