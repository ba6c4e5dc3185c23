"""Indexes that alone answer what the statistics ask of agreements and of visits."""


def up(migrator, db):
    # The last of several agreements is found by its day; until now the row itself had to be read.
    db.execute_sql('DROP INDEX "agreement_dispute_id_void_reason_form_amount_fen"')
    for table, columns in (
        ("agreement", "dispute_id, void_reason, agreed_on, id, form, amount_fen"),
        ("session", "dispute_id, kind, void_reason"),
    ):
        name = f"{table}_{columns.replace(', ', '_')}"
        db.execute_sql(f'CREATE INDEX "{name}" ON "{table}" ({columns})')
