"""Every statistical table counted once more over the lines of a dump, cell by cell.

Written from the tables' own notes and domain.md, without any code of `figures` or `store`. A cell
that counts cases holds these cases, so that they can be compared with what a click would list.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from own_cases import (
    COMMITTEES,
    DAY,
    Case,
    Cell,
    Counted,
    Expected,
    Measure,
    Recount,
    live,
    money,
    people,
)
from own_counts import TYPES, Asked, by_dump

FIFTEEN = (
    ("婚姻家庭", ("01",)), ("邻里", ("02",)), ("房屋宅基地", ("03",)), ("合同", ("04",)),
    ("生产经营", ("05",)), ("损害赔偿", ("06",)), ("山林土地", ("07",)), ("征地拆迁", ("08",)),
    ("环境污染", ("09",)), ("劳动争议", ("101", "102")), ("消费", ("11", "121", "122")),
    ("医疗", ("13",)), ("道路交通事故", ("14",)), ("物业", ("15",)), ("其它", ("99",)),
)  # fmt: skip


# The cells


def results(cases: list[Case]) -> list[Cell]:
    """调解成功 … 未办结 and the rate of success."""
    five = [[case for case in cases if case.outcome == code] for code in ("1", "2", "3", "5", "")]
    return [*map(Counted, five), (len(five[0]), len(cases))]


def _with_share(cases: list[Case], everyone: list[Case]) -> list[Cell]:
    return [Counted(cases), (len(cases), len(everyone)), *results(cases)]


def types(again: Recount, asked: Asked, list_: str) -> Expected:
    everyone = again.cases(asked)
    found: Expected = {"total": _with_share(everyone, everyone)}
    groups = FIFTEEN if list_ == "15" else [(code, (code,)) for code in TYPES]
    for _, codes in groups:
        mine = [case for case in everyone if case.type in codes]
        found[codes[0]] = _with_share(mine, everyone)
        if len(codes) > 1:
            for code in codes:
                some = [case for case in mine if case.type == code]
                found[f"{codes[0]}/{code}"] = _with_share(some, everyone)
            continue
        local = [
            entry["code"] for entry in again.local.values()
            if entry["rolls_up_to"] == codes[0]
            and (not entry["void_reason"] or any(c.subtype == entry["code"] for c in everyone))
        ]  # fmt: skip
        for part in (*local, "") if local else ():
            some = [case for case in mine if case.subtype == part]
            found[f"{codes[0]}.{part}"] = _with_share(some, everyone)
    return found


def sources(again: Recount, asked: Asked, _list: str) -> Expected:
    everyone = again.cases(asked)
    groups = {
        "own": ("20",), "asked": ("10", "11"), "entrusted": ("31", "32", "33", "34", "39"),
        "total": ("20", "10", "11", "31", "32", "33", "34", "39"),
        **{code: (code,) for code in ("10", "11", "31", "32", "33", "34", "39")},
    }  # fmt: skip
    return {
        key: _with_share([case for case in everyone if case.source in codes], everyone)
        for key, codes in groups.items()
    }


def matrix(again: Recount, asked: Asked, list_: str) -> Expected:
    everyone = again.cases(asked)
    groups = FIFTEEN if list_ == "15" else [(code, (code,)) for code in TYPES]
    found: Expected = {}
    for key, units in again.lines({case.unit for case in everyone}).items():
        mine = [case for case in everyone if case.unit in units]
        cells: list[Cell] = [Counted(mine), Counted([c for c in mine if c.outcome != "1"])]
        for _, codes in groups:
            some = [case for case in mine if case.type in codes]
            cells.append(Counted([case for case in some if case.outcome == "1"]))
            cells.append(Counted([case for case in some if case.outcome != "1"]))
        found[key] = cells
    return found


def rates(again: Recount, asked: Asked, _list: str) -> Expected:
    everyone = again.cases(asked)
    found: Expected = {}
    for key, units in again.lines({case.unit for case in everyone}).items():
        mine = [case for case in everyone if case.unit in units]
        ended = [case for case in mine if case.outcome]
        good = [case for case in mine if case.outcome == "1"]
        agreed = [case for case in good if case.form]
        kept = [[case for case in agreed if case.performance == code] for code in "12345"]
        written = [case for case in good if case.form == "2"]
        asked_court = [case for case in mine if case.confirmation in {"1", "2", "3"}]
        confirmed = [case for case in mine if case.confirmation == "2"]
        refused = [case for case in mine if case.confirmation == "3"]
        visited = [case for case in good if case.visited]
        told = [case for case in mine if case.satisfied is not None]
        happy = [case for case in mine if case.satisfied is True]
        found[key] = [
            Counted(mine), Counted(ended), Counted(good), (len(ended), len(mine)),
            (len(good), len(mine)), (len(good), len(ended)),
            Counted(agreed), *map(Counted, kept), (len(kept[0]), len(agreed)),
            Counted(written), Counted(asked_court), Counted(confirmed), Counted(refused),
            (len(asked_court), len(written)), (len(confirmed), len(asked_court)),
            Counted(visited), (len(visited), len(good)),
            Counted(told), Counted(happy), (len(happy), len(told)),
        ]  # fmt: skip
    return found


def linkage(again: Recount, asked: Asked, _list: str) -> Expected:
    everyone = again.cases(asked)
    found: Expected = {}
    for key, channels in (
        *((code, {code}) for code in ("31", "32", "33", "34", "35")),
        ("total", {"31", "32", "33", "34", "35"}),
    ):
        states = [
            (case, {state for channel, state in case.links.items() if channel in channels})
            for case in everyone
        ]
        mine = [case for case, told in states if told]
        good = [case for case in mine if case.outcome == "1"]
        answered = [case for case, told in states if told & {"late", "good"}]
        timely = [case for case, told in states if "good" in told]
        found[key] = [
            Counted(mine), Counted(good), Counted([c for c in mine if not c.outcome]),
            (len(good), len(mine)), Counted(answered), Counted(timely),
            Counted([case for case, told in states if "no" in told]),
            (len(answered), len(mine)), (len(timely), len(answered)),
        ]  # fmt: skip
    return found


def mediators(again: Recount, asked: Asked, _list: str) -> Expected:
    everyone = again.cases(asked)
    busy = {person for case in everyone for person in case.mediators}
    roll = {
        person["id"] for person in again.of["mediator"]
        if not person["void_reason"] or person["id"] in busy
    }  # fmt: skip
    groups = {person: [c for c in everyone if person in c.mediators] for person in roll}
    if busy - roll:
        groups["unknown"] = [c for c in everyone if set(c.mediators) & (busy - roll)]
    if any(not case.mediators for case in everyone):
        groups["nobody"] = [case for case in everyone if not case.mediators]
    groups["total"] = everyone
    found: Expected = {}
    for key, mine in groups.items():
        good = [case for case in mine if case.outcome == "1"]
        found[key] = [
            Counted(mine), *results(mine),
            Counted([c for c in good if c.form == "1"]),
            Counted([c for c in good if c.form == "2"]),
            Counted([c for c in mine if c.complex]), Counted(mine, people),
            Counted([c for c in mine if c.form], money),
        ]  # fmt: skip
    return found


# Over time


def _months_later(day: date, months: int) -> date:
    """The first of a month so many months after that of `day`."""
    number = 12 * day.year + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _whole(asked: Asked) -> bool:
    last = date.fromisoformat(asked.last)
    return asked.first.endswith("-01") and (last + DAY).day == 1


def _dated(asked: Asked, first: date, last: date) -> Asked:
    return Asked(first.isoformat(), last.isoformat(), asked.closing, asked.written_only)


def year_ago(asked: Asked) -> Asked:
    first, last = date.fromisoformat(asked.first), date.fromisoformat(asked.last)
    if _whole(asked):
        return _dated(asked, _months_later(first, -12), _months_later(last, -11) - DAY)

    def earlier(day: date) -> date:
        return (
            day - 366 * DAY if day.month == 2 and day.day == 29 else day.replace(year=day.year - 1)
        )

    return _dated(asked, earlier(first), earlier(last))


def just_before(asked: Asked) -> Asked:
    first, last = date.fromisoformat(asked.first), date.fromisoformat(asked.last)
    if _whole(asked):
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        return _dated(asked, _months_later(first, -months), first - DAY)
    return _dated(asked, first - (last - first) - DAY, first - DAY)


def months(asked: Asked) -> list[Asked]:
    first, last = date.fromisoformat(asked.first), date.fromisoformat(asked.last)
    found = []
    while first <= last:
        end = min(_months_later(first, 1) - DAY, last)
        found.append(_dated(asked, first, end))
        first = end + DAY
    return found


def _changes(now: Counted, year: Counted, before: Counted) -> list[Cell]:
    return [
        cell
        for then in (year, before)
        for cell in (then, now.value - then.value, (now.value - then.value, then.value))
    ]


def trend(again: Recount, asked: Asked, _list: str) -> Expected:
    found: Expected = {}
    parts = [(part.first, part) for part in months(asked)]
    for key, part in (*parts, ("total", asked)):
        now = again.cases(part)
        good = [case for case in now if case.outcome == "1"]
        found[key] = [
            Counted(now), Counted(good), (len(good), len(now)),
            Counted([case for case in now if case.form], money),
            *_changes(Counted(now), Counted(again.cases(year_ago(part))),
                      Counted(again.cases(just_before(part)))),
        ]  # fmt: skip
    return found


def change(again: Recount, asked: Asked, _list: str) -> Expected:
    times = [again.cases(one) for one in (asked, year_ago(asked), just_before(asked))]
    rows: dict[str, tuple[Callable[[Case], bool], Measure]] = {
        "C01": (lambda _: True, len),
        "M02": (lambda _: True, people),
        "C03": (lambda case: case.outcome == "1", len),
        "M04": (lambda case: case.complex, len),
        "M05": (lambda case: bool(case.form), money),
        "M38": (lambda case: case.outcome == "1" and case.form == "1", len),
        "M39": (lambda case: case.outcome == "1" and case.form == "2", len),
    }
    found: Expected = {}
    for key, (counts, measure) in rows.items():
        now, *then = [Counted([c for c in cases if counts(c)], measure) for cases in times]
        found[key] = [now, *_changes(now, *then)]
    return found


def unit_months(again: Recount, asked: Asked, _list: str) -> Expected:
    parts = [again.cases(part) for part in (asked, *months(asked))]
    # A unit that only counted in the months compared with has a line as well.
    stretches = (asked, year_ago(asked), just_before(asked), *months(asked))
    busy = {
        case.unit
        for part in (*stretches, *map(year_ago, months(asked)), *map(just_before, months(asked)))
        for case in again.cases(part)
    }
    return {
        key: [Counted([case for case in cases if case.unit in units]) for cases in parts]
        for key, units in again.lines(busy).items()
    }


# Other work


def works(again: Recount, asked: Asked, _list: str) -> Expected:
    def within(kind: str, day: str) -> list[dict[str, Any]]:
        return [e for e in live(again.of[kind]) if asked.first <= e[day] <= asked.last]

    rounds, kept_off = within("screening", "screened_on"), within("prevention", "prevented_on")
    events = within("publicity", "held_on")
    found: Expected = {}
    busy = {entry["unit_id"] for entry in (*rounds, *kept_off, *events)}
    for key, units in again.lines(busy).items():
        mine = [entry for entry in rounds if entry["unit_id"] in units]
        cells: list[Cell] = [len(mine), sum(e["found"] for e in mine),
                             sum(e["prevented"] for e in mine)]  # fmt: skip
        for kind in "1234":
            some = [e for e in kept_off if e["unit_id"] in units and e["kind"] == kind]
            cells += [sum(e["cases"] for e in some), sum(e["persons"] for e in some)]
        taught, trained = (
            [e for e in events if e["unit_id"] in units and e["kind"] == kind] for kind in "12"
        )
        cells += [len(taught), sum(e["audience"] for e in taught),
                  sum(e["materials"] for e in taught)]  # fmt: skip
        found[key] = [*cells, len(trained), sum(e["audience"] for e in trained)]
    return found


def organisation(again: Recount, asked: Asked, _list: str) -> Expected:
    last = asked.last

    def there(kind: str) -> list[dict[str, Any]]:
        return [e for e in live(again.of[kind]) if e["term_from"] is None or e["term_from"] <= last]

    def over(entry: dict[str, Any]) -> bool:
        return entry["term_to"] is not None and entry["term_to"] < last

    bodies = [unit for unit in there("unit") if unit["kind"] in COMMITTEES]
    people_, advisers = there("mediator"), there("adviser")
    trained = [
        e for e in live(again.of["publicity"])
        if e["kind"] == "2" and asked.first <= e["held_on"] <= last
    ]  # fmt: skip
    events = [e for e in live(again.of["publicity"]) if asked.first <= e["held_on"] <= last]
    busy = {e["unit_id"] for e in (*people_, *advisers, *events)} | {e["id"] for e in bodies}
    lines = again.lines(busy)
    shown = lines["total"]
    groups = {unit: {unit} for unit in shown}
    kinds = {again.units[unit]["kind"] for unit in shown}
    for kind in kinds if len(kinds) > 1 else ():
        groups[f"kind.{kind}"] = {u for u in shown if again.units[u]["kind"] == kind}
    groups["total"] = shown
    found: Expected = {}
    for key, units in groups.items():
        mine = [e for e in people_ if e["unit_id"] in units]
        own = [e for e in bodies if e["id"] in units]
        held = [e for e in trained if e["unit_id"] in units]
        found[key] = [
            len(own), sum(map(over, own)), len(mine),
            sum(e["full_time"] for e in mine), sum(not e["full_time"] for e in mine),
            *(sum(e["sex"] == sex for e in mine) for sex in ("1", "2", None)),
            sum(e["term_to"] is not None and not over(e) for e in mine), sum(map(over, mine)),
            sum(e["term_to"] is None for e in mine),
            sum(e["unit_id"] in units for e in advisers),
            len(held), sum(e["audience"] for e in held),
        ]  # fmt: skip
    return found


def ministry(again: Recount, asked: Asked, _list: str) -> Expected:
    busy = {case.unit for case in again.cases(asked)}
    for kind, day in (("screening", "screened_on"), ("prevention", "prevented_on")):
        busy |= {e["unit_id"] for e in live(again.of[kind]) if asked.first <= e[day] <= asked.last}
    lines = again.lines(busy)
    lines.setdefault("subordinate", lines["total"])
    lines.setdefault("own", set())
    return {key: [*by_dump(again.of, units, asked)] for key, units in lines.items()}


AGAIN: dict[str, Callable[[Recount, Asked, str], Expected]] = {
    "ministry": ministry,
    "types": types,
    "matrix": matrix,
    "trend": trend,
    "change": change,
    "unit_months": unit_months,
    "sources": sources,
    "linkage": linkage,
    "rates": rates,
    "mediators": mediators,
    "works": works,
    "organisation": organisation,
}
