"""Drawing files to look through, noting what is in order, and how far the looking has come."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import cast

from mediation_desk.desk.inspecting import units_here
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.returning import Return
from mediation_desk.domain.sampling import Sampling, drawn, parse_size
from mediation_desk.store.register import Register
from mediation_desk.words import tr


class Looked(Enum):
    """How far a drawn file has come, in a word and a tone."""

    WAITING = "待看", "blue"
    PASSED = "没有问题", "green"
    RETURNED = "已退回", "amber"
    MENDED = "已改正", "green"

    @property
    def label(self) -> str:
        """The word for it."""
        return tr(self.value[0])

    @property
    def tone(self) -> str:
        """The tone it is shown in."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Progress:
    """A sampling and how far each of its files has come, in the order in which they were drawn."""

    sampling: Sampling
    states: tuple[tuple[str, Looked], ...]

    @property
    def words(self) -> str:
        """How, from what and how far, in one line."""
        sampling = self.sampling
        told = tr("{period}结案{among}件中抽{count}件（每个单位{size}，抽取号{seed}）")
        period = Period(sampling.period_from, sampling.period_to).label()
        per_unit = sampling.size if "%" in sampling.size else tr("{n}件").format(n=sampling.size)
        return told.format(
            period=period,
            among=sampling.among,
            count=len(sampling.dispute_ids),
            size=per_unit,
            seed=sampling.seed,
        )

    @property
    def waiting(self) -> int:
        """The files that nobody has said anything about."""
        return sum(state is Looked.WAITING for _, state in self.states)


def closed_by_unit(
    register: Register, period: Period, unit_ids: Collection[str] = ()
) -> dict[str, list[str]]:
    """The disputes closed in a period by unit, as they can be drawn from."""
    return {
        unit.id: register.closed_ids(unit.id, period)
        for unit in units_here(register)
        if not unit_ids or unit.id in unit_ids
    }


def next_seed(register: Register, today: date) -> str:
    """A seed that no drawing had yet: the day and which drawing of the day it is."""
    used = {entry.seed for entry in samplings(register)}
    count = 1
    while (seed := f"{today:%Y%m%d}-{count}") in used:
        count += 1
    return seed


def draw(
    register: Register,
    period: Period,
    size: str,
    actor: str,
    today: date,
    unit_ids: Collection[str] = (),
    seed: str = "",
) -> Sampling:
    """Draw so many files of each unit and note it, so that it can be shown how they were drawn.

    Raises `DeskError` for a size that cannot be read, or where nothing was closed.
    """
    wanted, seed = parse_size(size), seed.strip() or next_seed(register, today)
    among = closed_by_unit(register, period, unit_ids)
    chosen = [id_ for ids in among.values() for id_ in drawn(ids, wanted, seed)]
    if not chosen:
        words = tr("{period}没有结案的纠纷，抽不出案卷。请换一个期间或单位。")
        raise DeskError(words.format(period=period.label()))
    sampling = Sampling(
        id=new_id(),
        period_from=period.first,
        period_to=period.last,
        unit_ids=tuple(among),
        size=str(wanted),
        seed=seed,
        among=sum(map(len, among.values())),
        dispute_ids=tuple(chosen),
        drawn_on=today,
        drawn_by=actor,
    )
    reason = tr("抽查案卷{count}件").format(count=len(chosen))
    with register.change(actor, reason) as change:
        return change.keep(sampling)


def samplings(register: Register) -> list[Sampling]:
    """All drawings, the latest first."""
    found = cast(list[Sampling], register.all("sampling"))
    live = [entry for entry in found if not entry.void_reason]
    return sorted(live, key=lambda entry: (entry.drawn_on, entry.seed, entry.id), reverse=True)


def progress(register: Register, sampling: Sampling) -> Progress:
    """How far each drawn file has come; a return before the drawing does not count."""
    returns: dict[str, list[Return]] = {}
    for entry in cast(list[Return], register.some("return", sampling.dispute_ids, "dispute_id")):
        if not entry.void_reason and entry.returned_on >= sampling.drawn_on:
            returns.setdefault(entry.dispute_id, []).append(entry)
    states = []
    for id_ in sampling.dispute_ids:
        given = returns.get(id_, ())
        if any(entry.open for entry in given):
            state = Looked.RETURNED
        elif id_ in sampling.passed_ids:
            state = Looked.PASSED
        else:
            state = Looked.MENDED if given else Looked.WAITING
        states.append((id_, state))
    return Progress(sampling, tuple(states))


def passed(
    register: Register, sampling_id: str, dispute_id: str, actor: str, *, fine: bool = True
) -> Sampling:
    """Note that a drawn file was looked at and is in order, or take that back."""
    sampling = register.get("sampling", sampling_id)
    if not isinstance(sampling, Sampling) or dispute_id not in sampling.dispute_ids:
        raise DeskError(tr("这件纠纷不在这次抽查里。请重新打开抽查的清单。"))
    others = tuple(id_ for id_ in sampling.passed_ids if id_ != dispute_id)
    kept = replace(sampling, passed_ids=(*others, dispute_id) if fine else others)
    reason = tr("抽查的案卷没有问题") if fine else tr("抽查的案卷重新看")
    with register.change(actor, reason) as change:
        return change.keep(kept)
