"""Those who act for a party: by law, or because the party entrusted them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.cases import Agent
from mediation_desk.domain.codes import AgentKind
from mediation_desk.domain.identity import normal_identity
from mediation_desk.domain.record import new_id
from mediation_desk.ui import messages
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.tabbing import late
from mediation_desk.ui.widgets import button, line, row, words
from mediation_desk.words import tr

# In the columns of the party's own row above.
_PLACES = (
    Place("name", 3, required=True),
    Place("id_number", 4, hint=tr("可不填")),
    Place("kind", 2),
    Place("phone", 3, hint=tr("可不填")),
)


class AgentForm(QWidget):
    """One agent of a party."""

    removed = Signal(str)

    def __init__(self, agent: Agent) -> None:
        super().__init__()
        self.agent_id = agent.id
        self.form: RecordForm[Agent] = RecordForm(Agent, _PLACES)
        self.form.show_record(agent)
        self.remove = button(tr("移除代理人"), self._remove, "quiet")
        late(self.remove)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 4, 0, 0)
        stack.setSpacing(2)
        stack.addWidget(line())
        stack.addLayout(row(words(tr("代理人"), "strong"), None, self.remove))
        stack.addWidget(self.form)

    def _remove(self) -> None:
        self.removed.emit(self.agent_id)

    def agent(self) -> Agent:
        """The agent as typed."""
        typed = self.form.record()
        return replace(typed, id_number=normal_identity(typed.id_number))


class AgentsForm(QWidget):
    """The agents of one party; `came` and `went` tell whoever keeps the whole file."""

    came = Signal(object)
    went = Signal(str)

    def __init__(self, dispute_id: str, party_id: str) -> None:
        super().__init__()
        self._dispute_id = dispute_id
        self._party_id = party_id
        self.agents: list[AgentForm] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(4)
        self.hide()

    def show_agents(self, agents: Iterable[Agent]) -> None:
        """Show the agents there are."""
        for agent in agents:
            self._add(agent)

    def add(self, kind: AgentKind = AgentKind.ENTRUSTED, agent_id: str = "") -> None:
        """Ask for one more agent."""
        self._add(
            Agent(
                id=agent_id or new_id(),
                dispute_id=self._dispute_id,
                party_id=self._party_id,
                kind=kind,
                name="",
            )
        )

    def _add(self, agent: Agent) -> None:
        made = AgentForm(agent)
        made.removed.connect(self._remove)
        self.agents.append(made)
        self._stack.addWidget(made)
        self.show()
        self.came.emit(made)

    def _remove(self, agent_id: str) -> None:
        made = next(made for made in self.agents if made.agent_id == agent_id)
        if not made.form.filled:
            self.drop(agent_id)
            return
        messages.ask(
            self,
            tr("移除这名代理人？"),
            tr("写好的内容会一起去掉：{name}").format(name=made.form.boxes["name"].value()),
            tr("移除"),
            partial(self.drop, agent_id),
        )

    def drop(self, agent_id: str, _checked: object = None) -> None:
        """Take an agent out."""
        made = next(made for made in self.agents if made.agent_id == agent_id)
        self.agents.remove(made)
        self._stack.removeWidget(made)
        made.hide()
        made.deleteLater()
        self.setVisible(bool(self.agents))
        self.went.emit(agent_id)

    def reshape(self, ids: Sequence[str]) -> None:
        """Have agents with just these ids; what stands in them comes after."""
        there = [made.agent_id for made in self.agents]
        for agent_id in there:
            if agent_id not in ids:
                self.drop(agent_id)
        for agent_id in ids:
            if agent_id not in there:
                self.add(agent_id=agent_id)

    def records(self) -> tuple[Agent, ...]:
        """The agents as typed."""
        return tuple(made.agent() for made in self.agents)
