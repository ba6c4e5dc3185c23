"""Random records of every kind, built from their descriptions alone."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from mediation_desk.domain.fields import Field, Form, describe
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_NUMBERS = st.integers(0, 10**12)
_BY_FORM: dict[Form, st.SearchStrategy[Any]] = {
    Form.TEXT: TEXTS,
    Form.LONG_TEXT: TEXTS,
    Form.WHOLE: _NUMBERS,
    Form.MONEY: _NUMBERS,
    Form.DAY: st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    Form.YES_NO: st.booleans(),
    Form.LIST: st.lists(TEXTS, max_size=3).map(tuple),
}


def values_of(entry: Field) -> st.SearchStrategy[Any]:
    values = st.sampled_from(list(entry.codes)) if entry.codes else _BY_FORM[entry.form]
    return st.none() | values if entry.optional else values


def records_of(kind: str, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Record]:
    values = {entry.name: values_of(entry) for entry in describe(KINDS[kind])}
    return st.builds(KINDS[kind], **(values | fixed))


ANY_RECORD = st.sampled_from(sorted(KINDS)).flatmap(records_of)
