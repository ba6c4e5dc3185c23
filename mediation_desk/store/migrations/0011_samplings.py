"""Which files an office drew to look through."""

from peewee import *


def up(migrator, db):
    class Sampling(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        period_from = TextField()
        period_to = TextField()
        unit_ids = TextField()
        size = TextField()
        seed = TextField()
        among = IntegerField()
        dispute_ids = TextField()
        passed_ids = TextField()
        drawn_on = TextField()
        drawn_by = TextField()

        class Meta:
            database = db
            table_name = "sampling"

    db.create_tables([Sampling])
