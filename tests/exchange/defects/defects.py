"""The numbered defects that a received file can have."""

from defects_cells import CELLS
from defects_container import CONTAINER
from defects_days import DAYS
from defects_table import TABLE

DEFECTS = (*CONTAINER, *TABLE, *CELLS, *DAYS)
