"""Who works at the desk, and the log of what changes no case."""

from peewee import *


def up(migrator, db):
    class DeskPerson(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        name = TextField()
        access = TextField()

        class Meta:
            database = db
            table_name = "desk_person"

    class LogEntry(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        what = TextField()
        at = TextField()
        by = TextField()
        told = TextField()
        about_kind = TextField()
        about_id = TextField()
        about_field = TextField()

        class Meta:
            database = db
            table_name = "log_entry"
            indexes = ((("at",), False),)

    db.create_tables([DeskPerson, LogEntry])
