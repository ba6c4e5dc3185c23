"""The forms of sessions: mediation and inquiry, a follow-up visit; new ones and corrections."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import SessionKind
from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.record import new_id
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.part_form import PartForm
from mediation_desk.ui.pages.people_choices import adviser_choices, mediator_choices
from mediation_desk.ui.pages.starters import Starters
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import column, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_SESSION = (
    Place("kind", 3, required=True),
    Place("held_on", 3, required=True),
    Place("time", 2, hint=tr("如 上午9时")),
    Place("place", 4),
    Place("mediator_ids", 6),
    Place("adviser_ids", 6),
    Place("participants", 6, hint=tr("当事人以外到场的人")),
    Place("asked", 6),
    Place("recorder", 3),
    Place("narrative", 12, required=True),
    Place("result", 4),
)
_VISIT = (
    Place("held_on", 3, required=True, label=tr("回访时间")),
    Place("visit_form", 3),
    Place("recorder", 3, label=tr("回访人")),
    Place("participants", 3, label=tr("回访了谁")),
    Place("narrative", 12, required=True, label=tr("回访情况")),
)
_AFTERWARDS = (Place("satisfied", 3), Place("performance", 3), Place("performed_on", 3))
_HINTS = {
    SessionKind.MEDIATION: tr("各方说了什么，调解员怎样劝导，谈到哪一步"),
    SessionKind.INQUIRY: tr("问了什么，答了什么，现场看到什么"),
}
_KINDS = tuple(_HINTS)


def _next_position(case: CaseFile) -> int:
    """The place of the next session among those of a dispute, which may be on one day."""
    return max((entry.position for entry in case.sessions), default=0) + 1


def _ordinal(case: CaseFile, kind: SessionKind, record_id: str) -> int:
    """Which session of its kind a record is; one not yet kept comes after the others."""
    held = [entry.id for entry in case.sessions if entry.kind is kind]
    return held.index(record_id) + 1 if record_id in held else len(held) + 1


class _OneSessionForm(PartForm):
    """A form about one session: a new one, or `shown` to be corrected or voided."""

    session: RecordForm[MediationSession]

    def __init__(
        self,
        workplace: Workplace,
        case: CaseFile,
        title: str,
        about: str,
        shown: MediationSession | None,
    ) -> None:
        super().__init__(workplace, case, title, about)
        self._shown = shown

    def _blank(self, kind: SessionKind) -> MediationSession:
        case = self.case
        held = [entry for entry in case.sessions if entry.kind is not SessionKind.VISIT]
        return MediationSession(
            id=new_id(),
            dispute_id=case.dispute.id,
            kind=kind,
            held_on=today(),
            position=_next_position(case),
            place=held[-1].place if held and kind is not SessionKind.VISIT else "",
            mediator_ids=case.dispute.mediator_ids,
            recorder=self.workplace.actor,
        )

    def _end(self) -> None:
        """Let a session that is corrected be voided too, and close the form."""
        if self._shown is not None:
            self.offer_striking()
        self.end_cards()

    def _typed(self) -> MediationSession:
        return self.session.record()

    def written(self) -> CaseFile:
        session = self._typed()
        if self._shown is None:
            dispute = lifecycle.with_session(self.case.dispute, session)
            return replace(self.case, dispute=dispute, sessions=(*self.case.sessions, session))
        others = (entry for entry in self.case.sessions if entry.id != session.id)
        return replace(self.case, sessions=(*others, session))

    def without(self) -> CaseFile:
        # Only a session that was kept before is offered for voiding.
        return lifecycle.without_session(self.case, cast(MediationSession, self._shown).id)


class SessionForm(_OneSessionForm):
    """One mediation or inquiry."""

    def __init__(
        self,
        workplace: Workplace,
        case: CaseFile,
        about: str,
        shown: MediationSession | None = None,
        kind: SessionKind = SessionKind.MEDIATION,
    ) -> None:
        super().__init__(workplace, case, tr("记一次调解"), about, shown)
        entry = shown or self._blank(kind)
        choices = self._choices(entry)
        places = [
            place for place in _SESSION if place.name != "adviser_ids" or choices["adviser_ids"]
        ]
        self.session = RecordForm(MediationSession, places, choices)
        self.session.show_record(entry)
        self._record_id = entry.id
        self._number = words("", "heading")
        self.session.boxes["kind"].changed.connect(self._arrange)
        self.watch(entry.id, self.session)
        self.add_card(self._number, self.session)
        self._ask_whether_informed()
        self._end()
        self._arrange()

    def _ask_whether_informed(self) -> None:
        """The record says that the parties were told the rules, so the day is asked for once."""
        self.informed: RecordForm[Dispute] | None = None
        if self._shown is None and self.case.dispute.informed_on is None:
            told = tr(
                "告知了双方当事人在调解中的权利和义务（人民调解法第二十三、二十四条），就填上告知日期。"
            )
            self.informed = self.part((Place("informed_on", 4),), self.case.dispute, sentence=told)

    def _choices(self, entry: MediationSession) -> Mapping[str, Choices]:
        named = {*self.case.dispute.mediator_ids, *entry.mediator_ids}
        return {
            "kind": [(kind, tr(kind.label)) for kind in _KINDS],
            "mediator_ids": mediator_choices(self.workplace, named),
            "adviser_ids": adviser_choices(self.workplace, entry.adviser_ids),
        }

    def focus_first(self) -> None:
        self._to(self.session.boxes["kind"])

    def _arrange(self) -> None:
        boxes = self.session.boxes
        kind = boxes["kind"].value()
        inquiry = kind is SessionKind.INQUIRY
        self.session.show_only(("result",) if inquiry else ("asked",))
        # Who is asked is the sheet's main person and told of in a few words.
        self.session.grid.respan(boxes["participants"], 3 if inquiry else 6)
        boxes["mediator_ids"].rename(tr("调查人") if inquiry else tr("人民调解员"), required=False)
        called = tr("调查记录") if inquiry else tr("调解记录")
        boxes["narrative"].rename(called, required=True)
        narrative = cast(QPlainTextEdit, boxes["narrative"].editor.inner)
        narrative.setPlaceholderText(_HINTS[kind])
        number = _ordinal(self.case, kind, self._record_id)
        said = tr("第 {number} 次{kind}").format(number=number, kind=tr(kind.label))
        self._number.setText(said)
        self._call(inquiry=inquiry)

    def _call(self, *, inquiry: bool) -> None:
        """Name the form, and the act that keeps it, by what is written down."""
        if self._shown is None:
            title = tr("记一次调查") if inquiry else tr("记一次调解")
        else:
            title = tr("修改调查记录") if inquiry else tr("修改调解记录")
        self._title.setText(title)
        self.heading = self.reason = title

    def _typed(self) -> MediationSession:
        session = self.session.record()
        inquiry = session.kind is SessionKind.INQUIRY
        return replace(session, result=None) if inquiry else session

    def written(self) -> CaseFile:
        case = super().written()
        if self.informed is None:
            return case
        day = self.informed.record().informed_on
        return replace(case, dispute=replace(case.dispute, informed_on=day))


class VisitForm(_OneSessionForm):
    """A follow-up visit, with what the parties made of their agreement."""

    def __init__(
        self,
        workplace: Workplace,
        case: CaseFile,
        about: str,
        shown: MediationSession | None = None,
    ) -> None:
        super().__init__(workplace, case, tr("修改回访记录") if shown else tr("回访"), about, shown)
        entry = shown or self._blank(SessionKind.VISIT)
        self.session = RecordForm(MediationSession, _VISIT)
        self.session.show_record(entry)
        self.watch(entry.id, self.session)
        number = _ordinal(case, SessionKind.VISIT, entry.id)
        said = tr("第 {number} 次回访").format(number=number)
        narrative = self.session.boxes["narrative"]
        self.starters = Starters(narrative)
        told = words(tr("要问到的几项，点一项就在下面起一行："), "sub", wrap=True)
        asked = QWidget()
        asked.setLayout(column(told, self.starters, gap=2))
        self.session.grid.add(asked, 12, before=narrative)
        self.add_card(words(said, "heading"), self.session)
        self.dispute = self.part(_AFTERWARDS, case.dispute)
        self._end()

    def focus_first(self) -> None:
        self._to(self.session.boxes["held_on"])

    def written(self) -> CaseFile:
        case = super().written()
        typed = self.dispute.record()
        told = replace(
            case.dispute,
            satisfied=typed.satisfied,
            performance=typed.performance,
            performed_on=typed.performed_on,
        )
        return replace(case, dispute=told)


def _session(case: CaseFile, part: str) -> MediationSession | None:
    return next((entry for entry in case.sessions if entry.id == part), None)


def session_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new session, or for the one with the id `part`."""
    return SessionForm(place, case, about, _session(case, part))


def inquiry_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new inquiry, or for the one with the id `part`."""
    return SessionForm(place, case, about, _session(case, part), SessionKind.INQUIRY)


def visit_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new follow-up visit, or for the one with the id `part`."""
    return VisitForm(place, case, about, _session(case, part))
