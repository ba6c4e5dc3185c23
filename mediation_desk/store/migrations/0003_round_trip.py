"""What the round trip needs: versions in the history, receipts, questions, enrolment."""

from peewee import *

_ADDED = (
    ("change", "lineage", "TEXT NOT NULL DEFAULT ''"),
    ("package", "signer", "TEXT NOT NULL DEFAULT ''"),
    ("package", "sealed", "INTEGER NOT NULL DEFAULT 0"),
    ("package", "span", "INTEGER NOT NULL DEFAULT 1"),
    ("package", "returned", "TEXT NOT NULL DEFAULT ''"),
    ("package", "wanted", "TEXT NOT NULL DEFAULT ''"),
)


def up(migrator, db):
    for table, column, kind in _ADDED:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')

    class Unit(Model):
        id = TextField(primary_key=True)

        class Meta:
            database = db
            table_name = "unit"

    class Dispute(Model):
        row = IntegerField(primary_key=True)
        id = TextField(unique=True)

        class Meta:
            database = db
            table_name = "dispute"

    class Enrolment(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        made_on = TextField()
        made_by = TextField()
        invitation = TextField()
        key = TextField()
        enrolled_on = TextField(null=True)

        class Meta:
            database = db
            table_name = "enrolment"

    class Receipt(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        package_id = TextField()
        number = IntegerField()
        digest = TextField()
        file_name = TextField()
        received_on = TextField()
        received_by = TextField()
        added = IntegerField()
        updated = IntegerField()
        unchanged = IntegerField()
        older = IntegerField()
        conflicts = IntegerField()
        rejected = IntegerField()
        proposals = IntegerField()
        remarks = TextField()
        rows = TextField()

        class Meta:
            database = db
            table_name = "receipt"

    class Proposal(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        package_id = TextField()
        sort = TextField()
        file_name = TextField()
        place = TextField()
        dispute_id = TextField()
        about_kind = TextField()
        about_id = TextField()
        other_id = TextField()
        field_name = TextField()
        base = TextField()
        ours = TextField()
        theirs = TextField()
        theirs_version = TextField()
        state = TextField()
        decided_on = TextField(null=True)
        decided_by = TextField()
        remark = TextField()

        class Meta:
            database = db
            table_name = "proposal"

    class Handover(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(
            Dispute, column_name="dispute_id", field="id", on_delete="RESTRICT", backref="+"
        )
        from_unit_id = ForeignKeyField(
            Unit, column_name="from_unit_id", on_delete="RESTRICT", backref="+"
        )
        to_unit_id = ForeignKeyField(
            Unit, column_name="to_unit_id", on_delete="RESTRICT", backref="+"
        )
        from_year = IntegerField()
        from_number = IntegerField()
        handed_on = TextField()
        handed_by = TextField()
        reason = TextField()
        taken_on = TextField(null=True)
        taken_by = TextField()

        class Meta:
            database = db
            table_name = "handover"

    class SameCase(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        main_id = ForeignKeyField(
            Dispute, column_name="main_id", field="id", on_delete="RESTRICT", backref="+"
        )
        other_id = ForeignKeyField(
            Dispute, column_name="other_id", field="id", on_delete="RESTRICT", backref="+"
        )
        decided_on = TextField()
        decided_by = TextField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "same_case"

    class LedgerMap(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        heads = TextField()
        columns = TextField()
        answers = TextField()

        class Meta:
            database = db
            table_name = "ledger_map"

    db.create_tables([Enrolment, Receipt, Proposal, Handover, SameCase, LedgerMap])
    for table, columns in (
        ("proposal", "state, unit_id"),
        ("proposal", "about_id"),
        ("receipt", "package_id"),
    ):
        name = f"{table}_{columns.replace(', ', '_')}"
        db.execute_sql(f'CREATE INDEX "{name}" ON "{table}" ({columns})')
    # What a mask leaves of a number: by it, masked and whole numbers find each other.
    db.execute_sql(
        'CREATE INDEX "party_seen_of_number" ON "party" '
        "(substr(id_number, 1, 6) || substr(id_number, -4)) WHERE length(id_number) > 10"
    )
