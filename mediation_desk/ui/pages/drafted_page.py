"""What all forms share that are kept as drafts while they are written: tell, restore, leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.domain import casefile
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.drafting import Drafting, packed, unpacked
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.widgets import Elided, look
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class DraftedPage(QWidget):
    """Tells and takes back what is typed, and keeps it as a draft while `place` names the form."""

    given_up = Signal()

    def __init__(self, workplace: Workplace, before: CaseFile | None, title: str) -> None:
        super().__init__()
        self.workplace = workplace
        self.before = before
        self.reason = self.heading = title
        self.forms: dict[str, RecordForm] = {}  # type: ignore[type-arg]
        self.touched = False
        # The name of the form for drafts; without one it keeps none.
        self.place = ""
        self.kept_words = Elided("", "sub")
        self.kept_words.hide()
        self.drafting = Drafting(workplace, self.draft, self)
        self.drafting.kept.connect(self._draft_kept)
        self.drafting.failed.connect(self._draft_failed)
        self._parts: dict[str, RecordForm] = {}  # type: ignore[type-arg]
        self._loose: dict[str, FieldBox] = {}
        self._began: dict[str, Any] | None = None
        self._taken_up = False

    # What belongs to the form

    def watch(self, record_id: str, form: RecordForm, part: str = "") -> None:  # type: ignore[type-arg]
        """Show findings about the record `record_id` in `form`, which drafts call `part`."""
        self.forms[record_id] = form
        name = part or form.kind.__name__
        # A name once given belongs to one record for as long as the form lives.
        self._parts[name if name not in self._parts else f"{name}:{record_id}"] = form
        form.changed.connect(self._changed)

    def watch_box(self, name: str, box: FieldBox) -> None:
        """Take a box outside all records' forms for a part of what is written."""
        self._loose[name] = box
        box.changed.connect(self._changed)

    def forget(self, record_id: str) -> None:
        """Show no findings about a record any more."""
        self.forms.pop(record_id).changed.disconnect(self._changed)
        self._changed()

    def who(self) -> str:
        """Whom the form is about, for the list of drafts."""
        return casefile.title(self.before, self.workplace.register.types) if self.before else ""

    def typed(self) -> dict[str, Any]:
        """What stands in the form, understood or not, as JSON can hold it.

        A form whose parts come and go adds to it how many there are.
        """
        told = {name: form.typed() for name, form in self._parts.items() if self._lives(form)}
        return told | {name: box.editor.content() for name, box in self._loose.items()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` once gave; what it does not name stays as it is."""
        for name, form in self._parts.items():
            if name in typed and self._lives(form):
                form.retype(typed[name])
        for name, box in self._loose.items():
            if name in typed:
                box.put_back(typed[name])

    def _lives(self, form: RecordForm) -> bool:  # type: ignore[type-arg]
        return any(form is entry for entry in self.forms.values())

    # Keeping the draft

    def _changed(self) -> None:
        self.touched = True
        if self.place:
            self.drafting.change()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin()

    def _begin(self) -> None:
        """Remember what stands in the form before anything is typed."""
        if self._began is None:
            self._began = self.typed()

    def _revisions(self) -> dict[str, int]:
        records = self.before.records() if self.before else ()
        return {record.id: record.revision for record in records}

    def draft(self, draft_id: str) -> Draft:
        """The form as it stands now."""
        who = self.who()
        last = max(self.findChildren(FieldBox), key=lambda box: box.written, default=None)
        return Draft(
            id=draft_id,
            place=self.place,
            about=self.before.dispute.id if self.before else "",
            title=tr("{form} · {who}").format(form=self.heading, who=who) if who else self.heading,
            stopped_at=last.label.strip() if last is not None and last.written else "",
            typed=packed(self.typed(), self._began or {}, self._revisions()),
            at=datetime.now().astimezone().isoformat(timespec="seconds"),
        )

    def take_up(self, draft: Draft) -> bool:
        """Go on with what was typed before; whether its records were changed meanwhile."""
        self._begin()
        self.drafting.id = draft.id
        self._taken_up = True
        typed, changed = unpacked(draft.typed, self._revisions())
        self.retype(typed)
        self._changed()
        return changed

    def _draft_kept(self, moment: object) -> None:
        told = tr("草稿已自动保存 {time:%H:%M:%S}").format(time=cast(datetime, moment))
        look(self.kept_words, "sub")
        self.kept_words.setText(told)
        self.kept_words.show()
        self.kept_words.setToolTip(tr("写到一半也不会丢：停电、关机后可以接着写。"))

    def _draft_failed(self, error: object) -> None:
        look(self.kept_words, "wrong")
        self.kept_words.setText(tr("草稿还没有自动保存"))
        self.kept_words.show()
        self.kept_words.setToolTip(str(error))

    @property
    def unsaved(self) -> bool:
        """Whether anything typed would be lost with the window; a draft is kept at once first."""
        if not self.touched or not self.place:
            return self.touched
        try:
            self.drafting.keep_now()
        except DeskError as error:
            self._draft_failed(error)
        return not self.drafting.safe

    def standing_words(self) -> str:
        """What has become of what is typed: whether it is safe as a draft, never yet registered."""
        if self.place and self.drafting.safe:
            return tr("写的内容已存为草稿，但还没有登记进去。")
        return tr("写的内容还没有登记进去。")

    # Leaving

    def leave(self) -> None:
        """Go back, after asking what is to become of what was typed, if there is anything."""
        if not self.touched:
            self.given_up.emit()
        elif not self.place:
            messages.ask(
                self,
                self.standing_words(),
                tr("离开后这些内容不会保留。"),
                tr("不保存，离开"),
                self.given_up.emit,
            )
        elif self.typed() == self._began and not self._taken_up:
            self._throw_away()
        else:
            messages.ask_which(
                self,
                self.standing_words(),
                tr("留作草稿，以后可以接着写；丢弃就找不回来了。"),
                (
                    (tr("留作草稿"), self._leave_draft),
                    (tr("丢弃"), self._throw_away),
                    (tr("继续写"), None),
                ),
            )

    def _leave_draft(self) -> None:
        self._hold(held=True)
        self.drafting.keep(self._left, self._refused)

    def _throw_away(self) -> None:
        self._hold(held=True)
        self.drafting.drop(self._left, self._refused)

    def _left(self, _nothing: object) -> None:
        self.touched = False
        self.given_up.emit()

    def _hold(self, *, held: bool) -> None:
        """Close the form to typing while it is being kept, or open it again."""
        self.setEnabled(not held)

    def _refused(self, error: DeskError) -> None:
        """Say why nothing was kept and let the user go on."""
        raise NotImplementedError
