"""Every record survives its plain form, and nothing else becomes a record."""

import json

import pytest
from any_records import ANY_RECORD
from builders import a_case, a_dispute, a_unit
from hypothesis import given

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.records import KINDS, canonical, from_plain, kind_of, to_plain


@given(ANY_RECORD)
def test_a_record_comes_back_from_its_plain_form_through_json(record):
    text = json.dumps(to_plain(record))
    assert from_plain(kind_of(record), json.loads(text)) == record


@given(ANY_RECORD)
def test_the_canonical_text_does_not_depend_on_the_order_of_values(record):
    plain = to_plain(record)
    turned = dict(reversed(plain.items()))
    assert canonical(turned) == canonical(plain)
    assert json.loads(canonical(plain)) == plain


def test_every_record_of_a_case_has_a_kind():
    kinds = {kind_of(record) for record in a_case().records()}
    assert kinds == {"dispute", "party", "session", "agreement", "promise"}


def test_an_unknown_name_is_refused_and_named():
    plain = to_plain(a_unit()) | {"colour": "red"}
    with pytest.raises(DeskError, match="colour"):
        from_plain("unit", plain)


def test_a_missing_name_is_refused():
    plain = to_plain(a_unit())
    del plain["code"]
    with pytest.raises(DeskError, match="缺少"):
        from_plain("unit", plain)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("people", "2"),
        ("people", True),
        ("people", None),
        ("type", 2),
        ("complex", 1),
        ("intake_on", "2026-02-30"),
        ("source", "12"),
        ("mediator_ids", "m1"),
        ("mediator_ids", [1]),
    ],
)
def test_a_value_of_another_form_is_refused_with_its_field(name, value):
    plain = to_plain(a_dispute()) | {name: value}
    with pytest.raises(DeskError, match=name):
        from_plain("dispute", plain)


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(DeskError, match="ghost"):
        from_plain("ghost", {})


def test_kinds_are_told_apart():
    assert len(set(KINDS.values())) == len(KINDS)
