"""Receives many workbooks: `python child_desk_town.py REGISTER FOLDER COUNT`."""

import sys
import time
from pathlib import Path

from bench_answering import answer
from bench_opening import TODAY, opened

from mediation_desk.desk import receiving

folder, count = Path(sys.argv[2]), int(sys.argv[3])
paths = sorted(folder.glob("*.xlsx"))[:count]
with opened(Path(sys.argv[1])) as office:
    marks = [time.perf_counter()]

    def done(_received: receiving.Received) -> None:
        marks.append(time.perf_counter())

    results = receiving.receive_all(office, paths, "罗晓", TODAY, done=done)
    for result in results:
        if not result.act:
            raise RuntimeError(result.words)
    tenth = max(count // 10, 1)
    # The first file pays for loading what reads, and for the backup.
    first = (marks[1 + tenth] - marks[1]) / tenth if count > tenth else marks[1] - marks[0]
    last = (marks[-1] - marks[-1 - tenth]) / tenth
    answer(marks[-1] - marks[0], (first, last))
