"""What is wrong with a value: a value itself, the same for forms, workbook rows and reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from mediation_desk.domain.desk_error import DeskError

__all__ = ["DeskError", "Problem", "Severity", "errors"]


class Severity(Enum):
    """Whether a record can be kept as it is."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a rule: rule id, how grave, which field, what is wrong, how to mend it.

    `place` is the `sheet!cell` for findings in a workbook, else empty.
    """

    rule: str
    severity: Severity
    field: str
    message: str
    mend: str = ""
    place: str = ""

    def sentence(self) -> str:
        """The finding as one line for lists and the command line."""
        where = f"{self.place}：" if self.place else ""
        return f"{where}[{self.rule}] {self.message}{self.mend}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The findings that keep a record from being kept."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
