"""What somebody has begun to type, kept as typed until it is saved or given up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished form. It is no record yet: it has no history and may be thrown away.

    `place` names the form, `about` is the id of the record it belongs to (empty for a new one),
    `title` is what the list of drafts calls it, `stopped_at` the label of the field last written
    in, `typed` the form's own text of its content, `at` the moment in ISO format.
    """

    id: str
    place: str
    about: str
    title: str
    stopped_at: str
    typed: str
    at: str
