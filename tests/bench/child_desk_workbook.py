"""Sends or receives one month's workbook: `python child_desk_workbook.py JOB REGISTER WORKBOOK`."""

import sys
import time
from pathlib import Path

from bench_answering import answer
from bench_opening import OCTOBER, TODAY, opened

from mediation_desk.desk import receiving, sending
from mediation_desk.store.register import Register


def send(register: Register, workbook: Path) -> None:
    """The village writes its month."""
    sending.send(register, OCTOBER, workbook, "陶素芬", TODAY)


def receive(register: Register, workbook: Path) -> None:
    """The office looks at a workbook and receives it, with the backup that comes before."""
    looked = receiving.look(register, workbook, TODAY)
    received = receiving.receive(register, looked, "罗晓")
    if not received.act:
        raise RuntimeError(received.words)


job = {"send": send, "receive": receive}[sys.argv[1]]
with opened(Path(sys.argv[2])) as own:
    begun = time.perf_counter()
    job(own, Path(sys.argv[3]))
    answer(time.perf_counter() - begun)
