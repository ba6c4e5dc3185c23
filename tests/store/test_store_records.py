"""Every record comes back as it was kept; tables, migrations and records agree."""

import json
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from any_records import records_of
from builders import a_case, a_dispute, a_party, a_unit, an_agreement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.schema_diff import diff_models

from mediation_desk.domain.allowance import Claim
from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.fields import Form, describe
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import KINDS, from_plain, kind_of
from mediation_desk.domain.reporting import Report
from mediation_desk.store.connection import NotAllowed
from mediation_desk.store.links import POINTS_TO
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.tables import models
from mediation_desk.store.upgrading import database

_PARENTS: dict[str, Record] = {
    "unit": a_unit(),
    "dispute": a_dispute(id="dispute"),
    "party": a_party("dispute", PartyRole.APPLICANT, id="party"),
    "agreement": an_agreement("dispute", id="agreement"),
    "screening": Screening(
        id="screening", unit_id=a_unit().id, screened_on=a_dispute().intake_on, area="3组"
    ),
    "report": Report(
        id="report",
        unit_id=a_unit().id,
        title="统计表",
        period_from=a_dispute().intake_on,
        period_to=a_dispute().intake_on,
        calibre="{}",
        figures="{}",
        cases="[]",
        digest="",
    ),
    "claim": Claim(
        id="claim", unit_id=a_unit().id, year=2026, quarter=3, made_on=a_dispute().intake_on
    ),
}
_numbers = count(2)


def _strategy(kind: str) -> st.SearchStrategy[Record]:
    parents = POINTS_TO.get(kind, {})
    fixed = {name: st.just(_PARENTS[parent].id) for name, parent in parents.items()}
    if kind == "dispute":
        fixed["year"] = st.integers(0, 10_000)
    return records_of(kind, **fixed)


def _new(record: Record, **changes: Any) -> Record:
    numbered = {"number": next(_numbers)} if kind_of(record) == "dispute" else {}
    return replace(record, id=new_id(), revision=0, **numbered, **changes)


def _with_parents(register: Register) -> None:
    with register.change("陶素芬", "之前") as change:
        wanted = _PARENTS.items()
        change.adopt(parent for kind, parent in wanted if not register.get(kind, parent.id))


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_record_comes_back_as_it_was_kept(
    register: Register, kind: str, data: st.DataObject
) -> None:
    with register.change("陶素芬", "之前") as change:
        change.adopt(
            parent for name, parent in _PARENTS.items() if not register.get(name, parent.id)
        )
    record = replace(data.draw(_strategy(kind)), id=new_id(), revision=0)
    if kind == "dispute":
        record = replace(record, number=next(_numbers))
    with register.change("陶素芬", "登记") as change:
        kept = change.keep(record)
    assert kept == replace(record, revision=1, personal_revision=1)
    assert register.get(kind, record.id) == kept
    assert kept in register.all(kind)
    assert register.some(kind, [record.id, "nobody"]) == [kept]
    line = register.history(kind, record.id)[-1]
    assert from_plain(kind, json.loads(line.values)) == kept


def test_records_can_be_asked_for_by_their_columns(register: Register) -> None:
    cases = [a_case(number=number, type=type_) for number, type_ in ((1, "02"), (2, "07"))]
    with register.change("陶素芬", "登记") as change:
        change.adopt(record for case in cases for record in case.records())
    first, second = cases
    assert register.all("dispute", type="07") == [second.dispute]
    assert set(register.all("party", dispute_id=first.dispute.id)) == set(first.parties)
    assert register.all("party", dispute_id=first.dispute.id, name="秦德珍") == [first.parties[0]]
    assert register.case(first.dispute.id) == first
    assert register.case("nobody") is None


def test_the_dump_holds_every_record_once_in_the_order_of_kind_and_id(register: Register) -> None:
    case = a_case()
    with register.change("陶素芬", "登记") as change:
        change.adopt(case.records())
    lines = [json.loads(line) for line in register.dump()]
    dumped = [from_plain(line["kind"], line["values"]) for line in lines]
    assert {record for record in dumped if kind_of(record) not in {"unit", "mediator"}} == set(
        case.records()
    )
    keys = [(list(KINDS).index(line["kind"]), line["values"]["id"]) for line in lines]
    assert keys == sorted(set(keys))


def test_tables_after_all_migrations_are_those_the_records_describe(
    folder: Path, key: bytes
) -> None:
    made = models()
    migrated = database(folder / FILE, key)
    with migrated.connection_context(), migrated.bind_ctx(list(made.values())):
        difference = diff_models(migrated, list(made.values()))
    assert not difference, difference


def test_no_record_does_more_than_hold_its_fields() -> None:
    # Rows become records without their `__init__`, for speed.
    assert not [kind for kind, record in KINDS.items() if hasattr(record, "__post_init__")]


def test_every_column_is_a_field_and_every_field_a_column(register: Register) -> None:
    tables = {
        row[0]: {column[1] for column in register._sql.rows(f'PRAGMA table_info("{row[0]}")')}
        for row in register._sql.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    for kind, record in KINDS.items():
        described = {entry.name for entry in describe(record)}
        columns = tables[kind] | (tables["dispute_text"] if kind == "dispute" else set())
        # Both are made of the record and its parties, not kept with them.
        assert columns - {"row", "name_key"} == described, kind
    long = {entry.name for entry in describe(KINDS["dispute"]) if entry.form is Form.LONG_TEXT}
    assert tables["dispute_text"] == {"id", *long}


@pytest.mark.parametrize("kind", POINTS_TO)
@settings(
    max_examples=2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_record_cannot_hang_on_nothing(
    register: Register, kind: str, data: st.DataObject
) -> None:
    _with_parents(register)
    for name in POINTS_TO[kind]:
        orphan = _new(data.draw(_strategy(kind)), **{name: "nobody"})
        before = list(register.dump())
        with pytest.raises(NotAllowed), register.change("陶素芬", "登记") as change:
            change.adopt([orphan])
        assert list(register.dump()) == before


def test_what_cannot_be_stored_is_told_and_leaves_nothing(register: Register) -> None:
    before = list(register.dump())
    for wrong in (a_dispute(people=2**63), a_dispute(place="\ud800")):
        with (
            pytest.raises(NotAllowed, match="登记簿拒绝了这条记录"),
            register.change("陶素芬", "登记") as change,
        ):
            change.keep(wrong)
    assert list(register.dump()) == before


def test_settings_types_and_units_are_seen_as_soon_as_they_change(folder: Path, key: bytes) -> None:
    with open_with_key(folder, key) as register:
        assert register.settings.group_threshold == 5
        register.keep_settings(replace(register.settings, group_threshold=10))
        assert register.settings.group_threshold == 10
        before = len(register.units())
        with register.change("陶素芬", "登记") as change:
            change.keep(a_unit(id="other", code="500230124201"))
            assert len(register.units()) == before + 1
        assert len(register.units()) == before + 1
        with suppress(KeyboardInterrupt), register.change("陶素芬", "登记") as change:
            change.keep(a_unit(id="third", code="500230124202"))
            assert len(register.units()) == before + 2
            raise KeyboardInterrupt
        assert len(register.units()) == before + 1
    with open_with_key(folder, key) as register:
        assert register.settings.group_threshold == 10
