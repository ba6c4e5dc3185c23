"""What the pictures have shown so far, and what the program has that none of them shows."""

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from PySide6.QtWidgets import QMessageBox, QWidget

from mediation_desk import ui
from mediation_desk.ui import messages
from mediation_desk.ui.pages import dispute_forms

_ASKED_AT = "asked at"
# Not there in large type on a low screen.
_GIVING_WAY = {"_Footer"}
_QUESTIONS = {"messages.tell", "messages.fail", "messages.ask", "messages.ask_which"}


class Sightings:
    """Notes the kinds of widgets, the forms about a dispute and the questions of each picture."""

    def __init__(self) -> None:
        self._kinds: set[type] = set()
        self._places: set[str] = set()
        self._asked: set[str] = set()
        self._box = messages._box
        messages._box = self._noted

    def _noted(self, *arguments: object) -> QMessageBox:
        """A question that knows the line of the program that asks it."""
        made = self._box(*arguments)
        caller = sys._getframe(2)
        made.setProperty(_ASKED_AT, f"{Path(caller.f_code.co_filename).name}:{caller.f_lineno}")
        return made

    def note(self, shown: QWidget) -> None:
        """Remember everything that can be seen of `shown`."""
        for part in (shown, *shown.findChildren(QWidget)):
            if part.isVisible():
                self._kinds.add(type(part))
                self._places.add(str(getattr(part, "place", "")).partition(":")[0])
                self._asked.add(str(part.property(_ASKED_AT)))

    def missing(self) -> list[str]:
        """Pages, cards and windows, forms of a dispute, and questions without a picture."""
        modules = list(_modules())
        kinds = {kind for module in modules for kind in _kinds(module)}
        kinds = {kind for kind in kinds if kind.__qualname__ not in _GIVING_WAY}
        return [
            *sorted(kind.__qualname__ for kind in kinds - self._kinds),
            *sorted(f"form {name}" for name in dispute_forms._MAKERS.keys() - self._places),
            *sorted(f"question {asked}" for asked in _questions(modules) - self._asked),
        ]


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        yield importlib.import_module(found.name)


def _kinds(module: ModuleType) -> Iterator[type]:
    """The widgets that a module makes; what others are derived from shows itself in them."""
    for kind in vars(module).values():
        if not inspect.isclass(kind) or not issubclass(kind, QWidget):
            continue
        if kind.__module__ == module.__name__ and not kind.__subclasses__():
            yield kind


def _questions(modules: list[ModuleType]) -> set[str]:
    """Every line that asks or tells something in a window of its own."""
    found = set()
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _QUESTIONS:
                found.add(f"{Path(module.__file__).name}:{node.lineno}")
    return found
