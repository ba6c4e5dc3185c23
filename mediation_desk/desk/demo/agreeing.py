"""What the parties of a demo dispute agree on, and how far they keep it."""

from datetime import date, timedelta

from mediation_desk.desk.demo.scene import Scene
from mediation_desk.desk.demo.stories import Term
from mediation_desk.domain.codes import AgreementForm, Difficulty
from mediation_desk.domain.handling import Agreement, Promise
from mediation_desk.domain.money import yuan

# Land and expropriation are agreed in writing (domain.md §4.3), and so is what takes long or much.
_WRITTEN_TYPES = ("07", "08")
_SOON_DAYS = 7
_LITTLE_FEN = 200_000

_UNKEPT = 0.04
_LATE = 0.1


def _written(scene: Scene) -> bool:
    story = scene.story
    longest = max(term.days or 0 for term in story.terms)
    return (
        story.written
        or story.confirm
        or bool(story.firm)
        or story.type in _WRITTEN_TYPES
        or story.difficulty is not Difficulty.PLAIN
        or longest > _SOON_DAYS
        or scene.amount_fen > _LITTLE_FEN
    )


def _parts(scene: Scene) -> list[int]:
    """The amount split by the shares of the terms; the last share takes what rounding left."""
    parts = [scene.amount_fen * term.share // 100 for term in scene.story.terms]
    paying = [place for place, term in enumerate(scene.story.terms) if term.share]
    if paying:
        parts[paying[-1]] += scene.amount_fen - sum(parts)
    return parts


def _what(scene: Scene, term: Term, part: int) -> str:
    return scene.tell(term.what, part=yuan(part))


def _content(scene: Scene, whats: list[str]) -> str:
    said = []
    for order, (term, what) in enumerate(zip(scene.story.terms, whats, strict=True), 1):
        who = "" if term.who == "both" else scene.side(term.who).name
        said.append(f"{order}、{who}{what}")
    return "；".join(said) + "。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _manner(scene: Scene, agreed_on: date) -> str:
    terms = enumerate(scene.story.terms, 1)
    due = [
        f"第{order}项于{_day(agreed_on + timedelta(days=term.days))}前履行"
        if term.days
        else f"第{order}项当场履行"
        for order, term in terms
        if term.days is not None
    ]
    return "；".join(due) + "。"


def _kept(scene: Scene, term: Term, due: date) -> date | None:
    """The day a promise was kept, sometimes a few days late and now and then not at all."""
    drawn = scene.rng.random()
    if not term.days:
        return due
    if drawn < _UNKEPT and not scene.story.prevention:
        return None
    late = drawn < _UNKEPT + _LATE
    shift = scene.rng.randint(1, 6) if late else -scene.rng.randrange(min(term.days, 4))
    day = due + timedelta(days=shift)
    return day if day <= scene.today else None


def agreement_of(scene: Scene, agreed_on: date) -> tuple[Agreement, tuple[Promise, ...]]:
    """The agreement of `agreed_on` with its promises as far as they have been kept."""
    parts = _parts(scene)
    terms = scene.story.terms
    whats = [_what(scene, term, part) for term, part in zip(terms, parts, strict=True)]
    written = _written(scene)
    agreement = Agreement(
        id=scene.new_id("agreement"),
        dispute_id=scene.dispute_id,
        form=AgreementForm.WRITTEN if written else AgreementForm.ORAL,
        agreed_on=agreed_on,
        content=_content(scene, whats),
        manner=_manner(scene, agreed_on),
        amount_fen=scene.amount_fen if any(term.share for term in terms) else 0,
        on_the_spot=not any(term.days for term in terms),
        copies=len(scene.parties) + 1,
        parties_signed_on=agreed_on if written else None,
        mediator_signed_on=agreed_on,
        sealed_on=agreed_on,
    )
    promises = [
        _promise(scene, agreement, order, (term, what, part))
        for order, (term, what, part) in enumerate(zip(terms, whats, parts, strict=True), 1)
        if term.days is not None
    ]
    return agreement, tuple(promises)


def _promise(
    scene: Scene, agreement: Agreement, order: int, told: tuple[Term, str, int]
) -> Promise:
    term, what, part = told
    due = agreement.agreed_on + timedelta(days=term.days or 0)
    kept_on = _kept(scene, term, due)
    return Promise(
        id=scene.new_id("promise", order),
        dispute_id=scene.dispute_id,
        agreement_id=agreement.id,
        position=order,
        party_id="" if term.who == "both" else scene.side(term.who).id,
        what=what,
        amount_fen=part,
        due_on=due,
        kept_on=kept_on,
        kept_fen=part if kept_on else 0,
    )
