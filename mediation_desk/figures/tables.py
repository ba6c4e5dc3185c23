"""The statistical tables by their ids, and how one is made of the counts of a calibre."""

from mediation_desk.domain.problems import DeskError
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.frame import Frame
from mediation_desk.figures.table import StatTable
from mediation_desk.figures.tabulated.by_mediator import BY_MEDIATOR
from mediation_desk.figures.tabulated.by_type import BY_SOURCE, BY_TYPE
from mediation_desk.figures.tabulated.handling import HANDLING
from mediation_desk.figures.tabulated.laying import Layout
from mediation_desk.figures.tabulated.linkage import LINKAGE
from mediation_desk.figures.tabulated.matrix import MATRIX
from mediation_desk.figures.tabulated.official import OFFICIAL
from mediation_desk.figures.tabulated.organisation import ORGANISATION
from mediation_desk.figures.tabulated.trend import CHANGE, TREND, UNIT_MONTHS
from mediation_desk.figures.tabulated.works import WORKS
from mediation_desk.words import tr

TABLES: dict[str, Layout] = {
    layout.id: layout
    for layout in (
        OFFICIAL,
        BY_TYPE,
        MATRIX,
        TREND,
        CHANGE,
        UNIT_MONTHS,
        BY_SOURCE,
        LINKAGE,
        HANDLING,
        BY_MEDIATOR,
        WORKS,
        ORGANISATION,
    )
}


def layout_of(table_id: str) -> Layout:
    """The kind of table with this id; raises `DeskError` naming the ids there are."""
    if table_id not in TABLES:
        words = tr("没有叫“{id}”的统计表。可用的有：{ids}。")
        raise DeskError(words.format(id=table_id, ids=tr("、").join(TABLES)))
    return TABLES[table_id]


def make(table_id: str, counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    """The table `table_id` of one calibre, over counts that answer its questions.

    Raises `DeskError` for an unknown id, and `ValueError` when `counts` hold a unit that is not in
    `frame`, because the totals would silently lack it.
    """
    layout = layout_of(table_id)
    counts = counts.asked(layout.questions)
    if strangers := counts.unit_ids() - {unit.id for unit in frame.units}:
        raise ValueError(f"counts of units without a line: {sorted(strangers)}")
    return layout.lay_out(counts, calibre, frame)
