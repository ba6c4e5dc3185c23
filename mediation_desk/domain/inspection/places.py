"""Where in a file a finding is: the record and the field that is to be mended."""

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.record import Record


def place_of(file: CaseFile, field: str) -> tuple[Record, str]:
    """The record that `Problem.field` points to, and the field in it.

    Where something is missing altogether there is no such record yet: then it is the dispute, and
    the field names what is missing, such as sessions.
    """
    part, _, rest = field.partition(".")
    if part == "agreement" and file.agreement is not None and rest:
        return file.agreement, rest
    number, _, name = rest.partition(".")
    if number.isdecimal():
        record: Record = getattr(file, part)[int(number)]
        return record, name
    return file.dispute, part
