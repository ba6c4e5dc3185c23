"""The 49 columns counted twice more, without any code of the program: by SQL and over the dump.

Written from domain.md §3.2, §3.3 and §3.6, column by column, so that a fault in the program's
figures cannot hide in a table they share.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

TYPES = (
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "101", "102", "11", "121", "122", "13",
    "14", "15", "99",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases a table is about: days as ISO text, by intake or closing, oral or not."""

    first: str
    last: str
    closing: bool = False
    written_only: bool = False

    def line(self) -> list[str]:
        """The options of `report` that ask for this."""
        words = ["--period", f"{self.first}..{self.last}"]
        words += ["--by", "closing"] if self.closing else []
        return words + (["--written-only"] if self.written_only else [])

    @property
    def name(self) -> str:
        """A name for files."""
        basis = "closing" if self.closing else "intake"
        return f"{self.first}-{self.last}-{basis}" + ("-written" if self.written_only else "")


# Two entries of one dispute: the other one counts, unless it is in no figure itself.
_TWINS = """
    SELECT s.other_id FROM same_case s, dispute m
    WHERE s.void_reason = '' AND m.id = s.main_id AND m.void_reason = ''
      AND m.intake_on IS NOT NULL AND (m.outcome IS NULL OR m.outcome <> '4')
"""
_CASES = f"""
    FROM dispute d
    WHERE d.unit_id IN ({{units}}) AND d.void_reason = '' AND d.id NOT IN ({_TWINS})
      AND d.intake_on IS NOT NULL AND (d.outcome IS NULL OR d.outcome <> '4')
      AND d.{{day}} >= :first AND d.{{day}} <= :last {{written}}
"""
_WRITTEN_ONLY = """
      AND NOT EXISTS (SELECT 1 FROM agreement w
                      WHERE w.dispute_id = d.id AND w.void_reason = '' AND w.form = '1')
"""
_COUNT = "SELECT count(*) {cases}"
_KIND = _COUNT + " AND (SELECT u.kind FROM unit u WHERE u.id = d.unit_id) = "
_OFFICIAL = """
    AND coalesce((SELECT l.rolls_up_to FROM local_type l WHERE l.code = d.type), d.type) =
"""
_FORM = """
    AND d.outcome = '1' AND EXISTS (SELECT 1 FROM agreement a WHERE a.dispute_id = d.id
                                    AND a.void_reason = '' AND a.form = {form})
"""
_SCREENING = """
    FROM screening s WHERE s.unit_id IN ({units}) AND s.void_reason = ''
      AND s.screened_on >= :first AND s.screened_on <= :last
"""
_PREVENTION = """
    FROM prevention p WHERE p.unit_id IN ({units}) AND p.void_reason = ''
      AND p.prevented_on >= :first AND p.prevented_on <= :last AND p.kind =
"""

SQL: dict[int, str] = {
    1: _COUNT,
    2: "SELECT sum(d.people) {cases}",
    3: _COUNT + " AND d.outcome = '1'",
    4: _COUNT + " AND d.complex = 1",
    5: """SELECT sum(a.amount_fen) FROM agreement a
          WHERE a.void_reason = '' AND a.dispute_id IN (SELECT d.id {cases})""",
    6: _KIND + "'10'",
    7: _KIND + "'20'",
    8: _KIND + "'30'",
    9: _KIND + "'40'",
    10: _KIND + "'50'",
    11: _KIND + "'60'",
    12: _COUNT + " AND d.source = '20'",
    13: _COUNT + " AND (d.source = '10' OR d.source = '11')",
    14: _COUNT + " AND d.source LIKE '3%'",
    15: _COUNT + " AND d.source = '31'",
    16: _COUNT + " AND d.source = '32'",
    17: _COUNT + " AND d.source = '33'",
    18: _COUNT + " AND d.source = '34'",
    19: _COUNT + " AND d.source = '39'",
    **{20 + place: _COUNT + _OFFICIAL + f"'{code}'" for place, code in enumerate(TYPES)},
    38: _COUNT + _FORM.replace("{form}", "'1'"),
    39: _COUNT + _FORM.replace("{form}", "'2'"),
    40: "SELECT count(*)" + _SCREENING,
    41: "SELECT sum(s.prevented)" + _SCREENING,
    42: "SELECT sum(p.cases)" + _PREVENTION + "'1'",
    43: "SELECT sum(p.persons)" + _PREVENTION + "'1'",
    44: "SELECT sum(p.cases)" + _PREVENTION + "'2'",
    45: "SELECT sum(p.persons)" + _PREVENTION + "'2'",
    46: "SELECT sum(p.cases)" + _PREVENTION + "'3'",
    47: "SELECT sum(p.persons)" + _PREVENTION + "'3'",
    48: "SELECT sum(p.cases)" + _PREVENTION + "'4'",
    49: "SELECT sum(p.persons)" + _PREVENTION + "'4'",
}


def by_sql(connection: Any, units: Collection[str], asked: Asked) -> tuple[int, ...]:
    """The 49 values over `units`, each by its own statement; money in fen."""
    listed = ", ".join(f"'{unit}'" for unit in units)
    day = "closed_on" if asked.closing else "intake_on"
    written = _WRITTEN_ONLY if asked.written_only else ""
    cases = _CASES.format(units=listed, day=day, written=written)
    days = {"first": asked.first, "last": asked.last}
    return tuple(
        connection.execute(SQL[number].format(cases=cases, units=listed), days).fetchone()[0] or 0
        for number in range(1, 50)
    )


Records = dict[str, list[dict[str, Any]]]


def without_receipts(dump: str) -> str:
    """A dump without what became of each file, which is another story in each order."""
    lines = dump.splitlines(keepends=True)
    return "".join(text for text in lines if not text.startswith('{"kind": "receipt"'))


def records_in(dump: str) -> Records:
    """The lines of a dump by kind."""
    found: Records = defaultdict(list)
    for text in dump.splitlines():
        line = json.loads(text)
        found[line["kind"]].append(line["values"])
    return found


def _live(records: Iterable[dict[str, Any]], units: Collection[str]) -> list[dict[str, Any]]:
    return [entry for entry in records if not entry["void_reason"] and entry["unit_id"] in units]


def _twins(records: Records) -> set[str]:
    """The disputes that another entry counts for."""
    counting = {
        case["id"]
        for case in records["dispute"]
        if not case["void_reason"] and case["intake_on"] is not None and case["outcome"] != "4"
    }
    return {
        same["other_id"]
        for same in records["same_case"]
        if not same["void_reason"] and same["main_id"] in counting
    }


def by_dump(records: Records, units: Collection[str], asked: Asked) -> tuple[int, ...]:
    """The 49 values over `units`, counted over the lines of a dump; money in fen."""
    kind_of = {unit["id"]: unit["kind"] for unit in records["unit"]}
    rolls = {entry["code"]: entry["rolls_up_to"] for entry in records["local_type"]}
    # Of two agreements the later one is in force.
    agreement_of = {
        entry["dispute_id"]: entry
        for entry in sorted(records["agreement"], key=lambda a: (a["agreed_on"], a["id"]))
        if not entry["void_reason"]
    }
    got, twins = [0] * 50, _twins(records)
    for case in _live(records["dispute"], units):
        if case["id"] in twins:
            continue
        agreement = agreement_of.get(case["id"])
        day = case["closed_on"] if asked.closing else case["intake_on"]
        if case["intake_on"] is None or case["outcome"] == "4":
            continue
        if day is None or not asked.first <= day <= asked.last:
            continue
        if asked.written_only and agreement and agreement["form"] == "1":
            continue
        got[1] += 1
        got[2] += case["people"]
        got[3] += case["outcome"] == "1"
        got[4] += case["complex"]
        got[5] += agreement["amount_fen"] if agreement else 0
        got[{"10": 6, "20": 7, "30": 8, "40": 9, "50": 10, "60": 11}[kind_of[case["unit_id"]]]] += 1
        source = case["source"]
        got[12 if source == "20" else 13 if source in {"10", "11"} else 14] += 1
        if source.startswith("3"):
            got[{"31": 15, "32": 16, "33": 17, "34": 18, "39": 19}[source]] += 1
        got[20 + TYPES.index(rolls.get(case["type"], case["type"]))] += 1
        if case["outcome"] == "1" and agreement:
            got[38 if agreement["form"] == "1" else 39] += 1
    for screening in _live(records["screening"], units):
        if asked.first <= screening["screened_on"] <= asked.last:
            got[40] += 1
            got[41] += screening["prevented"]
    for prevention in _live(records["prevention"], units):
        if asked.first <= prevention["prevented_on"] <= asked.last:
            place = 40 + 2 * int(prevention["kind"])
            got[place] += prevention["cases"]
            got[place + 1] += prevention["persons"]
    return tuple(got[1:])
