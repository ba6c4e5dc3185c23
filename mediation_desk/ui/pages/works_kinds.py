"""The short ledgers one by one: how they are called, what their lists and records show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mediation_desk.desk.counsel import Counsel
from mediation_desk.domain import aiding
from mediation_desk.domain.codes import PublicityKind
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.support import Consultation, LegalAid
from mediation_desk.ui.rows import Column
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.workplace import today
from mediation_desk.words import tr

ADVISER = "adviser"
# The column of each list that gives way where there is little room.
SPARED = {
    "screening": 2,
    "publicity": 3,
    "prevention": 3,
    "legal_aid": 0,
    "consultation": 1,
    ADVISER: 3,
}


@dataclass(slots=True)
class Names:
    """What the rows of a list need to know beside their records; read anew with them."""

    units: Mapping[str, str] = field(default_factory=dict)
    disputes: Mapping[str, str] = field(default_factory=dict)
    advisers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger: its tab, its button, its columns, and what its records show on the card."""

    kind: str
    tab: str
    add: str
    # What an empty list says of this ledger.
    none: str
    columns: Callable[[Names], list[Column[Any]]]
    title: Callable[[Any], str]
    state: Callable[[Any], tuple[str, Tone]]
    fields: tuple[str, ...]


def _matter(entry: LegalAid | Consultation) -> str:
    if not entry.matter and entry.revision and not entry.personal_revision:
        return tr("（内容留在村里）")
    return " ".join(entry.matter.split())


def _day(name: str) -> Column[Any]:
    return Column(tr("日期"), lambda entry: str(getattr(entry, name)), width=116)


def _unit(names: Names) -> Column[Any]:
    return Column(tr("单位"), lambda entry: names.units.get(entry.unit_id, ""), width=116)


def _state(title: str, state: Callable[[Any], tuple[str, Tone]], width: int) -> Column[Any]:
    def text(entry: Any) -> str:
        return state(entry)[0]

    def tone(entry: Any) -> Tone:
        return state(entry)[1]

    return Column(title, text, tone, width=width)


def _or_void(state: tuple[str, Tone], record: Record) -> tuple[str, Tone]:
    return (tr("作废"), Tone.NEUTRAL) if record.void_reason else state


def _screening_state(held: Screening) -> tuple[str, Tone]:
    if not held.found and not held.prevented:
        return _or_void((tr("未发现纠纷"), Tone.GREEN), held)
    said = tr("发现 {found} · 预防 {prevented}").format(found=held.found, prevented=held.prevented)
    return _or_void((said, Tone.BLUE), held)


def _screening_columns(names: Names) -> list[Column[Any]]:
    return [
        _day("screened_on"),
        Column(tr("排查区域"), lambda entry: entry.area, stretch=True),
        Column(tr("排查人员"), lambda entry: entry.screeners, width=150),
        _state(tr("结果"), _screening_state, 140),
        _unit(names),
    ]


def _publicity_state(event: Publicity) -> tuple[str, Tone]:
    # Amber is for what wants doing; a training that was held wants nothing.
    tone = Tone.BLUE if event.kind is PublicityKind.PUBLICITY else Tone.NEUTRAL
    return _or_void((tr(event.kind.label), tone), event)


def _publicity_columns(names: Names) -> list[Column[Any]]:
    return [
        _day("held_on"),
        Column(tr("主题"), lambda entry: entry.topic, stretch=True),
        _state(tr("类别"), _publicity_state, 106),
        Column(tr("受众（人）"), lambda entry: str(entry.audience), right=True, width=96),
        _unit(names),
    ]


def _prevention_state(entry: Prevention) -> tuple[str, Tone]:
    said = tr("{cases} 件 {persons} 人").format(cases=entry.cases, persons=entry.persons)
    return _or_void((said, Tone.BLUE), entry)


def _prevention_columns(names: Names) -> list[Column[Any]]:
    def dispute(entry: Prevention) -> str:
        return names.disputes.get(entry.dispute_id, "")

    return [
        _day("prevented_on"),
        Column(tr("防止事项"), lambda entry: tr(entry.kind.label), stretch=True),
        _state(tr("件、人"), _prevention_state, 120),
        Column(tr("纠纷"), dispute, width=176),
        _unit(names),
    ]


def _aid_state(aid: LegalAid) -> tuple[str, Tone]:
    said, tone = aiding.aid_state(aid, today())
    return said, Tone(tone)


def _aid_columns(names: Names) -> list[Column[Any]]:
    return [
        _day("helped_on"),
        Column(tr("申请人"), lambda entry: entry.applicant, width=96),
        Column(tr("申请援助事项"), _matter, stretch=True),
        _state(tr("办理情况"), _aid_state, 190),
        _unit(names),
    ]


def _consultation_state(entry: Consultation) -> tuple[str, Tone]:
    return _or_void((entry.form, Tone.NEUTRAL), entry)


def _consultation_title(entry: Consultation) -> str:
    """Who asked, told apart from the adviser who answered."""
    return tr("{name}咨询").format(name=entry.person) if entry.person else tr("法律咨询")


def _consultation_columns(names: Names) -> list[Column[Any]]:
    def adviser(entry: Consultation) -> str:
        return names.advisers.get(entry.adviser_id, "")

    return [
        _day("held_on"),
        Column(tr("法律顾问"), adviser, width=96),
        Column(tr("咨询人"), lambda entry: entry.person, width=90),
        Column(tr("咨询事项"), _matter, stretch=True),
        _state(tr("方式"), _consultation_state, 84),
        _unit(names),
    ]


def term(told: Counsel) -> str:
    """From when to when an adviser is engaged."""
    first, last = told.adviser.term_from, told.adviser.term_to
    if first is None and last is None:
        return ""
    begun, ends = first or "", last or ""
    return tr("{first} 至 {last}").format(first=begun, last=ends)


def term_over(told: Counsel, day: date) -> bool:
    """Whether the adviser's term ended before `day`."""
    return told.adviser.term_to is not None and told.adviser.term_to < day


def _adviser_state(told: Counsel) -> tuple[str, Tone]:
    over = term_over(told, today())
    return (tr("已到期"), Tone.AMBER) if over else (tr("在聘"), Tone.GREEN)


def adviser_columns(names: Names) -> list[Column[Any]]:
    """The list of the legal advisers."""

    def unit(told: Counsel) -> str:
        return names.units.get(told.adviser.unit_id, "")

    def sessions(told: Counsel) -> str:
        return str(len(told.sessions))

    return [
        Column(tr("姓名"), lambda told: told.adviser.name, width=96),
        Column(tr("执业机构"), lambda told: told.adviser.firm, stretch=True),
        _state(tr("聘期"), _adviser_state, 84),
        Column(tr("咨询"), lambda told: str(told.consultations), right=True, width=64),
        Column(tr("参加调解"), sessions, right=True, width=92),
        Column(tr("单位"), unit, width=116),
    ]


LEDGERS: Sequence[Ledger] = (
    Ledger(
        kind="screening",
        tab=tr("排查"),
        add=tr("登记排查 (&N)"),
        none=tr("还没有排查记录。排查了没有发现纠纷，也请登记一次。"),
        columns=_screening_columns,
        title=lambda held: held.area or tr("排查"),
        state=_screening_state,
        fields=("screened_on", "screeners", "note"),
    ),
    Ledger(
        kind="publicity",
        tab=tr("普法培训"),
        add=tr("登记普法培训 (&N)"),
        none=tr("还没有普法宣传和业务培训记录。"),
        columns=_publicity_columns,
        title=lambda event: event.topic,
        state=_publicity_state,
        fields=("held_on", "form", "place", "audience", "materials"),
    ),
    Ledger(
        kind="prevention",
        tab=tr("防止激化"),
        add=tr("登记防止激化 (&N)"),
        none=tr("还没有防止激化的记录。防止自杀、民转刑、群体性上访和械斗，在这里登记。"),
        columns=_prevention_columns,
        title=lambda entry: tr(entry.kind.label),
        state=_prevention_state,
        fields=("prevented_on", "reason"),
    ),
    Ledger(
        kind="legal_aid",
        tab=tr("法律援助"),
        add=tr("登记法律援助 (&N)"),
        none=tr("还没有法律援助记录。帮群众申请法律援助的，在这里登记。"),
        columns=_aid_columns,
        title=lambda aid: tr("{name}申请法律援助").format(name=aid.applicant),
        state=_aid_state,
        fields=("matter", "body", "lawyer", "answer"),
    ),
    Ledger(
        kind="consultation",
        tab=tr("法律顾问"),
        add=tr("登记法律咨询 (&N)"),
        none=tr("还没有法律咨询记录。法律顾问解答了群众的问题，在这里登记。"),
        columns=_consultation_columns,
        title=_consultation_title,
        state=_consultation_state,
        fields=("held_on", "matter", "advice"),
    ),
)
