"""No masked record leaks a personal value."""

import pytest
from any_records import records_of
from builders import a_case
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.fields import Form, Mask, describe
from mediation_desk.domain.masks import (
    COMPOUND_SURNAMES,
    masked,
    masked_identity,
    masked_name,
    masked_phone,
)
from mediation_desk.domain.records import KINDS, canonical, to_plain

PERSONAL_KINDS = sorted(
    kind for kind, record in KINDS.items() if any(entry.personal for entry in describe(record))
)
# Long enough to be told apart, of characters that stand in no mask and no other value.
SECRETS = st.text("甲乙丙丁戊己庚辛壬癸", min_size=11, max_size=18)


def with_secrets(kind):
    secret = {
        entry.name: SECRETS
        for entry in describe(KINDS[kind])
        if entry.personal and entry.form in {Form.TEXT, Form.LONG_TEXT}
    }
    return records_of(kind, **secret)


@given(st.sampled_from(PERSONAL_KINDS).flatmap(with_secrets))
def test_a_masked_record_holds_no_personal_value(record):
    hidden = masked(record)
    personal = [entry for entry in describe(type(record)) if entry.personal]
    shown = "\n".join(str(getattr(hidden, entry.name)) for entry in personal)
    for entry in personal:
        value = getattr(record, entry.name)
        if isinstance(value, str):
            assert value not in shown
        if entry.personal is Mask.WITHHELD:
            assert not getattr(hidden, entry.name)


@given(st.sampled_from(PERSONAL_KINDS).flatmap(with_secrets))
def test_masking_twice_is_masking_once_and_touches_nothing_else(record):
    once = masked(record)
    assert once.personal_revision == 0
    assert masked(once).id == record.id
    for entry in describe(type(record)):
        if not entry.personal and entry.name != "personal_revision":
            assert getattr(once, entry.name) == getattr(record, entry.name)


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_numbers_keep_their_length_and_hide_their_middle(number):
    for mask, shown in ((masked_identity, 10), (masked_phone, 7)):
        hidden = mask(number)
        assert len(hidden) == len(number)
        assert hidden.count("*") == (len(number) - shown if len(number) > shown else len(number))


@given(st.text(min_size=2, max_size=20))
def test_a_name_never_stays_whole(name):
    assert masked_name(name) != name or set(name[1:]) <= {"某"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("秦德珍", "秦某某"), ("欧阳明", "欧阳某"), ("欧阳", "欧某"), ("", ""), ("单", "单某")],
)
def test_names_keep_their_surname(name, shown):
    assert masked_name(name) == shown


def test_compound_surnames_have_two_characters():
    assert {len(surname) for surname in COMPOUND_SURNAMES} == {2}


def test_a_masked_case_shows_no_party():
    case = a_case()
    text = "".join(canonical(to_plain(masked(record))) for record in case.records())
    for party in case.parties:
        for value in (party.name, party.id_number, party.phone, party.address):
            assert value not in text
