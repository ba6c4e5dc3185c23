"""What a frozen report tells of itself, and what was done with it."""

from peewee import *

_ADDED = (
    ("report", "number", "INTEGER NOT NULL DEFAULT 0"),
    ("report", "table", "TEXT NOT NULL DEFAULT ''"),
    ("report", "frozen_on", "TEXT"),
    ("report", "frozen_by", "TEXT NOT NULL DEFAULT ''"),
    ("report", "sequence", "INTEGER NOT NULL DEFAULT 0"),
    ("report", "settings", "TEXT NOT NULL DEFAULT ''"),
)


def up(migrator, db):
    for table, column, kind in _ADDED:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')

    class Report(Model):
        id = TextField(primary_key=True)

        class Meta:
            database = db
            table_name = "report"

    class ReportUse(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        report_id = ForeignKeyField(
            Report, column_name="report_id", on_delete="RESTRICT", backref="+"
        )
        what = TextField()
        done_on = TextField()
        done_by = TextField()
        receiver = TextField()

        class Meta:
            database = db
            table_name = "report_use"

    db.create_tables([ReportUse])
