"""Where the fields of an oral settlement stand on their one screen, wide, middle and narrow."""

from collections.abc import Mapping

from mediation_desk.desk.quick import OralSettlement
from mediation_desk.domain.codes import PreventionKind
from mediation_desk.store.register import Register
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.fitting import FittingForm
from mediation_desk.ui.pages.people_choices import mediator_choices
from mediation_desk.ui.record_form import Place
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

PREVENTED = ("cases", "persons", "prevention_reason")

_WIDE = {
    "type": 3, "source": 3, "day": 2, "mediator_id": 2, "place": 2,
    "facts": 12, "content": 12,
    "amount_fen": 2, "performing": 2, "due_on": 2, "people": 1, "prevented": 3, "complex": 2,
    "cases": 2, "persons": 2, "prevention_reason": 8, "complex_reason": 12,
}  # fmt: skip
_MIDDLE = _WIDE | {
    "type": 4, "source": 5, "day": 3, "mediator_id": 4, "place": 8,
    "amount_fen": 3, "performing": 3, "due_on": 3, "people": 3, "prevented": 8, "complex": 4,
    "cases": 3, "persons": 3, "prevention_reason": 6,
}  # fmt: skip
# The grid doubles these.
_NARROW = _WIDE | {
    "facts": 6, "content": 6, "people": 2, "prevented": 4,
    "prevention_reason": 6, "complex_reason": 6,
}  # fmt: skip
_FITS = ((840, _WIDE), (640, _MIDDLE), (0, _NARROW))


def _places(*, mediators: bool) -> tuple[Place, ...]:
    told = {
        "type": Place("type", required=True),
        "source": Place("source", required=True),
        "day": Place("day", required=True),
        # A committee that has entered nobody yet must still be able to write down a settlement.
        "mediator_id": Place("mediator_id", required=mediators),
        "place": Place("place", hint=tr("如 村委会")),
        "facts": Place("facts", required=True, hint=tr("时间、地点、因为什么、争的是什么")),
        "content": Place("content", required=True, hint=tr("谁、做什么、多少钱、什么时候前")),
        "due_on": Place("due_on", hint=tr("当场履行不填")),
        "prevention_reason": Place("prevention_reason", hint=tr("防止了什么、怎样防止的")),
        "complex_reason": Place("complex_reason", hint=tr("为什么疑难复杂")),
    }
    return tuple(told.get(name, Place(name)) for name in _WIDE)


def _choices(workplace: Workplace, typed: OralSettlement) -> Mapping[str, Choices]:
    register: Register = workplace.register
    types = register.types
    chosen = (typed.mediator_id,) if typed.mediator_id else ()
    kinds = [(kind.value, tr(kind.label).replace(tr("民间纠纷"), "")) for kind in PreventionKind]
    return {
        "type": [(code, types.label(code)) for code in types.codes()],
        "mediator_id": mediator_choices(workplace, chosen),
        "prevented": [("", tr("无")), *kinds],
    }


def settlement_form(workplace: Workplace, typed: OralSettlement) -> FittingForm[OralSettlement]:
    """The form for everything but the parties, showing `typed`."""
    choices = _choices(workplace, typed)
    places = _places(mediators=bool(choices["mediator_id"]))
    form = FittingForm(OralSettlement, places, _FITS, choices)
    form.show_record(typed)
    form.boxes["people"].show_value(None)
    return form
