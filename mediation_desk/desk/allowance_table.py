"""The table of allowances: its grades, who may change them, and how a grade is told in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mediation_desk.desk.claiming import grades
from mediation_desk.desk.desk_key import known_office
from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.codes import Difficulty, Role
from mediation_desk.domain.file_papers import Paper
from mediation_desk.domain.grade_checks import grade_problems
from mediation_desk.domain.money import yuan
from mediation_desk.domain.problems import DeskError, Problem, errors
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def why_not_change(register: Register) -> str:
    """Why the table cannot be changed on this desk; empty if it can."""
    office = known_office(register) if register.role is Role.VILLAGE else None
    if office is None:
        return ""
    words = tr("补贴标准由{office}定，随开户文件和回件更新，本村只能查看。")
    return words.format(office=office.name)


def blank_grade(register: Register) -> AllowanceGrade:
    """A grade to fill in, below the others."""
    last = max((grade.position for grade in grades(register)), default=0)
    return AllowanceGrade(id=new_id(), name="", position=last + 1)


def grade_findings(register: Register, grade: AllowanceGrade, today: date) -> list[Problem]:
    """What is wrong with a grade beside the others."""
    return grade_problems(grade, grades(register), today)


def keep_grade(
    register: Register, grade: AllowanceGrade, draft_id: str = "", *, actor: str, today: date
) -> AllowanceGrade:
    """Keep a grade and forget its draft; claims that were made keep their amounts.

    Raises `DeskError` for a grade with errors, and where the office's table holds.
    """
    if why := why_not_change(register):
        raise DeskError(why)
    if wrong := errors(grade_findings(register, grade, today)):
        raise DeskError(wrong[0].message + wrong[0].mend)
    reason = tr("补贴标准：{name} {amount}元").format(
        name=grade.name, amount=yuan(grade.amount_fen)
    )
    with register.change(actor, reason) as change:
        register.drop_draft(draft_id)
        return change.keep(grade)


def void_grade(
    register: Register, grade: AllowanceGrade, reason: str, draft_id: str = "", *, actor: str
) -> None:
    """Use a grade no more; claims that were made keep it."""
    if why := why_not_change(register):
        raise DeskError(why)
    told = tr("停用补贴等级：{name}").format(name=grade.name)
    with register.change(actor, told) as change:
        register.drop_draft(draft_id)
        change.keep(replace(grade, void_reason=reason))


def put_grade(
    register: Register,
    name: str,
    amount_fen: int,
    actor: str,
    today: date,
    *,
    difficulty: Difficulty | None = None,
    written_only: bool = False,
    papers: Sequence[Paper] = (),
) -> AllowanceGrade:
    """Add the grade of this name, or change the one there is."""
    known = next((grade for grade in grades(register) if grade.name == name), None)
    grade = replace(
        known or blank_grade(register),
        name=name,
        amount_fen=amount_fen,
        difficulty=difficulty,
        written_only=written_only,
        papers=tuple(paper.value for paper in Paper if paper in papers),
    )
    return keep_grade(register, grade, actor=actor, today=today)


def remove_grade(register: Register, name: str, actor: str) -> None:
    """Use the grade of this name no more; raises `DeskError` if there is none."""
    known = next((grade for grade in grades(register) if grade.name == name), None)
    if known is None:
        raise DeskError(tr("补贴标准里没有“{name}”这个等级。请核对名称。").format(name=name))
    void_grade(register, known, tr("停用"), actor=actor)


def papers_words(grade: AllowanceGrade) -> str:
    """The papers that a grade asks for, in words."""
    wanted = [tr(paper.label) for paper in Paper if paper.value in grade.papers]
    return tr("、").join(wanted) or tr("不另外要求")


def grade_words(grade: AllowanceGrade) -> tuple[str, str, str, str]:
    """A grade in four words: name, amount, for which cases, which papers."""
    for_ = tr(grade.difficulty.label) if grade.difficulty else tr("其他案件")
    if grade.written_only:
        for_ = tr("{difficulty}，只补书面协议").format(difficulty=for_)
    amount = tr("{amount}元").format(amount=yuan(grade.amount_fen))
    return grade.name, amount, for_, papers_words(grade)
