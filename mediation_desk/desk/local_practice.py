"""Local practice: keeping settings and local dispute types, and telling who changed what."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import cast

from mediation_desk.domain.checks import problems_of
from mediation_desk.domain.numbering import pattern_in_words
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.problems import DeskError, Problem, errors
from mediation_desk.domain.record import new_id
from mediation_desk.domain.setting_notes import NOTES, called, settings_problems, shown
from mediation_desk.domain.settings import Settings
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_LOG = "settings_log"
_LONGEST_LOG = 200
_UNIT_DIGITS = 3


@dataclass(frozen=True, slots=True)
class SettingChange:
    """Who set what, when, from which value to which."""

    at: str
    actor: str
    setting: str
    before: str
    after: str


def _told(name: str, value: object) -> str:
    return pattern_in_words(str(value)) if name == "numbering_pattern" else shown(name, value)


def keep_settings(register: Register, settings: Settings, actor: str) -> list[SettingChange]:
    """Keep `settings` with a note of what changed; raises `DeskError` for what makes no sense."""
    # Settings are no records; both are written in one transaction, or neither is.
    with register.change(actor, tr("修改设置")):
        return put_settings(register, settings, actor)


def put_settings(register: Register, settings: Settings, actor: str) -> list[SettingChange]:
    """The same within an act that is open already."""
    wrong = settings_problems(settings)
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)
    before = register.settings
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    changed = [
        SettingChange(
            at,
            actor,
            entry.name,
            _told(entry.name, getattr(before, entry.name)),
            _told(entry.name, getattr(settings, entry.name)),
        )
        for entry in fields(settings)
        if getattr(before, entry.name) != getattr(settings, entry.name)
    ]
    if changed:
        log = [asdict(entry) for entry in (*changed, *settings_log(register))][:_LONGEST_LOG]
        register.keep_settings(settings)
        register.set(_LOG, json.dumps(log, ensure_ascii=False))
    return changed


def settings_log(register: Register) -> list[SettingChange]:
    """What was set, the newest first."""
    stored = register.setting(_LOG)
    return [SettingChange(**entry) for entry in json.loads(stored)] if stored else []


def label_of_setting(name: str) -> str:
    """What people call a setting; one that is no more by its name in code."""
    return called(name) if name in NOTES else name


def local_types(register: Register) -> list[LocalType]:
    """The local dispute types in use, by their codes."""
    found = cast(list[LocalType], register.all("local_type"))
    return sorted((entry for entry in found if not entry.void_reason), key=lambda one: one.code)


def blank_type(register: Register) -> LocalType:
    """A local type to fill, with a code that no other unit proposes."""
    unit = register.unit
    start = f"B{unit.code[-_UNIT_DIGITS:]}-"
    taken = {entry.code for entry in cast(list[LocalType], register.all("local_type"))}
    number = next(number for number in range(1, 1000) if f"{start}{number}" not in taken)
    return LocalType(id=new_id(), code=f"{start}{number}", label="", rolls_up_to="")


def type_findings(register: Register, entry: LocalType, today: date) -> list[Problem]:
    """What is wrong with a local type (rules T1, T2)."""
    return problems_of(entry, today, register.types)


def keep_type(
    register: Register, entry: LocalType, draft_id: str = "", *, actor: str, today: date
) -> LocalType:
    """Keep a local type and forget its draft.

    Raises `DeskError` if the type has no place in the statistic.
    """
    wrong = errors(type_findings(register, entry, today))
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)
    with register.change(actor, tr("本地纠纷类型：{label}").format(label=entry.label)) as change:
        register.drop_draft(draft_id)
        return change.keep(entry)


def void_type(
    register: Register, entry: LocalType, reason: str, draft_id: str = "", *, actor: str
) -> None:
    """Offer a local type no more; disputes that have it keep it and are counted as before."""
    words = tr("停用本地纠纷类型：{label}").format(label=entry.label)
    with register.change(actor, words) as change:
        register.drop_draft(draft_id)
        change.keep(replace(entry, void_reason=reason))
