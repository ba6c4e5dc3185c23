"""Allowance per case: grades, the quarter's claims and their lines."""

from peewee import *


def up(migrator, db):
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

    class AllowanceGrade(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        name = TextField()
        position = IntegerField()
        amount_fen = IntegerField()
        difficulty = TextField(null=True)
        written_only = IntegerField()
        papers = TextField()

        class Meta:
            database = db
            table_name = "allowance_grade"

    class Claim(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        year = IntegerField()
        quarter = IntegerField()
        position = IntegerField()
        state = TextField()
        made_on = TextField()
        made_by = TextField()
        claimed_on = TextField(null=True)
        reviewed_on = TextField(null=True)
        reviewed_by = TextField()
        reported_on = TextField(null=True)
        paid_on = TextField(null=True)

        class Meta:
            database = db
            table_name = "claim"

    class ClaimLine(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        claim_id = ForeignKeyField(Claim, column_name="claim_id", on_delete="RESTRICT", backref="+")
        dispute_id = ForeignKeyField(
            Dispute, column_name="dispute_id", field="id", on_delete="RESTRICT", backref="+"
        )
        mediator_id = TextField()
        mediator = TextField()
        grade = TextField()
        amount_fen = IntegerField()
        missing = TextField()
        result = TextField()
        reason = TextField()
        checked_on = TextField(null=True)
        checked_by = TextField()
        entered_on = TextField(null=True)

        class Meta:
            database = db
            table_name = "claim_line"

    db.create_tables([AllowanceGrade, Claim, ClaimLine])
    name = "claim_unit_id_year_quarter"
    db.execute_sql(f'CREATE INDEX "{name}" ON "claim" (unit_id, year, quarter)')
