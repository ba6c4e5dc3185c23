"""The first tables of a register, and its search index."""

from peewee import *


def up(migrator, db):
    class Act(Model):
        number = IntegerField(primary_key=True)
        id = TextField()
        kind = TextField()
        actor = TextField()
        reason = TextField()
        at = TextField()
        undoes = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "act"
            indexes = ((("undoes",), False),)

    db.create_tables([Act])

    class Unit(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        code = TextField()
        name = TextField()
        kind = TextField()
        committee = TextField()
        number_word = TextField()
        parent_code = TextField()
        term_from = TextField(null=True)
        term_to = TextField(null=True)

        class Meta:
            database = db
            table_name = "unit"

    db.create_tables([Unit])

    class Adviser(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        name = TextField()
        firm = TextField()
        term_from = TextField(null=True)
        term_to = TextField(null=True)
        phone = TextField()

        class Meta:
            database = db
            table_name = "adviser"

    db.create_tables([Adviser])

    class Dispute(Model):
        row = IntegerField(primary_key=True)
        id = TextField(unique=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        year = IntegerField()
        number = IntegerField()
        type = TextField()
        source = TextField()
        intake_on = TextField(null=True)
        occurred_on = TextField(null=True)
        place = TextField()
        people = IntegerField()
        claim_fen = IntegerField()
        special_groups = TextField()
        migrant_workers = IntegerField()
        difficulty = TextField()
        complex = IntegerField()
        complex_reason = TextField()
        escalation = TextField()
        mediator_ids = TextField()
        registrar = TextField()
        status = TextField()
        outcome = TextField(null=True)
        closed_on = TextField(null=True)
        termination = TextField(null=True)
        remedies_told = IntegerField()
        performance = TextField(null=True)
        performed_on = TextField(null=True)
        confirmation = TextField()
        satisfied = IntegerField(null=True)
        archive = TextField()
        archived_on = TextField(null=True)
        retention = TextField(null=True)

        class Meta:
            database = db
            table_name = "dispute"
            indexes = (
                (("unit_id", "year", "number"), False),
                (("unit_id", "row"), False),
                (("type", "row"), False),
                (("status", "row"), False),
                (("outcome", "row"), False),
                (("intake_on", "closed_on"), False),
                (("closed_on",), False),
            )

    db.create_tables([Dispute])

    class Party(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        position = IntegerField()
        role = TextField()
        kind = TextField()
        name = TextField()
        sex = TextField(null=True)
        ethnicity = TextField()
        born_on = TextField(null=True)
        id_number = TextField()
        occupation = TextField()
        phone = TextField()
        address = TextField()
        registered_address = TextField()
        representative = TextField()

        class Meta:
            database = db
            table_name = "party"

    db.create_tables([Party])

    class Agent(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        party_id = ForeignKeyField(Party, on_delete="RESTRICT")
        kind = TextField()
        name = TextField()
        id_number = TextField()
        phone = TextField()

        class Meta:
            database = db
            table_name = "agent"

    db.create_tables([Agent])

    class Agreement(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        form = TextField()
        agreed_on = TextField()
        content = TextField()
        manner = TextField()
        amount_fen = IntegerField()
        on_the_spot = IntegerField()
        copies = IntegerField()
        parties_signed_on = TextField(null=True)
        mediator_signed_on = TextField(null=True)
        sealed_on = TextField(null=True)

        class Meta:
            database = db
            table_name = "agreement"
            indexes = ((("dispute_id", "void_reason", "form", "amount_fen"), False),)

    db.create_tables([Agreement])

    class Attachment(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        name = TextField()
        media_type = TextField()
        size = IntegerField()
        sha256 = TextField()
        taken_on = TextField(null=True)

        class Meta:
            database = db
            table_name = "attachment"

    db.create_tables([Attachment])

    class AttachmentBytes(Model):
        sha256 = TextField(primary_key=True)
        content = BlobField()

        class Meta:
            database = db
            table_name = "attachment_bytes"

    db.create_tables([AttachmentBytes])

    class Change(Model):
        sequence = IntegerField(primary_key=True)
        act = ForeignKeyField(Act, column_name="act", on_delete="RESTRICT")
        kind = TextField()
        record_id = TextField()
        revision = IntegerField()
        content = TextField()
        hash_before = TextField()
        hash = TextField()

        class Meta:
            database = db
            table_name = "change"
            indexes = ((("kind", "record_id", "sequence"), False), (("act",), False))

    db.create_tables([Change])

    class DisputeText(Model):
        id = ForeignKeyField(
            Dispute, field=Dispute.id, primary_key=True, column_name="id", on_delete="CASCADE"
        )
        facts = TextField()
        requests = TextField()

        class Meta:
            database = db
            table_name = "dispute_text"

    db.create_tables([DisputeText])

    class Draft(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        place = TextField()
        about = TextField()
        typed = TextField()

        class Meta:
            database = db
            table_name = "draft"

    db.create_tables([Draft])

    class Screening(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        screened_on = TextField()
        area = TextField()
        screeners = TextField()
        found = IntegerField()
        prevented = IntegerField()
        note = TextField()

        class Meta:
            database = db
            table_name = "screening"

    db.create_tables([Screening])

    class Finding(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        screening_id = ForeignKeyField(Screening, on_delete="RESTRICT")
        matter = TextField()
        persons = TextField()
        dispute_id = TextField()

        class Meta:
            database = db
            table_name = "finding"

    db.create_tables([Finding])

    class LocalType(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        code = TextField()
        label = TextField()
        rolls_up_to = TextField()

        class Meta:
            database = db
            table_name = "local_type"

    db.create_tables([LocalType])

    class Mediator(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        name = TextField()
        sex = TextField(null=True)
        born_on = TextField(null=True)
        education = TextField()
        position = TextField()
        full_time = IntegerField()
        may_claim_allowance = IntegerField()
        term_from = TextField(null=True)
        term_to = TextField(null=True)
        phone = TextField()

        class Meta:
            database = db
            table_name = "mediator"

    db.create_tables([Mediator])

    class Package(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        number = IntegerField()
        received = IntegerField()
        period_from = TextField()
        period_to = TextField()
        made_on = TextField()
        made_by = TextField()
        digest = TextField()
        previous = TextField()
        disputes = IntegerField()
        unmasked_for = TextField()
        nil = IntegerField()
        findings = TextField()

        class Meta:
            database = db
            table_name = "package"
            indexes = ((("digest",), False),)

    db.create_tables([Package])

    class Prevention(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        dispute_id = TextField()
        prevented_on = TextField()
        kind = TextField()
        cases = IntegerField()
        persons = IntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "prevention"

    db.create_tables([Prevention])

    class Promise(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        agreement_id = ForeignKeyField(Agreement, on_delete="RESTRICT")
        position = IntegerField()
        party_id = TextField()
        what = TextField()
        amount_fen = IntegerField()
        due_on = TextField(null=True)
        kept_on = TextField(null=True)
        kept_fen = IntegerField()

        class Meta:
            database = db
            table_name = "promise"

    db.create_tables([Promise])

    class Publicity(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        held_on = TextField()
        topic = TextField()
        form = TextField()
        place = TextField()
        audience = IntegerField()
        materials = IntegerField()

        class Meta:
            database = db
            table_name = "publicity"

    db.create_tables([Publicity])

    class Referral(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        direction = TextField()
        channel = TextField()
        body = TextField()
        letter_number = TextField()
        letter_on = TextField(null=True)
        first_petition = IntegerField()
        consent_on = TextField(null=True)
        answer_due_on = TextField(null=True)
        answered_on = TextField(null=True)
        answer = TextField()

        class Meta:
            database = db
            table_name = "referral"

    db.create_tables([Referral])

    class Report(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        unit_id = ForeignKeyField(Unit, on_delete="RESTRICT")
        title = TextField()
        period_from = TextField()
        period_to = TextField()
        calibre = TextField()
        figures = TextField()
        cases = TextField()
        digest = TextField()

        class Meta:
            database = db
            table_name = "report"

    db.create_tables([Report])

    class Risk(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        assessed_on = TextField()
        level = TextField()
        reasons = TextField()
        owner = TextField()
        reported_to = TextField()
        reported_on = TextField(null=True)

        class Meta:
            database = db
            table_name = "risk"

    db.create_tables([Risk])

    class Session(Model):
        id = TextField(primary_key=True)
        revision = IntegerField()
        personal_revision = IntegerField()
        void_reason = TextField()
        dispute_id = ForeignKeyField(Dispute, field=Dispute.id, on_delete="RESTRICT")
        kind = TextField()
        held_on = TextField()
        time = TextField()
        position = IntegerField()
        place = TextField()
        participants = TextField()
        asked = TextField()
        mediator_ids = TextField()
        recorder = TextField()
        narrative = TextField()
        result = TextField(null=True)
        visit_form = TextField(null=True)

        class Meta:
            database = db
            table_name = "session"

    db.create_tables([Session])

    class Setting(Model):
        name = TextField(primary_key=True)
        content = TextField()

        class Meta:
            database = db
            table_name = "setting"

    db.create_tables([Setting])
    # Contentless: the index holds positions only, the words stay in their own tables. The prefixes
    # are those that many share: initials, years, and the place and year in an identity number.
    db.execute_sql(
        "CREATE VIRTUAL TABLE search USING fts5(body, content='', contentless_delete=1, "
        "tokenize='unicode61', prefix='2 3 4 6 8')"
    )
