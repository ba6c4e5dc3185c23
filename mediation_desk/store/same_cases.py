"""Two entries that are one dispute: which of them counts, and which may be one, by indexes."""

from collections.abc import Collection, Iterable

from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.store.connection import Connections, batches

# The places of entries that a person found to be the same dispute as another one, as long as that
# one is in the figures itself: were it voided or refused, the dispute would count nowhere.
_STANDS = (
    "same_case s JOIN dispute m ON m.id = s.main_id AND s.void_reason = '' AND m.void_reason = '' "
    "AND m.intake_on IS NOT NULL AND coalesce(m.outcome, '') <> '4'"
)
LEFT_OUT = f"(SELECT o.row FROM {_STANDS} JOIN dispute o ON o.id = s.other_id)"

# A masked name is nobody's; it would meet half the county.
_OPEN_NAME = "p.name <> '' AND instr(p.name, '某') = 0 AND instr(p.name, '*') = 0"
_SEEN = "substr({0}.id_number, 1, 6) || substr({0}.id_number, -4)"
# As the index of masked numbers has it, to the letter.
_MASKED = (
    "length({0}.id_number) > 10 AND (instr({0}.id_number, '某') OR instr({0}.id_number, '*') "
    "OR instr({0}.id_number, '×') OR instr({0}.id_number, '＊'))"
)
_WHOLE = f"length({{0}}.id_number) > 10 AND NOT ({_MASKED})"
_SEEN_ALIKE = f"{_SEEN.format('q')} = {_SEEN.format('p')}"
# Two whole numbers that are not the same are two persons' whatever their name, and even where a
# mask would leave the same of them, which it does of every twentieth pair in a township.
_TWO_PERSONS = (
    f"{_WHOLE.format('p')} AND {_WHOLE.format('q')} "
    "AND upper(trim(p.id_number)) <> upper(trim(q.id_number))"
)
_BY = (
    f"q.name = p.name AND {_OPEN_NAME} AND NOT ({_TWO_PERSONS})",
    f"{_SEEN_ALIKE} AND q.id_number = p.id_number AND length(q.id_number) > 10 "
    "AND length(p.id_number) > 10",
    f"{_SEEN_ALIKE} AND length(q.id_number) > 10 AND {_MASKED.format('p')}",
    f"{_SEEN_ALIKE} AND {_MASKED.format('q')} AND length(p.id_number) > 10",
)
# Places are days; so far apart are two of them.
_APART = "abs((d.row >> 20) - (o.row >> 20)) <= ?"
_OFFICIAL = ", ".join(f"'{code}'" for code in sorted(BY_CODE))
# What a local type counts as is for the rule to say.
_OF_A_TYPE = f"(d.type = o.type OR d.type NOT IN ({_OFFICIAL}) OR o.type NOT IN ({_OFFICIAL}))"


def alike(
    connections: Connections, dispute_ids: Iterable[str], days: int
) -> frozenset[tuple[str, str]]:
    """Pairs of disputes within `days` of each other that may have a party in common.

    The first of each pair is one of `dispute_ids`. Whether the two are alike is for a rule to say.
    """
    found: set[tuple[str, str]] = set()
    for part in batches(dispute_ids):
        marks = ", ".join("?" * len(part))
        for by in _BY:
            # CROSS JOIN holds the order: from the few that are asked for to others by an index.
            sql = (
                "SELECT DISTINCT d.id, o.id FROM dispute d "
                "CROSS JOIN party p ON p.dispute_id = d.id "
                f"CROSS JOIN party q ON {by} AND q.dispute_id <> p.dispute_id "
                "CROSS JOIN dispute o ON o.id = q.dispute_id "
                f"WHERE d.id IN ({marks}) AND d.void_reason = '' AND p.void_reason = '' "
                f"AND q.void_reason = '' AND o.void_reason = '' AND {_APART} AND {_OF_A_TYPE}"
            )
            found.update((row[0], row[1]) for row in connections.rows(sql, (*part, days)))
    return frozenset(found)


def mains(connections: Connections, dispute_ids: Collection[str]) -> dict[str, str]:
    """By the disputes that do not count, the ones that do so for them."""
    found: dict[str, str] = {}
    for part in batches(dispute_ids):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT s.other_id, s.main_id FROM {_STANDS} WHERE s.other_id IN ({marks})"
        found.update(connections.rows(sql, part))
    return found
