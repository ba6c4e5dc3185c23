"""What others would write: all sheets joined by pandas; `child_pandas.py FOLDER COUNT`."""

import sys
import time
from pathlib import Path

from bench_answering import answer

_SHEETS = ["案件台账", "调解记录", "衔接移送", "排查与普法", "汇总表", "封面"]

begun = time.perf_counter()
import pandas  # noqa: E402

joined = {}
found = {}
for path in sorted(Path(sys.argv[1]).glob("*.xlsx"))[: int(sys.argv[2])]:
    for name, sheet in pandas.read_excel(path, sheet_name=_SHEETS, header=None).items():
        found.setdefault(name, []).append(sheet)
for name, sheets in found.items():
    joined[name] = pandas.concat(sheets)
answer(time.perf_counter() - begun)
