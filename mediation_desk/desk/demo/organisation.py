"""The units of 双龙镇 with their invented mediators and legal advisers (domain.md §7.1)."""

from datetime import date, timedelta
from random import Random

from mediation_desk.desk.demo.people import People
from mediation_desk.desk.demo.texts import identity, table
from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.record import unit_id

TOWN_CODE = "500230124000"
_COUNTY_CODE = "500230000000"
_TERM_YEARS = 3

# Code, name, word of the case number and share of the township's disputes.
_VILLAGES = (
    ("500230124001", "双龙社区", "双社民调", 13),
    ("500230124200", "梨子园村", "梨民调", 11),
    ("500230124201", "尖山子村", "尖民调", 9),
    ("500230124202", "关都坝村", "关民调", 10),
    ("500230124203", "屋边村", "屋民调", 8),
    ("500230124204", "马灯坝村", "马民调", 9),
    ("500230124205", "灯塔村", "灯民调", 8),
    ("500230124206", "付家山村", "付民调", 7),
    ("500230124207", "田家山村", "田民调", 8),
    ("500230124208", "回龙场村", "回民调", 11),
)
_COMMITTEE_SHARE = 9


def _unit(
    kind: UnitKind,
    code: str,
    name: str,
    term: tuple[date, date],
    committee: str = "",
    word: str = "",
) -> Unit:
    in_town = kind in {UnitKind.VILLAGE, UnitKind.COMMUNITY}
    return Unit(
        id=unit_id(kind.value, code),
        code=code,
        name=name,
        kind=kind,
        committee=committee,
        number_word=word,
        parent_code=TOWN_CODE if in_town else _COUNTY_CODE,
        term_from=term[0] if committee else None,
        term_to=term[1] if committee else None,
    )


def term_of_office(first: date) -> tuple[date, date]:
    """Three years (Art 9) that cover the two years of the demo from `first` on."""
    begun = first.replace(day=1)
    return begun, begun.replace(year=begun.year + _TERM_YEARS) - timedelta(days=1)


def office_and_committee(first: date) -> tuple[Unit, Unit]:
    """The judicial office and the township's own committee."""
    term = term_of_office(first)
    committee = "丰都县双龙镇人民调解委员会"
    return (
        _unit(UnitKind.OFFICE, TOWN_CODE, "双龙司法所", term),
        _unit(UnitKind.TOWNSHIP, TOWN_CODE, "双龙镇调委会", term, committee, "双龙民调"),
    )


def villages(first: date) -> tuple[Unit, ...]:
    """The community and the nine villages in the order of their codes."""
    term = term_of_office(first)
    made = []
    for code, name, word, _ in _VILLAGES:
        kind = UnitKind.COMMUNITY if name.endswith("社区") else UnitKind.VILLAGE
        committee = f"丰都县双龙镇{name}人民调解委员会"
        made.append(_unit(kind, code, name, term, committee, word))
    return tuple(made)


def shares(committee: Unit, of: tuple[Unit, ...]) -> list[tuple[Unit, int]]:
    """What part of the disputes each committee handles."""
    by_code = {code: share for code, _, _, share in _VILLAGES}
    return [(committee, _COMMITTEE_SHARE), *((unit, by_code[unit.code]) for unit in of)]


def mediators_of(unit: Unit, people: People, rng: Random, seed: int) -> tuple[Mediator, ...]:
    """Two to four mediators with a chair and a woman among them; one full-time in the township."""
    own = unit.kind is UnitKind.TOWNSHIP
    positions = ["主任", "副主任", "委员", "委员"][: 4 if own else rng.choice((2, 3, 3, 4))]
    made = []
    for order, position in enumerate(positions):
        sex = Sex.FEMALE if order == 1 else Sex.MALE if order == 0 else None
        person = people.person((34, 63), sex)
        made.append(
            Mediator(
                id=identity(seed, "mediator", unit.id, order),
                unit_id=unit.id,
                name=person.name,
                sex=person.sex,
                born_on=person.born_on,
                education=rng.choice(table("people")["education"]),
                position=position,
                full_time=own and order == 1,
                may_claim_allowance=not (own and order == 0),
                term_from=unit.term_from,
                term_to=unit.term_to,
                phone=person.phone,
            )
        )
    return tuple(made)


def adviser_of(unit: Unit, people: People, rng: Random, seed: int) -> Adviser:
    """The legal adviser of a village or community."""
    person = people.person((27, 55))
    return Adviser(
        id=identity(seed, "adviser", unit.id),
        unit_id=unit.id,
        name=person.name,
        firm=rng.choice(table("people")["firms_of_lawyers"]),
        term_from=unit.term_from,
        term_to=unit.term_to,
        phone=person.phone,
    )
