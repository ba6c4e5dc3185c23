"""What became of a case that a report counted, in official words."""

from collections.abc import Iterator
from typing import cast

from mediation_desk.desk import versions
from mediation_desk.desk.stories import DISPUTE, SAME, Key, Records
from mediation_desk.desk.versions import Told
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.fields import Form, describe, label_of
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.record import Record
from mediation_desk.domain.round_trip import SameCase
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# What figures look at. All else of a case may change without a word here.
_LOOKED_AT = {
    "dispute": "unit_id type source intake_on closed_on people complex mediator_ids outcome "
    "performance confirmation satisfied void_reason",
    "agreement": "form agreed_on amount_fen void_reason",
    "session": "kind held_on void_reason",
    "promise": "amount_fen due_on kept_on kept_fen void_reason",
    "referral": "direction channel received_on answer_due_on answered_on void_reason",
    "prevention": "unit_id prevented_on kind cases persons void_reason",
    "screening": "unit_id screened_on found prevented void_reason",
    "publicity": "unit_id kind held_on audience materials void_reason",
    "unit": "code name kind term_to void_reason",
    "local_type": "code label rolls_up_to void_reason",
    "mediator": "unit_id full_time sex term_to void_reason",
    "adviser": "unit_id term_to void_reason",
}

_NEW_CASE = "type source intake_on outcome closed_on"


def _stands(record: Record | None) -> bool:
    return record is not None and not record.void_reason


def what_happened(subject: Key, before: Records, after: Records) -> str:
    """What became of a case in a word or two, where nothing but its fields tells more."""
    was, now = before.get(subject), after.get(subject)
    if now is None:
        return tr("已撤回")
    if was is None:
        return tr("补登")
    if _stands(was) != _stands(now):
        return tr("恢复") if _stands(now) else tr("作废")
    if getattr(was, "unit_id", "") != getattr(now, "unit_id", ""):
        return tr("换了单位")
    same = [key for key in {*before, *after} if key[0] == SAME]
    if any(_stands(before.get(key)) != _stands(after.get(key)) for key in same):
        return tr("同一纠纷")
    return tr("更正")


class Words:
    """Says cases, works and what changed in them, as the register at hand knows them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._units = {unit.id: unit for unit in register.units()}

    def name(self, record: Record | None, kind: str) -> str:
        """A case by its number and unit, anything else by its day and unit; never by a person."""
        if record is None:
            return versions.noun_of(kind)
        unit = self._units.get(getattr(record, "unit_id", ""))
        if isinstance(record, Dispute):
            pattern = self._register.settings.numbering_pattern
            told = case_number(record, unit, pattern)
        else:
            days = [
                getattr(record, entry.name)
                for entry in describe(type(record))
                if entry.form is Form.DAY
            ]
            told = " ".join([versions.noun_of(kind), *(str(day) for day in days[:1])])
        return tr("{name}（{unit}）").format(name=told, unit=unit.name) if unit else told

    @staticmethod
    def called(record: Record | None) -> str:
        """The name of a unit, a person or a local type."""
        return str(getattr(record, "name", "") or getattr(record, "label", ""))

    def changed(self, subject: Key, before: Records, after: Records) -> Iterator[str]:
        """What an act changed of a case, a line for each record."""
        for key in sorted({*before, *after}, key=lambda key: (key != subject, key)):
            was, now = before.get(key), after.get(key)
            if was != now:
                yield from self.record_changed(subject, key, was, now)

    def record_changed(
        self, subject: Key, key: Key, was: Record | None, now: Record | None
    ) -> Iterator[str]:
        """What changed of one record; nothing where it is nothing that figures look at."""
        kind = key[0]
        if kind == SAME:
            yield self._same(cast(SameCase, now or was), stands=_stands(now))
            return
        noun = self._noun(subject, key, now or was)
        if now is None:
            yield tr("{noun}已撤回").format(noun=noun or tr("这件纠纷"))
            return
        if was is None:
            noun = tr("新登记{noun}").format(noun=noun)
        elif _stands(was) and not _stands(now):
            yield tr("{noun}作废：{reason}").format(noun=noun, reason=now.void_reason)
            return
        # What a whole case holds would fill the page; its file tells all of it.
        names = (
            _NEW_CASE if was is None and key == subject and kind == DISPUTE else _LOOKED_AT[kind]
        )
        looked = {tr(label_of(type(now), name)) for name in names.split()}
        told = versions.between(self._register, subject[1], was, now)
        parts = tr("；").join(_words(one, new=was is None) for one in told if one.label in looked)
        if parts or was is None:
            yield tr("：").join(filter(None, (noun, parts)))

    def _noun(self, subject: Key, key: Key, record: Record | None) -> str:
        """What a record is called beside its case; the case itself needs no word."""
        if key[0] != DISPUTE:
            return versions.noun_of(key[0])
        if key == subject:
            return ""
        return tr("同一纠纷的{name}").format(name=self.name(record, DISPUTE))

    def _same(self, same: SameCase, *, stands: bool) -> str:
        main = self._register.get(DISPUTE, same.main_id)
        words = (
            tr("认定与{name}为同一纠纷，按那一件统计")
            if stands
            else tr("不再认定与{name}为同一纠纷")
        )
        return words.format(name=self.name(main, DISPUTE))


def _words(told: Told, *, new: bool) -> str:
    if new:
        return tr("{label}{after}").format(label=told.label, after=told.after)
    nothing = tr("（空）")
    return tr("{label}由{before}改为{after}").format(
        label=told.label, before=told.before or nothing, after=told.after or nothing
    )
