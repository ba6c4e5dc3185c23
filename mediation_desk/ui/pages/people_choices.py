"""Whom a form offers to choose from: the committee's mediators and the unit's legal advisers."""

from collections.abc import Collection

from mediation_desk.desk import recording
from mediation_desk.domain.organisation import Adviser, Mediator
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.workplace import Workplace


def mediator_choices(workplace: Workplace, chosen: Collection[str]) -> Choices:
    """The committee's mediators, and those already named who no longer belong to it."""
    register = workplace.register
    own = recording.own_mediators(register)
    known = {entry.id for entry in own}
    others = register.some("mediator", [entry for entry in chosen if entry not in known])
    people = [*own, *(entry for entry in others if isinstance(entry, Mediator))]
    return [(entry.id, entry.name) for entry in people]


def adviser_choices(workplace: Workplace, chosen: Collection[str]) -> Choices:
    """The unit's legal advisers, and those already named who no longer belong to it."""
    register = workplace.register
    own = recording.own_advisers(register)
    known = {entry.id for entry in own}
    others = register.some("adviser", [entry for entry in chosen if entry not in known])
    people = [*own, *(entry for entry in others if isinstance(entry, Adviser))]
    return [(entry.id, entry.name) for entry in people]
