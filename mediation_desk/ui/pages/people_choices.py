"""Whom a form offers to choose from: the committee's mediators and the unit's legal advisers."""

from collections.abc import Collection, Sequence
from typing import cast

from mediation_desk.desk import recording
from mediation_desk.domain.organisation import Adviser, Mediator
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.workplace import Workplace

_People = Sequence[Mediator | Adviser]


def _with_those_named(
    workplace: Workplace, kind: str, own: _People, named: Collection[str]
) -> Choices:
    known = {entry.id for entry in own}
    others = workplace.register.some(kind, [entry for entry in named if entry not in known])
    return [(entry.id, entry.name) for entry in (*own, *cast(_People, others))]


def mediator_choices(workplace: Workplace, named: Collection[str]) -> Choices:
    """The committee's mediators, and those already named who no longer belong to it."""
    own = recording.own_mediators(workplace.register)
    return _with_those_named(workplace, "mediator", own, named)


def adviser_choices(workplace: Workplace, named: Collection[str]) -> Choices:
    """The unit's legal advisers, and those already named who no longer belong to it."""
    own = recording.own_advisers(workplace.register)
    return _with_those_named(workplace, "adviser", own, named)
