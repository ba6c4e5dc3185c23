"""What was found in a received file and accepted with a remark."""

from peewee import *


def up(migrator, db):
    class Unit(Model):
        id = TextField(primary_key=True)

        class Meta:
            database = db
            table_name = "unit"

    class AcceptedFindings(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, column_name="unit_id", on_delete="RESTRICT", backref="+")
        package_id = TextField()
        findings = TextField()
        remark = TextField()
        accepted_on = TextField()
        accepted_by = TextField()

        class Meta:
            database = db
            table_name = "accepted_findings"
            indexes = ((("package_id",), False),)

    db.create_tables([AcceptedFindings])
