"""What is wrong with a grade of the table of allowances."""

from collections.abc import Iterable
from datetime import date

from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.checks import general_problems
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.words import tr


def grade_problems(
    grade: AllowanceGrade, others: Iterable[AllowanceGrade], today: date
) -> list[Problem]:
    """What is wrong with a grade of the table.

    Y1: a name that another has could not be told apart on a claim. Y2: an amount of nothing.
    """
    found = general_problems(grade, today)
    if any(other.name == grade.name and other.id != grade.id for other in others):
        words = tr("补贴标准里已经有“{name}”。").format(name=grade.name)
        found.append(Problem("Y1", Severity.ERROR, "name", words, tr("请换一个名称。")))
    if not grade.amount_fen:
        words = tr("“{name}”每件补贴是0元。").format(name=grade.name)
        found.append(Problem("Y2", Severity.ERROR, "amount_fen", words, tr("请填写金额。")))
    return found
