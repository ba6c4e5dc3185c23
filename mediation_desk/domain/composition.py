"""How a committee is made up, and what to do where that falls short of the law."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.words import tr

CHAIR, HIRED = "主任", "聘任"
POSITIONS = (CHAIR, "副主任", "委员", HIRED)
# 人民调解法 Art 8: three to nine members.
FEWEST, MOST = 3, 9
_WITHOUT_COMMITTEE = {UnitKind.OFFICE, UnitKind.COUNTY}


def _warning(rule: str, field: str, message: str, mend: str) -> Problem:
    return Problem(rule, Severity.WARNING, field, message, mend)


def has_committee(unit: Unit) -> bool:
    """Whether a unit's committee is named."""
    return bool(unit.committee.strip())


def needs_committee(unit: Unit) -> bool:
    """Whether a unit should have a committee at all."""
    return unit.kind not in _WITHOUT_COMMITTEE


def members(mediators: Sequence[Mediator]) -> list[Mediator]:
    """The members of the committee; who is only hired is a mediator, but no member (Art 13)."""
    return [entry for entry in mediators if not entry.void_reason and entry.position != HIRED]


def _body(mediators: Sequence[Mediator]) -> Iterator[Problem]:
    """O1: three to nine members. O2: one chair. O3: a woman among them (Art 8)."""
    found = members(mediators)
    if len(found) < FEWEST:
        few = tr("委员只有{count}人，依法应有3至9人。").format(count=len(found))
        told = few if found else tr("还没有登记委员，依法应有3至9人。")
        yield _warning("O1", "members", told, tr("请把其余委员登记上，或按程序补选。"))
    elif len(found) > MOST:
        told = tr("委员有{count}人，依法应有3至9人。").format(count=len(found))
        mend = tr("不是委员的，请把职务改成“聘任”。")
        yield _warning("O1", "members", told, mend)
    chairs = sum(entry.position == CHAIR for entry in found)
    if chairs != 1:
        told = tr("登记了{count}个主任。").format(count=chairs) if chairs else tr("没有登记主任。")
        yield _warning("O2", "position", told, tr("依法设主任一人，请核对职务。"))
    if any(entry.sex is Sex.FEMALE for entry in found):
        return
    unknown = sum(entry.sex is None for entry in found)
    if unknown:
        told = tr("还看不出有没有妇女成员：{count}人没有填性别。").format(count=unknown)
        yield _warning("O3", "sex", told, tr("请补填性别。"))
    else:
        told = tr("没有妇女成员，依法应当有。")
        yield _warning("O3", "sex", told, tr("请按程序增补女委员后登记。"))


def _term(whose: str, until: date | None, today: date, days: int, mend: str) -> Iterator[Problem]:
    """O4: a term that is over. O5: one that soon will be."""
    if until is None:
        return
    if until < today:
        told = tr("{whose}已于{day}届满。").format(whose=whose, day=until.isoformat())
        yield _warning("O4", "term_to", told, mend)
    elif until <= today + timedelta(days=days):
        told = tr("{whose}还有{days}天届满（{day}）。").format(
            whose=whose, days=(until - today).days, day=until.isoformat()
        )
        yield _warning("O5", "term_to", told, mend)


def _people_terms(
    unit: Unit, people: Sequence[Mediator | Adviser], today: date, days: int
) -> Iterator[Problem]:
    for person in people:
        # Whose term is the committee's is told once, with the committee.
        if person.void_reason or (isinstance(person, Mediator) and person.term_to == unit.term_to):
            continue
        term = tr("{name}的任期") if isinstance(person, Mediator) else tr("法律顾问{name}的聘期")
        mend = tr("续任的请改日期，不再担任的请作废。")
        yield from _term(term.format(name=person.name), person.term_to, today, days, mend)


def committee_problems(
    unit: Unit,
    mediators: Sequence[Mediator],
    advisers: Sequence[Adviser],
    today: date,
    notice_days: int,
) -> list[Problem]:
    """What a unit's committee lacks, each with what to do; O6: there is no committee at all.

    Terms are told of `notice_days` ahead. They are stored, never computed (domain.md §1).
    """
    if not needs_committee(unit):
        return []
    if not has_committee(unit):
        told = tr("还没有登记人民调解委员会。")
        return [_warning("O6", "committee", told, tr("请填写调委会全称和任期。"))]
    found = list(_body(mediators))
    if unit.term_to is None:
        told = tr("没有填写本届任期。")
        found.append(_warning("O7", "term_to", told, tr("请填写任期起止，快届满时会提醒。")))
    mend = tr("换届后请填写新的任期。")
    found += _term(tr("本届任期"), unit.term_to, today, notice_days, mend)
    return found + list(_people_terms(unit, [*mediators, *advisers], today, notice_days))
