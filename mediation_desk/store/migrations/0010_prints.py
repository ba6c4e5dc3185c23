"""What was printed of a case."""

from peewee import *


def up(migrator, db):
    class Dispute(Model):
        id = TextField(primary_key=True)

        class Meta:
            database = db
            table_name = "dispute"

    class Print(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(
            Dispute, column_name="dispute_id", on_delete="RESTRICT", backref="+"
        )
        number = IntegerField()
        title = TextField()
        way = TextField()
        pages = IntegerField()
        printed_on = TextField()
        time = TextField()
        printed_by = TextField()
        papers = TextField()
        digest = TextField()

        class Meta:
            database = db
            table_name = "print"

    db.create_tables([Print])
