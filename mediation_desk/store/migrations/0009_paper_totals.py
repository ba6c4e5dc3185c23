"""Totals of earlier years that stand on paper."""

from peewee import *


def up(migrator, db):
    class Unit(Model):
        id = TextField(primary_key=True)

        class Meta:
            database = db
            table_name = "unit"

    class PaperTotal(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        number = IntegerField()
        table = TextField()
        source = TextField()
        period_from = TextField()
        period_to = TextField()
        lines = TextField()
        findings = TextField()
        remark = TextField()
        entered_on = TextField()
        entered_by = TextField()

        class Meta:
            database = db
            table_name = "paper_total"

    db.create_tables([PaperTotal])
