"""What the recording desk needs: legal aid, counsel, drafts apart from the history."""

from peewee import *

_ADDED = (
    ("dispute", "refusal", "TEXT"),
    ("dispute", "extended_to", "TEXT"),
    ("dispute", "informed_on", "TEXT"),
    ("dispute", "filed_by", "TEXT NOT NULL DEFAULT ''"),
    ("dispute", "reviewed_by", "TEXT NOT NULL DEFAULT ''"),
    ("dispute", "remark", "TEXT NOT NULL DEFAULT ''"),
    ("dispute", "name_key", "TEXT NOT NULL DEFAULT ''"),
    ("dispute_text", "file_note", "TEXT NOT NULL DEFAULT ''"),
    ("party", "postcode", "TEXT NOT NULL DEFAULT ''"),
    ("session", "adviser_ids", "TEXT NOT NULL DEFAULT '[]'"),
    ("referral", "petition_split", "TEXT"),
    ("referral", "delegation", "TEXT"),
    ("referral", "received_on", "TEXT"),
    ("risk", "position", "INTEGER NOT NULL DEFAULT 0"),
    ("attachment", "kind", "TEXT NOT NULL DEFAULT '9'"),
    ("publicity", "kind", "TEXT NOT NULL DEFAULT '1'"),
)


def up(migrator, db):
    for table, column, kind in _ADDED:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
    # Until now drafts were records with a history, and no form wrote any.
    db.execute_sql('DROP TABLE "draft"')

    class Draft(Model):
        id = TextField(primary_key=True)
        place = TextField()
        about = TextField()
        title = TextField()
        stopped_at = TextField()
        typed = TextField()
        at = TextField()

        class Meta:
            database = db
            table_name = "draft"

    class Unit(Model):
        id = TextField(primary_key=True)

        class Meta:
            database = db
            table_name = "unit"

    class LegalAid(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        dispute_id = TextField()
        applicant = TextField()
        matter = TextField()
        helped_on = TextField()
        state = TextField()
        body = TextField()
        applied_on = TextField(null=True)
        accepted_on = TextField(null=True)
        answer_due_on = TextField(null=True)
        answered_on = TextField(null=True)
        lawyer = TextField()
        answer = TextField()

        class Meta:
            database = db
            table_name = "legal_aid"

    class Consultation(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        adviser_id = TextField()
        dispute_id = TextField()
        held_on = TextField()
        form = TextField()
        person = TextField()
        matter = TextField()
        advice = TextField()

        class Meta:
            database = db
            table_name = "consultation"

    class Dispute(Model):
        row = IntegerField(primary_key=True)
        id = TextField(unique=True)

        class Meta:
            database = db
            table_name = "dispute"

    class Return(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        dispute_id = ForeignKeyField(Dispute, field="id", on_delete="RESTRICT")
        words = TextField()
        returned_on = TextField()
        returned_by = TextField()
        mended_on = TextField(null=True)
        mended_by = TextField()
        answer = TextField()

        class Meta:
            database = db
            table_name = "return"

    db.create_tables([Draft, LegalAid, Consultation, Return])
    for table, columns in (
        ("party", "name"),
        ("party", "id_number"),
        ("promise", "kept_on, due_on"),
        ("dispute", "unit_id, closed_on"),
        ("dispute", "year, number"),
        ("dispute", "name_key, row DESC"),
        ("dispute", "unit_id, name_key, row DESC"),
        ("referral", "answered_on, answer_due_on"),
    ):
        name = f"{table}_{columns.removesuffix(' DESC').replace(', ', '_')}"
        db.execute_sql(f'CREATE INDEX "{name}" ON "{table}" ({columns})')
