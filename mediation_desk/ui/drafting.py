"""Keeping what is typed as a draft within a second, without holding up the one who types."""

import json
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.jobs import Done, Failed
from mediation_desk.ui.workplace import Workplace

T = TypeVar("T")
Typed = Mapping[str, Any]
# The form as it stands now, as a draft of that id.
DraftOf = Callable[[str], Draft]

# A change is on the disk within a second even if writing it takes a slow disk half of that.
_PAUSE_MS = 400
_AGAIN_MS = 300


class _Place:
    """One draft in the register, written by one thread at a time until it is saved or given up."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._turn = threading.Lock()
        self._closed = False

    def keep(self, draft: Draft) -> None:
        with self._turn:
            if not self._closed:
                self._register.keep_draft(draft)

    def drop(self, draft_id: str) -> None:
        with self._turn:
            self._register.drop_draft(draft_id)
            self._closed = True

    def save(self, work: Callable[[], T]) -> T:
        with self._turn:
            saved = work()
            self._closed = True
            return saved


class Drafting(QObject):
    """Keeps the draft of one form as long as the form is written in."""

    # The moment at which what was typed came to be safe.
    kept = Signal(object)
    # Why it is not, in words; it is tried again.
    failed = Signal(object)

    def __init__(self, workplace: Workplace, draft: DraftOf, parent: QObject) -> None:
        super().__init__(parent)
        self.id = new_id()
        self._workplace = workplace
        self._draft = draft
        self._place = _Place(workplace.register)
        self._changed = False
        self._writing = False
        self._kept = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._write)

    @property
    def safe(self) -> bool:
        """Whether everything typed so far is kept."""
        return self._kept and not self._changed and not self._writing

    def change(self) -> None:
        """Something was typed; it is kept soon, also while typing goes on without a pause."""
        self._changed = True
        if not self._pause.isActive():
            self._pause.start(_PAUSE_MS)

    def _write(self) -> None:
        if self._writing:
            self._pause.start(_AGAIN_MS)
            return
        self._changed, self._writing = False, True
        self._workplace.jobs.run_beside(
            partial(self._place.keep, self._draft(self.id)),
            owner=self,
            done=self._written,
            failed=self._not_written,
        )

    def _written(self, _nothing: object) -> None:
        self._writing = False
        self._kept = True
        self.kept.emit(datetime.now().astimezone())

    def _not_written(self, error: DeskError) -> None:
        self._writing = False
        self._changed = True
        self._pause.start(_AGAIN_MS)
        self.failed.emit(error)

    def keep_now(self) -> None:
        """Keep at once what is not yet kept, before the register is closed.

        Raises `DeskError` if that is not possible.
        """
        if not self.safe:
            self._place.keep(self._draft(self.id))
            self._pause.stop()
            # What was being written meanwhile is older and done: the two took turns.
            self._changed = self._writing = False
            self._kept = True

    def keep(self, done: Done, failed: Failed) -> None:
        """Keep the form as it stands, then call `done`, because the form will be left."""
        self._pause.stop()
        work = partial(self._place.keep, self._draft(self.id))
        self._workplace.jobs.run_beside(work, owner=self, done=done, failed=failed)

    def drop(self, done: Done, failed: Failed) -> None:
        """Give the draft up, then call `done`."""
        self._pause.stop()
        work = partial(self._place.drop, self.id)
        self._workplace.jobs.run_beside(work, owner=self, done=done, failed=failed)

    def around(self, save: Callable[[], T]) -> Callable[[], T]:
        """`save`, after which no draft is kept any more; it drops the draft `id` itself."""
        return partial(self._place.save, save)


def packed(typed: Typed, began: Typed, base: Mapping[str, int]) -> str:
    """What a draft holds: the typed, what stood there at first, and the revisions it was about."""
    whole = {"typed": typed, "began": began, "base": base}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, base: Mapping[str, int]) -> tuple[dict[str, Any], bool]:
    """What to put back into a form about records of revisions `base`; whether they have changed.

    Where they have, only what was really written is put back, so that it undoes nothing that
    others have changed meanwhile.
    """
    whole = json.loads(text)
    typed: dict[str, Any] = whole["typed"]
    if whole["base"] == base:
        return typed, False
    return written(typed, whole["began"]), True


def lost(draft: Draft, there: Collection[str]) -> bool:
    """Whether the record that a draft corrects is no more among the ids of its file."""
    part = draft.place.partition(":")[2]
    return part in json.loads(draft.typed)["base"] and part not in there


def texts(text: str) -> str:
    """The words in a draft, one below the other, for copying when its form is no more."""
    found: list[str] = []

    def walk(content: Any) -> None:
        if isinstance(content, str) and content:
            found.append(content)
        elif isinstance(content, dict):
            for inner in content.values():
                walk(inner)

    whole = json.loads(text)
    walk(written(whole["typed"], whole["began"]))
    return "\n".join(found)


def written(typed: Typed, began: Typed) -> dict[str, Any]:
    """What of `typed` differs from `began`."""
    found: dict[str, Any] = {}
    for name, content in typed.items():
        before = began.get(name)
        if isinstance(content, dict) and isinstance(before, dict):
            inner = written(content, before)
            if inner:
                found[name] = inner
        elif content != before:
            found[name] = content
    return found
