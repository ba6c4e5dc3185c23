"""Of which type a row's dispute is, where it came from, and its facts."""

from typing import Any

from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.domain.codes import Source
from mediation_desk.exchange.ledgers.asking import Option
from mediation_desk.exchange.ledgers.missing import usual
from mediation_desk.exchange.ledgers.row_reading import Row
from mediation_desk.exchange.ledgers.words import Choices, choices
from mediation_desk.words import tr


def kind_of_case(row: Row, kinds: Choices) -> dict[str, Any]:
    """Type, source and facts. An unknown type is empty and asked, never counted as 其他."""
    source = row.choice("source", choices("source"))
    if source is None and not row.columns("source"):
        source = usual(row, "source", tr("台账没有写案件来源，按哪一种登记？"))
    return {
        "type": _type(row, kinds) or "",
        "source": Source.of(source) if source else Source.SPOKEN,
        "facts": _facts(row, kinds),
    }


def _type(row: Row, kinds: Choices) -> str | None:
    if row.columns("local_type") and (local := kinds.exact(row.cell("local_type"))):
        return local
    row.note(row.head("local_type"), row.text("local_type"))
    if row.columns("type") or row.ticked("type"):
        return row.choice("type", kinds)
    if bare(row.cell("cause")) and (code := kinds.exact(row.cell("cause"))):
        return code
    return _at_end(row.text("title"), kinds) or _asked(row, kinds)


def _at_end(title: str, kinds: Choices) -> str | None:
    """The type with whose name a title ends, as in 张三与李四邻里纠纷."""
    ends = {label: code for code, label in kinds.labels.items() if title.endswith(label)}
    return ends[max(ends, key=len)] if ends else None


def _asked(row: Row, kinds: Choices) -> str | None:
    """A type that no column tells is asked by the words that tell of the matter."""
    slot = next((name for name in ("cause", "title", "facts") if row.columns(name)), "type")
    words = row.text(slot)
    options = [Option(code, label) for code, label in kinds.labels.items()]
    key = f"type of:{words[:80] or row.identity}"
    given = row.answer(key, options)
    if given is None:
        ask = tr("“{text}”属于哪一类纠纷？").format(text=words[:60])
        row.ask(key, ask, slot, options, kinds.read(words).suggested if words else "")
    return given


def _facts(row: Row, kinds: Choices) -> str:
    """What happened; a cause that is more than the type's name belongs to it."""
    cause = row.text("cause")
    own = "" if kinds.exact(cause) else cause
    facts = "\n".join(filter(None, dict.fromkeys((row.text("facts"), own))))
    title = kept(row.cell("title"))
    if facts and title not in facts and not _at_end(title, kinds):
        row.note(row.head("title"), title)
    return facts or title
