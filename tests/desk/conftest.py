"""A village with some months of work, and what it sends."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY, a_case, an_open_case, moved

from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import send
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.periods import month_of
from mediation_desk.store.register import Register

WHO = "陶素芬"


@pytest.fixture
def record(village: Register) -> Callable[..., CaseFile]:
    """Registers a case taken in on a day; `settled` or still open."""

    def keep(intake: date, *, settled: bool = True) -> CaseFile:
        case = moved(a_case() if settled else an_open_case(), intake)
        return keep_case(village, None, case, WHO, "登记", TODAY + timedelta(days=60))

    return keep


@pytest.fixture
def sent(village: Register, tmp_path: Path) -> Callable[..., Path]:
    """Sends the month of a day and answers the workbook."""

    def write(day: date, name: str = "", **options: Any) -> Path:
        target = tmp_path / (name or f"{day:%Y-%m}.xlsx")
        return send(village, month_of(day), target, WHO, TODAY, **options).path

    return write
