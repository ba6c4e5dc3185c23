"""Workbooks in and out; the only place that knows openpyxl and calamine."""

import os

# openpyxl takes lxml where it finds it, as Word papers brought it; without it is faster to load,
# and hostile XML is read by defusedxml alone.
os.environ.setdefault("OPENPYXL_LXML", "False")
