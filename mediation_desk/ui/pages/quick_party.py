"""One party on the screen for oral settlements: a line of fields, and a menu for what is rare."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from mediation_desk.desk.people import KnownPerson
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import PartyKind, PartyRole
from mediation_desk.domain.identity import age_on, birth_date, normal_identity, sex_of
from mediation_desk.ui import theme
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.fitting import FittingForm
from mediation_desk.ui.record_form import Place
from mediation_desk.ui.workplace import today
from mediation_desk.words import tr

_HINT = tr("可不填")
_PLACES = (
    Place("name", 2, required=True),
    Place("id_number", 3, hint=_HINT),
    Place("kind", 2),
    Place("representative", 2, hint=_HINT),
    Place("sex", 2),
    Place("phone", 2, hint=_HINT),
    Place("address", 3, hint=_HINT),
)
_OF_PERSONS = ("id_number", "sex")
_OF_BODIES = ("kind", "representative")
# The grid doubles the last spans of each.
_PERSON_FITS = (
    (740, {"name": 2, "id_number": 3, "sex": 2, "phone": 2, "address": 3}),
    (640, {"name": 4, "id_number": 5, "sex": 3, "phone": 4, "address": 8}),
    (0, {"name": 2, "id_number": 4, "sex": 2, "phone": 2, "address": 2}),
)
_BODY_FITS = (
    (740, {"name": 3, "kind": 2, "representative": 2, "phone": 2, "address": 3}),
    (640, {"name": 5, "kind": 4, "representative": 3, "phone": 4, "address": 8}),
    (0, {"name": 4, "kind": 2, "representative": 2, "phone": 2, "address": 2}),
)
# On a narrow page the menu ends the first line, and the second has the whole width.
_PERSON_NARROW = ((0, {"name": 2, "id_number": 3, "sex": 1, "phone": 2, "address": 3}),)
_BODY_NARROW = ((0, {"name": 3, "kind": 2, "representative": 2, "phone": 2, "address": 2}),)
_NARROW = 640
_ACCELERATORS = {PartyRole.APPLICANT: "A", PartyRole.RESPONDENT: "B"}
_MENU_WIDTH = 98
# What the label of a field takes above its editor.
_LABEL = 23


class QuickParty(QWidget):
    """A person or a body on one side; the identity number fills sex and birth date."""

    more_wanted = Signal(object)
    removed = Signal(str)
    # Name and identity number as far as they are typed.
    named = Signal(str)

    def __init__(self, party: Party, *, first: bool) -> None:
        super().__init__()
        self.party_id = party.id
        self.role = party.role
        self._party = party
        self.form: FittingForm[Party] = FittingForm(Party, _PLACES, _PERSON_FITS)
        self._natural = party.kind is PartyKind.NATURAL
        self._filled: Party | None = None
        self.menu_button = QPushButton(self._menu_words(first=first))
        self.menu_button.setFixedWidth(theme.wide(_MENU_WIDTH))
        self.menu_button.setProperty("menu", True)  # noqa: FBT003 - Qt's own signature
        self.menu_button.setAutoDefault(True)
        self.menu_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.menu_button.setToolTip(tr("再加一人，或改为单位"))
        self._fill_menu(first=first)
        self._narrow = False
        self._beside = QWidget()
        beside = QVBoxLayout(self._beside)
        beside.setContentsMargins(0, theme.high(_LABEL), 0, 0)
        beside.addWidget(self.menu_button)
        beside.addStretch(1)
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.form, 1)
        line.addWidget(self._beside)
        self.form.show_record(party)
        boxes = self.form.boxes
        boxes["id_number"].changed.connect(self._numbered)
        boxes["name"].changed.connect(self._named)
        boxes["kind"].changed.connect(self._kind_chosen)
        self._arrange()

    def _menu_words(self, *, first: bool) -> str:
        letter = _ACCELERATORS.get(self.role, "") if first else ""
        return tr("加人 (&{letter})").format(letter=letter) if letter else tr("加人")

    def _fill_menu(self, *, first: bool) -> None:
        menu = QMenu(self)
        again = tr("再加一名{role}").format(role=self.role.label)
        menu.addAction(again, self._more)
        self._turn_action = menu.addAction("", self._turn)
        if not first:
            menu.addAction(tr("移除这一名"), self._remove)
        self.menu_button.setMenu(menu)

    def _more(self) -> None:
        self.more_wanted.emit(self.role)

    def _remove(self) -> None:
        self.removed.emit(self.party_id)

    def _turn(self) -> None:
        """Take the party for a body instead of a person, or the other way round."""
        self._natural = not self._natural
        kind = PartyKind.NATURAL if self._natural else PartyKind.LEGAL
        self.form.boxes["kind"].show_value(kind)
        self._arrange()
        self.form.boxes["name"].editor.setFocus()
        self.form.changed.emit()

    def _kind_chosen(self) -> None:
        """Follow a kind that was chosen from the list or came back from a draft."""
        self._natural = self.form.boxes["kind"].value() is PartyKind.NATURAL
        self._arrange()

    def _arrange(self) -> None:
        boxes = self.form.boxes
        words = tr("{role}姓名") if self._natural else tr("{role}名称")
        boxes["name"].rename(words.format(role=self.role.label), required=True)
        self.form.show_only(_OF_BODIES if self._natural else _OF_PERSONS)
        self._refit()
        self._turn_action.setText(tr("改为单位") if self._natural else tr("改为个人"))
        self._tell_age()

    def _refit(self) -> None:
        persons = _PERSON_NARROW if self._narrow else _PERSON_FITS
        bodies = _BODY_NARROW if self._narrow else _BODY_FITS
        self.form.refit(persons if self._natural else bodies)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(_NARROW)
        if narrow is self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self.form.grid.add(self._beside, 1, before=self.form.boxes["representative"])
        else:
            self._line.addWidget(self._beside)
        self._beside.show()
        self._refit()

    def _tell_age(self) -> None:
        """Age beside sex; a sex that the number tells is passed over by the keyboard."""
        number = normal_identity(str(self.form.boxes["id_number"].value()))
        born = birth_date(number) or self._kept().born_on
        told = born is not None and born <= today()
        words = tr("性别 · {age}岁").format(age=age_on(born, today())) if born and told else ""
        sex = self.form.boxes["sex"]
        sex.rename(words or tr("性别"), required=False)
        editor = sex.editor
        if isinstance(editor, ChoiceEditor):
            known = sex_of(number) is not None
            policy = Qt.FocusPolicy.ClickFocus if known else Qt.FocusPolicy.WheelFocus
            editor.box.setFocusPolicy(policy)

    def _numbered(self) -> None:
        number = normal_identity(str(self.form.boxes["id_number"].value()))
        if (sex := sex_of(number)) is not None:
            with QSignalBlocker(self.form.boxes["sex"]):
                self.form.boxes["sex"].show_value(sex)
        self._tell_age()
        self._named()

    def _named(self) -> None:
        self.named.emit(self.party_id)

    def fill(self, person: KnownPerson) -> None:
        """Take over what was written of a person the last time; what is typed already stays."""
        last = person.last
        if (last.kind is PartyKind.NATURAL) is not self._natural:
            self._turn()
        self._filled = last
        for name in ("name", "id_number", "sex", "phone", "address", "representative", "kind"):
            box = self.form.boxes[name]
            # The one of several of the same name that was chosen is told by the number.
            if name == "id_number" or not box.value():
                box.show_value(getattr(last, name))
        self._numbered()
        self.form.changed.emit()

    def _kept(self) -> Party:
        """Particulars without a field here: of the known person, while the name is still theirs."""
        filled = self._filled
        if filled is None or self.form.boxes["name"].value() != filled.name:
            return self._party
        number = normal_identity(str(self.form.boxes["id_number"].value()))
        return filled if number == filled.id_number else self._party

    def party(self) -> Party:
        """The party as typed; sex and birth follow from a whole identity number."""
        typed = self.form.record()
        if not self._natural:
            return replace(typed, id_number="", sex=None)
        number = normal_identity(typed.id_number)
        kept = self._kept()
        return replace(
            typed,
            id_number=number,
            representative="",
            born_on=birth_date(number) or kept.born_on,
            ethnicity=kept.ethnicity,
            occupation=kept.occupation,
            registered_address=kept.registered_address,
        )
