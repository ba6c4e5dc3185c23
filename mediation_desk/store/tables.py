"""The tables as peewee models, built from the records: a field described is a column here."""

from typing import Any

import peewee

from mediation_desk.domain.fields import Field, Form, describe
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.store.links import POINTS_TO
from mediation_desk.store.rows import SIDE_TABLE, in_side_table

# The door sees that no committee gives a number twice in a year (domain.md §2.14); that is no
# constraint, because an office must be able to receive what two villages' laptops numbered alike.
_INDEXES: dict[str, list[tuple[tuple[str, ...], bool]]] = {
    "dispute": [
        (("unit_id", "year", "number"), False),
        (("unit_id", "row"), False),
        (("type", "row"), False),
        (("status", "row"), False),
        (("outcome", "row"), False),
        (("intake_on", "closed_on"), False),
        (("closed_on",), False),
        (("unit_id", "closed_on"), False),
        (("year", "number"), False),
        (("name_key", "row"), False),
        (("unit_id", "name_key", "row"), False),
    ],
    "party": [(("name", "id_number"), False)],
    "promise": [(("kept_on", "due_on"), False)],
    "referral": [(("answered_on", "answer_due_on"), False)],
    "agreement": [
        (("dispute_id", "void_reason", "agreed_on", "id", "form", "amount_fen"), False),
    ],
    "session": [(("dispute_id", "kind", "void_reason"), False)],
    "act": [(("undoes",), False)],
    "change": [(("kind", "record_id", "sequence"), False), (("act",), False)],
    "package": [(("digest",), False)],
    "proposal": [(("state", "unit_id"), False), (("about_id",), False)],
    "receipt": [(("package_id",), False)],
    "accepted_findings": [(("package_id",), False)],
    "claim": [(("unit_id", "year", "quarter"), False)],
    "warning": [(("state",), False)],
    "log_entry": [(("at",), False)],
}
_INTEGER = {Form.WHOLE, Form.MONEY, Form.YES_NO}

Models = dict[str, type[peewee.Model]]


def _id(model: type[peewee.Model]) -> Any:
    return getattr(model, "id")  # noqa: B009


def _column(kind: str, entry: Field, made: Models) -> peewee.Field:
    target = POINTS_TO.get(kind, {}).get(entry.name)
    if target is not None:
        parent = made[target]
        return peewee.ForeignKeyField(
            parent, field=_id(parent), column_name=entry.name, on_delete="RESTRICT", backref="+",
            # Every index costs a page for each record that comes; one that begins so will do.
            index=all(columns[0] != entry.name for columns, _ in _INDEXES.get(kind, [])),
        )  # fmt: skip
    if entry.name == "id":
        return (
            peewee.TextField(unique=True)
            if kind == "dispute"
            else peewee.TextField(primary_key=True)
        )
    whole = entry.form in _INTEGER
    if entry.optional:
        return peewee.IntegerField(null=True) if whole else peewee.TextField(null=True)
    return peewee.IntegerField() if whole else peewee.TextField()


def _model(name: str, columns: dict[str, peewee.Field]) -> type[peewee.Model]:
    meta = type("Meta", (), {"table_name": name, "indexes": _INDEXES.get(name, [])})
    title = "".join(part.title() for part in name.split("_"))
    return type(title, (peewee.Model,), {"Meta": meta, **columns})


def _of_record(kind: str, record: type[Record], made: Models) -> None:
    columns: dict[str, peewee.Field] = {}
    beside: dict[str, peewee.Field] = {}
    if kind == "dispute":
        columns["row"] = peewee.IntegerField(primary_key=True)
        # Where the name stands in pinyin order; made with the search index, no part of the record.
        columns["name_key"] = peewee.TextField()
    for entry in describe(record):
        where = beside if in_side_table(kind, entry) else columns
        where[entry.name] = _column(kind, entry, made)
    made[kind] = _model(kind, columns)
    if beside:
        owner = peewee.ForeignKeyField(
            made[kind], field=_id(made[kind]), column_name="id", primary_key=True,
            on_delete="CASCADE", backref="+",
        )  # fmt: skip
        made[SIDE_TABLE[kind]] = _model(SIDE_TABLE[kind], {"id": owner, **beside})


def models() -> Models:
    """All tables of a register by name."""
    made: Models = {}
    for kind, record in KINDS.items():
        _of_record(kind, record, made)
    # Of what a mask leaves of a number, or in part; peewee knows such an index by its name alone.
    for name in ("party_seen_of_number", "party_masked_number", "party_short_number"):
        made["party"].add_index(peewee.Index(name, made["party"], [peewee.SQL("id_number")]))
    text, number = peewee.TextField, peewee.IntegerField
    made["act"] = _model(
        "act",
        {
            "number": number(primary_key=True), "id": text(), "kind": text(), "actor": text(),
            "reason": text(), "at": text(), "undoes": number(null=True),
        },
    )  # fmt: skip
    made["change"] = _model(
        "change",
        {
            "sequence": number(primary_key=True),
            "act": peewee.ForeignKeyField(
                made["act"], column_name="act", on_delete="RESTRICT",
                backref="+",
            ),
            "kind": text(), "record_id": text(), "revision": number(), "content": text(),
            "hash_before": text(), "hash": text(), "lineage": text(),
        },
    )  # fmt: skip
    made["draft"] = _model(
        "draft",
        {
            "id": text(primary_key=True), "place": text(), "about": text(), "title": text(),
            "stopped_at": text(), "typed": text(), "at": text(),
        },
    )  # fmt: skip
    made["setting"] = _model("setting", {"name": text(primary_key=True), "content": text()})
    made["attachment_bytes"] = _model(
        "attachment_bytes", {"sha256": text(primary_key=True), "content": peewee.BlobField()}
    )
    return made
