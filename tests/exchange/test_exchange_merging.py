"""Packages in any order end in the same records, and every record read has one outcome."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_packages import VILLAGE, made_contents, records_of

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import PartyRole, Source
from mediation_desk.domain.masks import masked
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.exchange.exact import Rejected
from mediation_desk.exchange.merging import Beside, Outcome, plan, step_for

Held = dict[tuple[str, str], Record]


def _party(revision: int) -> Party:
    return Party(
        id="p" * 32,
        revision=revision,
        personal_revision=revision,
        dispute_id="d" * 32,
        role=PartyRole.APPLICANT,
        position=revision,
        name=f"张三{revision}",
        phone=f"0990000000{revision}",
    )


DISPUTE = Dispute(
    id="d" * 32,
    revision=1,
    personal_revision=1,
    unit_id=VILLAGE.id,
    year=2026,
    number=1,
    type="01",
    source=Source.OWN,
)


def _received(held: Held, *records: Record) -> dict[Outcome, int]:
    made = plan(records, (), Beside(lambda kind, id_: held.get((kind, id_))))
    held.update({(kind_of(record), record.id): record for record in made.adopted()})
    return {outcome: count for outcome, count in made.counts().items() if count}


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=4))
def test_any_order_of_packages_ends_in_the_same_records(sent: list[tuple[int, bool]]) -> None:
    copies = [_party(revision) if full else masked(_party(revision)) for revision, full in sent]
    ends = set()
    for order in permutations(copies):
        held: Held = {("dispute", DISPUTE.id): DISPUTE}
        for copy in (*order, order[0]):
            _received(held, copy)
        ends.add(held["party", "p" * 32])
    assert len(ends) == 1
    (end,) = ends
    assert isinstance(end, Party)
    newest = max(revision for revision, _ in sent)
    full = max((revision for revision, full in sent if full), default=0)
    assert (end.revision, end.position) == (newest, newest)
    assert (end.personal_revision, end.name) == (full, f"张三{full}" if full else "张某某")


def test_every_outcome_is_told() -> None:
    held: Held = {("dispute", DISPUTE.id): DISPUTE}
    assert _received(held, _party(2)) == {Outcome.ADDED: 1}
    assert _received(held, _party(2)) == {Outcome.UNCHANGED: 1}
    assert _received(held, masked(_party(2))) == {Outcome.UNCHANGED: 1}
    assert _received(held, _party(1)) == {Outcome.OLDER: 1}
    assert _received(held, masked(_party(3))) == {Outcome.UPDATED: 1}
    assert held["party", "p" * 32] == replace(
        _party(3), personal_revision=2, name="张三2", phone="09900000002"
    )
    clash = replace(_party(3), position=9)
    assert _received(held, clash) == {Outcome.CONFLICT: 1}
    assert held["party", "p" * 32].revision == 3
    lonely = replace(_party(1), id="q" * 32, dispute_id="x" * 32)
    assert _received(held, lonely) == {Outcome.REJECTED: 1}


def test_conflict_names_the_fields() -> None:
    step = step_for(replace(DISPUTE, people=9, place="别处"), DISPUTE)
    assert step.outcome is Outcome.CONFLICT
    assert "涉及当事人数" in step.reason
    assert "发生地点" in step.reason


def test_whole_package_is_accounted_for() -> None:
    sent = records_of(made_contents(20))
    rejected = (Rejected(9, "report", "r" * 32, "这类记录不随月报报送。"),)
    records = (*sent, sent[0])  # one of them twice
    made = plan(records, rejected, Beside(lambda *_: None))
    counts = made.counts()
    assert sum(counts.values()) == len(records) + 1
    assert counts[Outcome.ADDED] == len(sent)
    assert counts[Outcome.REJECTED] == 2
    kept: set[str] = set()
    for record in made.adopted():
        for name in ("dispute_id", "agreement_id", "party_id"):
            parent = getattr(record, name, "")
            assert not parent or parent in kept
        kept.add(record.id)
