"""Two years by the clock: each thing is due once, on its day, and is gone when it is done.

What must be due is counted anew beside the program, with a table of holidays of its own.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from deadline_days import ONE, ended, moved
from deadline_life import WHO, Deed, Item, Life, drawn

from mediation_desk.desk.agenda import AHEAD_DAYS, agenda
from mediation_desk.desk.local_practice import keep_settings
from mediation_desk.desk.sending import send
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.domain.allowance import AllowanceGrade, Claim, ClaimState
from mediation_desk.domain.codes import LegalAidState, UnitKind
from mediation_desk.domain.finding import Find
from mediation_desk.domain.periods import Period, month, month_before, month_of, quarter
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.record import new_id
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.support import LegalAid
from mediation_desk.store import changing
from mediation_desk.store.register import Register

_OVERDUE_IN_LIST = {"mediation", "promise", "answer"}
USUAL = Settings()
WORKING = replace(
    USUAL, mediation_days=20, mediation_working=True, visit_days=10, visit_working=True,
    answer_days=5, answer_working=True, legal_aid_days=5, legal_aid_working=True, archive_days=15,
    archive_working=True, rest_day="after", court_rest_day=True, report_due_day=4,
)  # fmt: skip
EARLIER = replace(USUAL, rest_day="before", intake_days=5, intake_working=False, report_due_day=7)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Sets the clock by which acts are written."""

    def put(day: date) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, _tz: object = None) -> datetime:  # type: ignore[override]
                return datetime(day.year, day.month, day.day, 9)  # noqa: DTZ001 - made aware later

        monkeypatch.setattr(changing, "datetime", Clock)

    return put


@dataclass
class Aid:
    """An application for legal aid; `told` is the day the body itself named."""

    applied: date
    told: date | None
    answered: date
    id: str = field(default_factory=new_id)

    def due(self, today: date, settings: Settings) -> Iterator[Item]:
        if self.applied <= today < self.answered:
            counted = ended(self.applied, settings.legal_aid_days,
                            working=settings.legal_aid_working, rest=settings.rest_day)  # fmt: skip
            rule = "Q15" if self.told in {None, counted} else "Q14"
            yield "legal_aid", self.id, self.told or counted, rule

    def deeds(self) -> Iterator[tuple[date, Deed]]:
        yield self.applied, self._apply
        yield self.answered, self._answer

    def _apply(self, register: Register, today: date) -> None:
        with register.change(WHO, "法律援助") as change:
            change.keep(
                LegalAid(id=self.id, unit_id=register.unit.id, applicant="仇素英",
                         matter="追索工资", helped_on=today, applied_on=today,
                         state=LegalAidState.APPLIED, answer_due_on=self.told)
            )  # fmt: skip

    def _answer(self, register: Register, today: date) -> None:
        aid = register.get("legal_aid", self.id)
        with register.change(WHO, "法律援助") as change:
            done = {"answered_on": today, "state": LegalAidState.APPROVED}
            change.keep(replace(aid, **done))  # type: ignore[type-var]


def _quarter_of(day: date) -> Period:
    return quarter(day.year, (day.month + 2) // 3)


class Desk:
    """What stands beside the cases: rounds of screening and the month's reports."""

    def __init__(self, dice: random.Random, first: date, last: date) -> None:
        self.first = first
        self.screened = [first]
        while self.screened[-1] < last:
            self.screened.append(self.screened[-1] + timedelta(days=dice.randint(3, 12)))
        self.sent: dict[date, date] = {}
        self.claimed: dict[Period, date] = {}
        start = month_before(month_of(first)).first
        while start <= last:
            whole = month(start.year, start.month)
            self.sent[start] = whole.last + timedelta(days=dice.randint(1, 12))
            start = whole.last + ONE

    def claims(self, lives: list[Life]) -> Iterator[tuple[date, Deed]]:
        """Last quarter's claim, made in time or late where cases were closed."""
        for number in range(4 * self.first.year, 4 * self.first.year + 12):
            whole = quarter(number // 4, number % 4 + 1)
            if any(life.closed in whole for life in lives):
                self.claimed[whole] = day = whole.last + timedelta(days=5 + number * 7 % 23)
                yield day, partial(_claim, whole)

    def _claim_due(self, today: date, settings: Settings) -> Iterator[Item]:
        for whole, claimed in self.claimed.items():
            following = _quarter_of(whole.last + ONE)
            if today in following and today < claimed:
                by_rule = following.first.replace(day=settings.allowance_due_day)
                yield "claim", "", moved(whole.last, by_rule, settings.rest_day), "Q19"

    def due(self, today: date, settings: Settings) -> Iterator[Item]:
        yield from self._claim_due(today, settings)
        last = max(day for day in self.screened if day <= today)
        coming = last + timedelta(days=settings.screening_days)
        if coming - today <= timedelta(days=3):
            yield "screening", "", coming, "Q16"
        before = month_before(month_of(today))
        if today < self.sent[before.first] and before.last >= self.first:
            by_rule = before.last + timedelta(days=settings.report_due_day)
            yield "report", "", moved(before.last, by_rule, settings.rest_day), "Q17"

    def deeds(self, folder: Path) -> Iterator[tuple[date, Deed]]:
        for day in self.screened:
            yield day, self._screen
        for start, day in self.sent.items():
            if start >= self.first.replace(day=1):
                yield day, self._send(start, folder)

    @staticmethod
    def _screen(register: Register, today: date) -> None:
        with register.change(WHO, "排查") as change:
            change.keep(Screening(id=new_id(), unit_id=register.unit.id, screened_on=today))

    @staticmethod
    def _send(start: date, folder: Path) -> Deed:
        def deed(register: Register, today: date) -> None:
            path = folder / f"{start}.xlsx"
            send(register, month(start.year, start.month), path, WHO, today)

        return deed


def _claim(whole: Period, register: Register, today: date) -> None:
    with register.change(WHO, "申报") as change:
        change.keep(
            Claim(
                id=new_id(), unit_id=register.unit.id, year=whole.first.year,
                quarter=whole.last.month // 3, made_on=today, claimed_on=today,
                state=ClaimState.CLAIMED,
            )
        )  # fmt: skip


def _shown(register: Register, today: date) -> Counter[Item]:
    dues = agenda(register, today).dues
    assert all(due.why for due in dues)
    return Counter(
        (due.kind.value, due.dispute_id or due.record_id, due.day, due.rule.value) for due in dues
    )


def _lived(
    register: Register, folder: Path, seed: int, span: tuple[date, date], cases: int,
    clock: Callable[[date], None],
) -> Counter[str]:  # fmt: skip
    """Live every day of `span`; what was due, by kind and rule."""
    dice, (first, last), settings = random.Random(seed), span, register.settings
    days = (last - first).days
    starts = sorted(first + timedelta(days=dice.randrange(1, days - 10)) for _ in range(cases))
    lives = [drawn(dice, number, start) for number, start in enumerate(starts)]
    aids = []
    for _ in range(max(cases // 6, 2)):
        applied = first + timedelta(days=dice.randrange(1, days - 5))
        told = applied + timedelta(days=dice.randint(2, 20)) if dice.random() < 0.5 else None
        aids.append(Aid(applied, told, applied + timedelta(days=dice.randint(1, 25))))
    desk = Desk(dice, first, last)
    deeds: dict[date, list[Deed]] = {}
    for part in (*lives, *aids):
        for day, deed in part.deeds():
            deeds.setdefault(day, []).append(deed)
    for day, deed in (*desk.deeds(folder), *desk.claims(lives)):
        deeds.setdefault(day, []).append(deed)
    told: Counter[str] = Counter()
    day = first
    while day <= last:
        clock(day)
        for deed in deeds.get(day, ()):
            deed(register, day)
        every = [item for part in (*lives, *aids, desk) for item in part.due(day, settings)]
        shown = [item for item in every if item[2] is None or (item[2] - day).days <= AHEAD_DAYS]
        assert _shown(register, day) == Counter(shown), (seed, day)
        told.update(f"{kind} {rule}" for kind, _, due, rule in shown if due in {None, day})
        if day.weekday() == 0:
            _same_in_the_list(register, day, every)
        day += ONE
    return told


def _same_in_the_list(register: Register, day: date, every: list[Item]) -> None:
    """The list narrowed to what is overdue agrees with the agenda."""
    late = {
        dispute_id
        for kind, dispute_id, due, _ in every
        if kind in _OVERDUE_IN_LIST and due is not None and due < day
    }
    rows = register.page(Find(overdue_on=day), size=500).rows
    assert {row.dispute.id for row in rows} == late, day


def _open(folder: Path, settings: Settings, day: date, clock: Callable[[date], None]) -> Register:
    clock(day)
    founding = found_village("丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", WHO)
    register = create(folder, founding, "梨花-2026")
    keep_settings(register, settings, WHO)
    with register.change(WHO, "补贴标准") as change:
        change.keep(AllowanceGrade(id=new_id(), name="一般", amount_fen=10_000))
    return register


# Rounds at full counts, and the slice over the holidays that move most.
_YEARS = date(2025, 1, 1), date(2026, 12, 31)
_SPRING = date(2026, 1, 26), date(2026, 3, 8)
_RULES = {f"Q{number}" for number in range(1, 20)} - {"Q18"}


@pytest.mark.parametrize("settings", [USUAL, WORKING, EARLIER], ids=["usual", "working", "earlier"])
def test_each_thing_is_due_once_on_its_day_and_gone_when_done(
    settings: Settings,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
    clock: Callable[[date], None],
) -> None:
    full = rounds(1, 0) == 1
    span, cases = (_YEARS, 60) if full else (_SPRING, 9)
    every: Counter[str] = Counter()
    seeds = range(2 if full else 1)
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        with _open(folder / "r", settings, span[0], clock) as register:
            every += _lived(register, folder, seed, span, cases, clock)
        shutil.rmtree(folder)
    due = ", ".join(f"{count} {what}" for what, count in sorted(every.items()))
    told(f"deadlines: {span[0]} to {span[1]} {len(seeds)} times, {cases} cases each, "
         f"every day compared; came due: {due}")  # fmt: skip
    seen = {what.split()[1] for what in every}
    assert seen == _RULES if full else len(seen) > len(_RULES) // 4
