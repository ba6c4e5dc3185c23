"""The parties of a dispute, any number of either kind, with who they were in earlier cases."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.desk.people import KnownPerson
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent, Party
from mediation_desk.domain.codes import PartyKind, PartyRole
from mediation_desk.domain.record import new_id
from mediation_desk.ui import messages
from mediation_desk.ui.known_people import KnownPeople
from mediation_desk.ui.pages.agents_form import AgentForm
from mediation_desk.ui.pages.party_form import PartyForm
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.widgets import button, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class Parties(QWidget):
    """Party after party; `came` and `went` tell the form which records it holds."""

    came = Signal(str, object)
    went = Signal(str)
    changed = Signal()

    def __init__(self, workplace: Workplace, case: CaseFile, *, new: bool) -> None:
        super().__init__()
        self._dispute_id = case.dispute.id
        self._new = new
        self._owing = {promise.party_id for promise in case.promises}
        self.forms: list[PartyForm] = []
        self.known = KnownPeople(workplace, case.dispute.id)
        self.known.chosen.connect(self._fill)
        self.add_applicant = button(tr("加申请人 (&1)"), self._add_applicant, "quiet")
        self.add_respondent = button(tr("加被申请人 (&2)"), self._add_respondent, "quiet")
        self.add_third = button(tr("加第三人 (&3)"), self._add_third, "quiet")
        adds = (self.add_applicant, self.add_respondent, self.add_third)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(10)
        self._stack.addLayout(row(words(tr("当事人"), "heading"), None, *adds, gap=4))

    def show_parties(self, case: CaseFile) -> None:
        """Show the parties there are with their agents."""
        for party in case.parties:
            self._add(party, [agent for agent in case.agents if agent.party_id == party.id])

    def focus_first(self) -> None:
        """Put the cursor into the first name that is not written yet."""
        self._name(next((made for made in self.forms if not made.form.filled), self.forms[0]))

    @staticmethod
    def _name(made: PartyForm) -> None:
        made.form.boxes["name"].editor.setFocus()

    def names(self) -> list[str]:
        """The names as typed."""
        return [str(made.form.boxes["name"].value()) for made in self.forms]

    def _add(self, party: Party, agents: Iterable[Agent] = ()) -> PartyForm:
        full = not self._new and party.kind is not PartyKind.NATURAL
        made = PartyForm(party, open_fully=full)
        made.removed.connect(self.remove)
        made.named.connect(self._named)
        made.role.changed.connect(self.changed)
        made.agents.came.connect(self._agent_came)
        made.agents.went.connect(self.went)
        self.forms.append(made)
        self._stack.addWidget(made)
        self.came.emit(party.id, made.form)
        made.agents.show_agents(agents)
        self._count()
        return made

    def _agent_came(self, made: object) -> None:
        agent = cast(AgentForm, made)
        self.came.emit(agent.agent_id, agent.form)
        self.changed.emit()

    def _add_blank(self, role: PartyRole) -> None:
        blank = Party(id=new_id(), dispute_id=self._dispute_id, role=role, name="")
        self._name(self._add(blank))
        self.changed.emit()

    def _add_applicant(self) -> None:
        self._add_blank(PartyRole.APPLICANT)

    def _add_respondent(self) -> None:
        self._add_blank(PartyRole.RESPONDENT)

    def _add_third(self) -> None:
        self._add_blank(PartyRole.THIRD)

    def _form(self, party_id: str) -> PartyForm:
        return next(made for made in self.forms if made.party_id == party_id)

    def remove(self, party_id: str) -> None:
        """Take a party away, after asking if anything was written of it."""
        made = self._form(party_id)
        if not made.form.filled and not made.agents.agents:
            self._drop(party_id)
            return
        if party_id in self._owing:
            told = tr("{name}在协议里有要履行的事项，不能移除。")
            mend = tr("请先用“补充、修改协议”把那几项改由别人履行，或移除那几项。")
            messages.tell(self, told.format(name=made.form.boxes["name"].value()), mend)
            return
        messages.ask(
            self,
            tr("移除这名当事人？"),
            tr("写好的内容会一起去掉：{name}").format(name=made.form.boxes["name"].value()),
            tr("移除"),
            partial(self._drop, party_id),
        )

    def _drop(self, party_id: str, _checked: object = None) -> None:
        made = self._form(party_id)
        for agent in list(made.agents.agents):
            made.agents.drop(agent.agent_id)
        self.forms.remove(made)
        self._stack.removeWidget(made)
        made.hide()
        made.deleteLater()
        self.known.forget(party_id)
        self.went.emit(party_id)
        self._count()
        self.focus_first()

    def _count(self) -> None:
        """The last party cannot be taken away."""
        for made in self.forms:
            made.remove.setVisible(len(self.forms) > 1)

    # Who they were before

    def _named(self, party_id: str, name: str, id_number: str) -> None:
        self.known.look_up(name, id_number, party_id)

    def _fill(self, person: object) -> None:
        made = self._form(self.known.who)
        made.take(cast(KnownPerson, person).last)
        made.form.boxes["phone"].editor.setFocus()

    # What the form makes of them

    def records(self) -> tuple[Party, ...]:
        """The parties as typed, counted on each side."""
        places = dict.fromkeys(PartyRole, 0)
        parties = []
        for made in self.forms:
            role = made.role.value()
            places[role] += 1
            parties.append(made.party(places[role]))
        return tuple(parties)

    def agents(self) -> tuple[Agent, ...]:
        """The agents of all parties as typed."""
        return tuple(agent for made in self.forms for agent in made.agents.records())

    def shape(self) -> list[list[Any]]:
        """Which parties there are on which side, and with which agents, as JSON can hold it."""
        return [
            [
                made.party_id,
                made.role.content(),
                [agent.agent_id for agent in made.agents.agents],
            ]
            for made in self.forms
        ]

    def reshape(self, shape: Sequence[Sequence[Any]]) -> None:
        """Have the parties and agents that `shape` once told of; their content comes after."""
        for party_id, role, agents in shape:
            made = next((made for made in self.forms if made.party_id == party_id), None)
            if made is None:
                side = PartyRole.of(role)
                blank = Party(id=party_id, dispute_id=self._dispute_id, role=side, name="")
                made = self._add(blank)
            made.role.put_back(role)
            made.agents.reshape(agents)
        wanted = {party_id for party_id, _role, _agents in shape}
        for made in list(self.forms):
            if made.party_id not in wanted:
                self._drop(made.party_id)


def part_name(form: RecordForm[Any], record_id: str) -> str:
    """What drafts call the form of one of several records of a kind."""
    return f"{form.kind.__name__}:{record_id}"
