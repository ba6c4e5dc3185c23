"""Fewer pages to write for every record, and masked numbers found without reading whole ones."""


def up(migrator, db):
    # Other indexes begin with the same column and serve as well.
    for name in ("dispute_unit_id", "agreement_dispute_id", "session_dispute_id", "claim_unit_id"):
        db.execute_sql(f'DROP INDEX "{name}"')
    db.execute_sql(
        'CREATE INDEX "party_masked_number" ON "party" '
        "(substr(id_number, 1, 6) || substr(id_number, -4)) WHERE length(id_number) > 10 "
        "AND (instr(id_number, '某') OR instr(id_number, '*') OR instr(id_number, '×') "
        "OR instr(id_number, '＊'))"
    )


def down(migrator, db):
    raise NotImplementedError("a register is never taken back to an older program")
