"""The page of organisation: units, their committees and people; forms lie over it while written."""

from datetime import date
from functools import partial
from typing import Any, TypeVar, cast

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from mediation_desk.desk import organising
from mediation_desk.desk.organising import Standing
from mediation_desk.desk.recording import own_ids
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.composition import POSITIONS, has_committee
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.ui import theme
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.organisation_card import UnitCard
from mediation_desk.ui.pages.record_page import Acts, RecordPage
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.reading import may_write
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import EDGE, Elided, button, column, framed, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

R = TypeVar("R", Unit, Mediator, Adviser)
# Below this width of the page the units stand in a menu instead of a list.
_LIST_FROM = 1040
_LIST = 330
_UNIT = (
    Place("name", 4, required=True, hint="如 梨子园村"),
    Place("committee", 8, required=True, hint="如 丰都县双龙镇梨子园村人民调解委员会"),
    Place("number_word", 4, hint="如 梨民调"),
    Place("term_from", 4),
    Place("term_to", 4),
)
_NEW_UNIT = (
    Place("kind", 4, required=True),
    Place("code", 8, required=True, label="统计代码（12位）"),
    *_UNIT,
)
_MEDIATOR = (
    Place("name", 3, required=True),
    Place("position", 3),
    Place("sex", 2),
    Place("born_on", 4),
    Place("education", 3),
    Place("phone", 3),
    Place("term_from", 3),
    Place("term_to", 3),
    Place("full_time", 3),
    Place("may_claim_allowance", 3),
)
_ADVISER = (
    Place("name", 4, required=True),
    Place("firm", 8, hint="如 某某律师事务所"),
    Place("term_from", 4),
    Place("term_to", 4),
    Place("phone", 4),
)


def _state(standing: Standing) -> str:
    if not has_committee(standing.unit):
        return tr("未设调委会")
    count = len(standing.problems)
    return tr("{count} 项要办").format(count=count) if count else tr("齐全")


def _named(standing: Standing) -> str:
    return tr("{unit} · {state}").format(unit=standing.unit.name, state=_state(standing))


def _tone(standing: Standing) -> Tone:
    if not has_committee(standing.unit):
        return Tone.RED
    return Tone.AMBER if standing.problems else Tone.GREEN


class OrganisationPage(QWidget):
    """The office sees all its units, a village itself."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self.form: RecordPage | None = None
        # The state of the register and the day that the page was read at.
        self._read_at: tuple[int, date] | None = None
        self.rows: Rows[Standing] = Rows(
            [
                Column(tr("单位"), lambda one: one.unit.name, stretch=True),
                Column(tr("调委会"), _state, _tone, width=126),
            ],
            self,
        )
        self.table = Table(self.rows, self)
        self.pick = PickButton([("", "")], tr("单位"), 228)
        self.card = UnitCard(self._workplace)
        self.add_unit = button(tr("添加单位 (&N)"), self._add_unit)
        self._summary = Elided("", "sub")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        office = self._workplace.office
        listed = column(self.table, gap=0)
        self._list = framed(listed, margins=0)
        listed.setContentsMargins(1, 1, 1, 6)
        self._list.setFixedWidth(theme.wide(_LIST))
        for part in (self._list, self.pick, self.add_unit):
            part.setVisible(office)
        head = row(
            words(tr("组织人员"), "title"), 4, self._summary, self.pick, self.add_unit, gap=12
        )
        head.setStretch(2, 1)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(14)
        self._panes.addWidget(self._list)
        self._panes.addWidget(self.card, 1)
        page = column(head, gap=12)
        page.addLayout(self._panes, 1)
        page.setContentsMargins(EDGE, 14, EDGE, 14)
        browse = QWidget()
        browse.setLayout(page)
        self._stack = QStackedWidget()
        self._stack.addWidget(browse)
        self.setLayout(column(self._stack))
        self.setFocusProxy(self.table if office else self.card.add_mediator)

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.pick.changed.connect(self._picked)
        self.card.unit_wanted.connect(self._correct_unit)
        self.card.mediator_wanted.connect(self._mediator)
        self.card.adviser_wanted.connect(self._adviser)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        listed = event.size().width() >= theme.wide(_LIST_FROM)
        self._list.setVisible(self._workplace.office and listed)
        self.pick.setVisible(self._workplace.office and not listed)

    # Showing

    def refresh(self) -> None:
        """Read the register again, unless nothing was written since and it is still that day."""
        read_at = self._workplace.register.version, today()
        if read_at == self._read_at:
            return
        self._read_at = read_at
        found = organising.standings(self._workplace.register, today())
        chosen = self.card.standing.unit.id if self.card.standing else ""
        self.rows.show(found)
        self.pick.offer([(entry.unit.id, _named(entry)) for entry in found])
        self._summary.say(*self._told(found, office=self._workplace.office))
        self._choose(chosen)

    @staticmethod
    def _told(found: list[Standing], *, office: bool) -> tuple[str, ...]:
        """What there is, in ever fewer words."""
        if len(found) == 1 or not office:
            whole, short = tr("调委会、调解员和法律顾问"), ""
            if not office:
                whole, short = tr("{told}；报送时随文件带给司法所。").format(told=whole), whole
            return whole, short, ""
        without = sum(not has_committee(entry.unit) for entry in found)
        lacking = sum(bool(entry.problems) for entry in found)
        told = [tr("{count} 个单位").format(count=len(found))]
        if without:
            told.append(tr("{count} 个未设调委会").format(count=without))
        if lacking:
            told.append(tr("{count} 个有要办的事").format(count=lacking))
        return " · ".join(told), told[0], ""

    def _choose(self, unit_id: str) -> None:
        shown = self.rows.all_shown()
        place = next((n for n, one in enumerate(shown) if one.unit.id == unit_id), 0)
        if shown:
            self.table.selectRow(place)
            self._show(shown[place])

    def _selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        standing = self.rows.row(self.table.currentIndex().row())
        if standing is not None:
            self._show(standing)

    def _picked(self) -> None:
        self._choose(self.pick.value())

    def _show(self, standing: Standing) -> None:
        self.card.show_standing(standing)
        self.pick.show_value(standing.unit.id)

    def arrive(self, go: Go) -> None:
        """Show the unit that another page sent somebody to; `draft` takes the draft `what` up."""
        if self.form is not None:
            return
        if go.verb == "draft":
            self._take_up(cast(Draft, go.what))
        elif go.about:
            self._choose(go.about)

    # Writing

    @property
    def unsaved(self) -> bool:
        """Whether a form holds something typed that was not saved."""
        return self.form is not None and self.form.unsaved

    def _take_up(self, draft: Draft) -> None:
        """Open the form of a draft again; a person or unit that is no more is begun anew."""
        _page, kind, unit_id = draft.place.split(":")
        self._choose(unit_id)
        person = self._workplace.register.get(kind, draft.about) if draft.about else None
        if kind == "unit":
            (self._correct_unit if unit_id else self._add_unit)()
        else:
            (self._mediator if kind == "mediator" else self._adviser)(person)
        if self.form is not None:
            self.form.take_up(draft)

    def _add_unit(self) -> None:
        kinds = (UnitKind.VILLAGE, UnitKind.COMMUNITY, UnitKind.ENTERPRISE, UnitKind.SOCIAL)
        choices = {"kind": [(kind, tr(kind.label)) for kind in kinds]}
        form = RecordForm(Unit, _NEW_UNIT, choices)
        blank = organising.blank_unit(self._workplace.register)
        self._write(tr("添加单位"), form, blank, strike=False)

    def _correct_unit(self) -> None:
        if self.card.standing is not None:
            unit = self.card.standing.unit
            own = unit.id in own_ids(self._workplace.register)
            # Identity follows from kind and code, so those of a unit in use stay.
            self._write(tr("修改资料"), RecordForm(Unit, _UNIT), unit, strike=not own)

    def _mediator(self, person: object) -> None:
        standing = self.card.standing
        if standing is None:
            return
        positions: Choices = [("", ""), *((name, tr(name)) for name in POSITIONS)]
        if isinstance(person, Mediator) and person.position not in {"", *POSITIONS}:
            positions = [*positions, (person.position, person.position)]
        form = RecordForm(Mediator, _MEDIATOR, {"position": positions})
        if isinstance(person, Mediator):
            self._write(tr("修改调解员"), form, person, strike=True)
        else:
            self._write(
                tr("添加调解员"), form, organising.blank_mediator(standing.unit), strike=False
            )

    def _adviser(self, person: object) -> None:
        standing = self.card.standing
        if standing is None:
            return
        form = RecordForm(Adviser, _ADVISER)
        if isinstance(person, Adviser):
            self._write(tr("修改法律顾问"), form, person, strike=True)
        else:
            self._write(
                tr("添加法律顾问"), form, organising.blank_adviser(standing.unit), strike=False
            )

    def _write(self, title: str, form: "RecordForm[Any]", record: Record, *, strike: bool) -> None:
        if not may_write(self, self._workplace):
            return
        register, actor = self._workplace.register, self._workplace.actor
        acts = Acts(
            partial(organising.findings, register, today=today()),
            partial(organising.keep, register, actor=actor, today=today()),
            partial(organising.strike, register, actor=actor) if strike else None,
            tr("作废 (&V)"),
            tr("如 已调离、重复登记"),
        )
        unit_id = getattr(record, "unit_id", record.id if record.revision else "")
        place = f"organisation:{kind_of(record)}:{unit_id}"
        self.form = RecordPage(self._workplace, title, form, record, acts, place)
        self.form.saved.connect(self._close)
        self.form.given_up.connect(self._close)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)
        self.form.setFocus()

    def _close(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._stack.removeWidget(form)
            form.deleteLater()
        self.refresh()
        self.setFocus()
