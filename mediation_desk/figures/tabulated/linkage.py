"""What came in by each linkage channel, and how it was answered (domain.md §5.1)."""

from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined import (
    ANSWERED,
    ANSWERED_IN_TIME,
    ANSWERED_RATE,
    IN_TIME_RATE,
    LINKED,
    LINKED_OPEN,
    LINKED_SETTLED,
    LINKED_SETTLED_RATE,
    UNANSWERED_YET,
)
from mediation_desk.figures.frame import TOTAL, Frame
from mediation_desk.figures.links import CHANNELS, due_words, link_codes
from mediation_desk.figures.table import Level, StatTable, TableRow
from mediation_desk.figures.tabulated.laying import NO_WHOLE, Layout, Plan, Sum, column, percent
from mediation_desk.words import tr

_NOTES = (
    tr("按案件登记的转入函件统计；案件来源是某部门、但没有登记转入函件的，不计入本表。"),
    tr("同一案件由几个渠道转来的，在各渠道各计一件，合计只计一件。"),
    NO_WHOLE,
)


def _lay_out(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    units = tuple(unit.id for unit in frame.units)
    rows = (
        *(
            TableRow(channel.value, tr(channel.label), Level.LINE, units,
                     (("link", link_codes((channel,))),))
            for channel in CHANNELS
        ),
        TableRow(TOTAL, tr("合计"), Level.TOTAL, units),
    )  # fmt: skip
    columns = (
        column(LINKED),
        column(LINKED_SETTLED),
        column(LINKED_OPEN),
        percent(LINKED_SETTLED_RATE),
        column(ANSWERED),
        column(ANSWERED_IN_TIME),
        column(UNANSWERED_YET),
        percent(ANSWERED_RATE),
        percent(IN_TIME_RATE),
    )
    plan = Plan(LINKAGE, (tr("衔接渠道"),), columns, rows)
    notes = (due_words(frame.answer), *_NOTES)
    table = plan.counted((counts.links,), calibre, frame, notes)
    words = tr("接收＝已答复与未答复之和（各渠道）")
    added = Sum("C5", words, LINKED.id, (ANSWERED.id, UNANSWERED_YET.id))
    return table.with_checks((plan.check(added, table.values[:-1]),))


LINKAGE = Layout(
    "linkage",
    tr("衔接联动（诉调、警调、访调、检调、复调）统计表"),
    (
        *(LINKED, LINKED_SETTLED, LINKED_OPEN, LINKED_SETTLED_RATE),
        *(ANSWERED, ANSWERED_IN_TIME, UNANSWERED_YET, ANSWERED_RATE, IN_TIME_RATE),
    ),
    frozenset({Question.LINKS}),
    _lay_out,
)
