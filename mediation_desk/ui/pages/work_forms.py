"""The forms of the short ledgers: publicity, preventions, legal aid, counsel, and voiding."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from mediation_desk.desk import ledgers
from mediation_desk.domain import aiding
from mediation_desk.domain.codes import LegalAidState
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.prevention import Prevention, Publicity
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.support import Consultation, LegalAid
from mediation_desk.ui.editors import Choices, PaperEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages import people_choices
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import look, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_PUBLICITY = (
    Place("kind", 3, required=True),
    Place("held_on", 3, required=True),
    Place("form", 6, hint=tr("如 院坝会、入户讲解、赶场天咨询点、集中授课")),
    Place("topic", 6, required=True, hint=tr("如 民法典进农家")),
    Place("place", 6),
    Place("audience", 3),
    Place("materials", 3),
)
_PREVENTION = (
    Place("kind", 6, required=True),
    Place("prevented_on", 6, required=True),
    Place("cases", 6, required=True),
    Place("persons", 6, required=True),
    Place("reason", 12, required=True, hint=tr("当时要发生什么，怎样劝住的，谁可以作证")),
)
_LEGAL_AID = (
    Place("applicant", 4, required=True),
    Place("helped_on", 4, required=True),
    Place("state", 4, required=True),
    Place("dispute_id", 12),
    Place("matter", 12, hint=tr("为什么事申请，对方是谁，家庭情况")),
    Place("body", 4, hint=tr("如 县法律援助中心")),
    Place("applied_on", 4),
    Place("accepted_on", 4),
    Place("answer_due_on", 4),
    Place("answered_on", 4),
    Place("lawyer", 4, hint=tr("承办的律师或法律工作者")),
    Place("answer", 12),
)
_CONSULTATION = (
    Place("adviser_id", 4),
    Place("held_on", 4, required=True),
    Place("form", 4, hint=tr("如 现场、电话、微信")),
    Place("person", 4, hint=tr("来问的人")),
    Place("dispute_id", 8),
    Place("matter", 12, required=True),
    Place("advice", 12),
)
# What a draft is called by.
_CALLED = ("area", "topic", "applicant", "person")
# The day that a step of legal aid asks for.
_STEP_DAYS = {
    LegalAidState.APPLIED: "applied_on",
    LegalAidState.ACCEPTED: "accepted_on",
    LegalAidState.APPROVED: "answered_on",
    LegalAidState.REFUSED: "answered_on",
}
# Fields of legal aid that say nothing yet while the application is being prepared.
_LATER = ("applied_on", "accepted_on", "answer_due_on", "answered_on", "lawyer", "answer")
_NOT_ANSWERED = ("answered_on", "answer")


class WorkForm(FormPage):
    """Writes a record of a ledger; `old` is what the register holds of it, empty for a new one."""

    def __init__(
        self, workplace: Workplace, kind: str, old: Sequence[Record], title: str, sub: str = ""
    ) -> None:
        super().__init__(workplace, None, title, sub)
        self.old = tuple(old)
        self.place = kind

    def records(self) -> tuple[Record, ...]:
        """What was typed, the main record first."""
        raise NotImplementedError

    def after(self) -> Any:
        return self.records()

    def _found(self, case: Any) -> list[Problem]:
        return ledgers.findings_about(self.workplace.register, case, today())

    def _form_of(self, case: Any, field: str) -> tuple[str, str]:
        place, _, name = field.partition(".")
        return case[int(place)].id, name

    def _keep(self, case: Any) -> None:
        self._hold(held=True)
        register, actor = self.workplace.register, self.workplace.actor
        save = partial(
            ledgers.keep, register, self.old, case, actor, self.reason, today(), self.drafting.id
        )
        self.workplace.jobs.run(
            self.drafting.around(save),
            owner=self,
            done=self._kept,
            failed=self._refused,
            words=tr("正在保存…"),
        )

    def who(self) -> str:
        for form in self.forms.values():
            for name in _CALLED:
                if name in form.boxes and (said := form.boxes[name].value()):
                    return str(said)
        return ""

    def _revisions(self) -> dict[str, int]:
        return {record.id: record.revision for record in self.old}

    def draft(self, draft_id: str) -> Draft:
        return replace(super().draft(draft_id), about=self.old[0].id if self.old else "")


class PlainForm(WorkForm):
    """A form of one record and nothing else."""

    def __init__(
        self,
        workplace: Workplace,
        shown: Record,
        titles: tuple[str, str],
        places: Sequence[Place],
        choices: Mapping[str, Choices] | None = None,
    ) -> None:
        kind = kind_of(shown)
        old = (shown,) if shown.revision else ()
        super().__init__(workplace, kind, old, titles[bool(old)])
        self.main: RecordForm[Any] = RecordForm(type(shown), places, choices or {})
        self.main.show_record(shown)
        self.watch(shown.id, self.main)
        self.add_card(self.main)
        self.end_cards()

    def records(self) -> tuple[Record, ...]:
        return (self.main.record(),)


def publicity_form(workplace: Workplace, shown: Publicity) -> WorkForm:
    """The form of a publicity or training event."""
    return PlainForm(workplace, shown, (tr("登记普法培训"), tr("修改普法培训")), _PUBLICITY)


def prevention_form(workplace: Workplace, shown: Prevention) -> WorkForm:
    """The form of a prevention that hangs on no dispute."""
    return PlainForm(workplace, shown, (tr("登记防止激化"), tr("修改防止事项")), _PREVENTION)


def _disputes(workplace: Workplace, also: str) -> Choices:
    return [
        ("", tr("不属于某件纠纷")),
        *ledgers.dispute_choices(workplace.register, also),
    ]


def consultation_form(workplace: Workplace, shown: Consultation) -> WorkForm:
    """The form of one consultation with a legal adviser."""
    advisers = people_choices.adviser_choices(workplace, [shown.adviser_id])
    choices: dict[str, Choices] = {
        "adviser_id": [("", tr("（未填）")), *advisers],
        "dispute_id": _disputes(workplace, shown.dispute_id),
    }
    titles = tr("登记法律咨询"), tr("修改法律咨询")
    return PlainForm(workplace, shown, titles, _CONSULTATION, choices)


class LegalAidForm(PlainForm):
    """An application for legal aid; the days of a step are offered as soon as it is chosen."""

    def __init__(self, workplace: Workplace, shown: LegalAid) -> None:
        choices = {"dispute_id": _disputes(workplace, shown.dispute_id)}
        titles = tr("登记法律援助"), tr("修改法律援助")
        super().__init__(workplace, shown, titles, _LEGAL_AID, choices)
        self._day = ""
        self.main.boxes["state"].changed.connect(self._step)
        self._arrange()

    def step_to(self, state: LegalAidState) -> None:
        """Begin with the step to `state`, its days offered."""
        self.main.boxes["state"].show_value(state)
        self._title.setText(tr(state.label))
        self._day = _STEP_DAYS.get(state, "")
        self._step()
        self._changed()

    def focus_first(self) -> None:
        """Put the cursor to the day of the step, or where writing begins."""
        if self._day:
            self._to(self.main.boxes[self._day])
        else:
            super().focus_first()

    def _step(self) -> None:
        if self.main.whole():
            typed = self.main.record()
            limits = self.workplace.register.limits
            offered = aiding.with_state(typed, typed.state, today(), limits)
            for name in ("applied_on", "accepted_on", "answer_due_on", "answered_on"):
                if getattr(offered, name) != getattr(typed, name):
                    self.main.boxes[name].show_value(getattr(offered, name))
        self._arrange()

    def _arrange(self) -> None:
        state = self.main.boxes["state"].value()
        hidden: tuple[str, ...] = ()
        if state is LegalAidState.HELPING:
            hidden = _LATER
        elif state in {LegalAidState.APPLIED, LegalAidState.ACCEPTED}:
            hidden = _NOT_ANSWERED
            hidden += ("accepted_on",) if state is LegalAidState.APPLIED else ()
        # What is written is never hidden.
        empty = tuple(name for name in hidden if not self.main.boxes[name].value())
        self.main.show_only(empty)
        self.order_tabs()

    def retype(self, typed: Mapping[str, Any]) -> None:
        super().retype(typed)
        self._arrange()


class VoidForm(WorkForm):
    """Striking a record out, which only wants a reason."""

    def __init__(self, workplace: Workplace, shown: Record, told: str) -> None:
        super().__init__(workplace, "", (shown,), tr("作废"), told)
        self._shown = shown
        self.why = FieldBox(tr("作废原因"), PaperEditor(), required=True)
        self.watch_box("why", self.why)
        said = tr("作废后不再计入统计；记录仍可查看，写明为什么作废。")
        self.add_card(words(said, "sub", wrap=True), self.why)
        self.end_cards()
        self.save_button.setText(tr("作废 (&S)"))
        look(self.save_button, "danger")

    def focus_first(self) -> None:
        self._to(self.why)

    def records(self) -> tuple[Record, ...]:
        return (self._shown,)

    def _understood(self) -> bool:
        if self.why.value():
            return True
        self.why.tell(tr("请写明原因。"))
        self._to(self.why)
        return False

    def _found(self, _case: Any) -> list[Problem]:
        return []

    def _keep(self, _case: Any) -> None:
        self._hold(held=True)
        register, actor = self.workplace.register, self.workplace.actor
        self.workplace.jobs.run(
            partial(ledgers.void, register, self._shown, actor, str(self.why.value())),
            owner=self,
            done=self._struck,
            failed=self._refused,
            words=tr("正在保存…"),
        )

    def _struck(self, record: Record) -> None:
        self._kept((record,))  # type: ignore[arg-type]
