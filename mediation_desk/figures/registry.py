"""All figures by their ids: whoever shows a number finds its definition here."""

from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.defined import CASE_FIGURES
from mediation_desk.figures.defined_works import WORK_FIGURES
from mediation_desk.figures.figure import Figure

ALL = (*(column.figure for column in COLUMNS), *CASE_FIGURES, *WORK_FIGURES)

FIGURES: dict[str, Figure] = {figure.id: figure for figure in ALL}
