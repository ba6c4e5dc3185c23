"""What early warning needs: notices, urgent reports, and by when a level wants its handling."""

from peewee import *


def up(migrator, db):
    db.execute_sql('ALTER TABLE "risk" ADD COLUMN "due_by" TEXT NOT NULL DEFAULT \'\'')

    class Dispute(Model):
        row = IntegerField(primary_key=True)
        id = TextField(unique=True)

        class Meta:
            database = db
            table_name = "dispute"

    class Notice(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(
            Dispute, column_name="dispute_id", field="id", on_delete="RESTRICT", backref="+"
        )
        desk_id = TextField()
        rule = TextField()
        raised_on = TextField()
        raised_by = TextField()
        reason = TextField()
        evidence = TextField()
        suggested = TextField(null=True)
        state = TextField()
        level = TextField(null=True)
        decided_on = TextField(null=True)
        decided_by = TextField()
        decision = TextField()
        disposed_on = TextField(null=True)
        disposed_by = TextField()
        disposal = TextField()
        instructed_on = TextField(null=True)
        instructed_by = TextField()
        instruction = TextField()

        class Meta:
            database = db
            table_name = "warning"

    class UrgentReport(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(
            Dispute, column_name="dispute_id", field="id", on_delete="RESTRICT", backref="+"
        )
        reported_on = TextField()
        time = TextField()
        body_kind = TextField()
        body = TextField()
        manner = TextField()
        reporter = TextField()
        content = TextField()
        answered_on = TextField(null=True)
        answer = TextField()

        class Meta:
            database = db
            table_name = "urgent_report"

    db.create_tables([Notice, UrgentReport])
    db.execute_sql('CREATE INDEX "warning_state" ON "warning" ("state")')
