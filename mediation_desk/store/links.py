"""Which records hang on which: the foreign keys of the tables, and what undoing must respect."""

# Which columns point to which table; a row that others point to cannot be taken away.
POINTS_TO = {
    "mediator": {"unit_id": "unit"},
    "adviser": {"unit_id": "unit"},
    "dispute": {"unit_id": "unit"},
    "party": {"dispute_id": "dispute"},
    "agent": {"dispute_id": "dispute", "party_id": "party"},
    "session": {"dispute_id": "dispute"},
    "agreement": {"dispute_id": "dispute"},
    "promise": {"dispute_id": "dispute", "agreement_id": "agreement"},
    "referral": {"dispute_id": "dispute"},
    "risk": {"dispute_id": "dispute"},
    "attachment": {"dispute_id": "dispute"},
    "return": {"unit_id": "unit", "dispute_id": "dispute"},
    "prevention": {"unit_id": "unit"},
    "screening": {"unit_id": "unit"},
    "finding": {"unit_id": "unit", "screening_id": "screening"},
    "publicity": {"unit_id": "unit"},
    "legal_aid": {"unit_id": "unit"},
    "consultation": {"unit_id": "unit"},
    "package": {"unit_id": "unit"},
    "report": {"unit_id": "unit"},
}
