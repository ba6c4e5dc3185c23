"""Recording a dispute: a blank file, what is wrong with it, keeping it with its number."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.checks import case_problems
from mediation_desk.domain.codes import PartyRole, Role, Source
from mediation_desk.domain.lifecycle import void
from mediation_desk.domain.office_additions import is_addition
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.prevention import Finding
from mediation_desk.domain.problems import DeskError, Problem, errors
from mediation_desk.domain.record import Record, new_id
from mediation_desk.store.pinyin import sorting_key
from mediation_desk.store.register import Register
from mediation_desk.words import tr

NOT_NUMBERED = 0
_BETWEEN_PERSONS = re.compile(r"[、，,；;\s]+")


def own_committee(register: Register) -> Unit:
    """The committee whose cases are recorded here; raises `DeskError` if there is none."""
    committee = register.committee
    if committee is None:
        raise DeskError(tr("本登记簿没有自己的调委会，不能登记。请在有调委会的登记簿里登记。"))
    return committee


def is_own(register: Register, record: Record) -> bool:
    """Whether this desk owns `record` and may change it; those of others are only read."""
    committee = register.committee
    return committee is not None and getattr(record, "unit_id", "") == committee.id


def own_ids(register: Register) -> set[str]:
    """The ids of the own unit and of the own committee's unit, which may be the same."""
    committee = register.committee
    return {register.unit.id} | ({committee.id} if committee is not None else set())


def own_mediators(register: Register) -> list[Mediator]:
    """The mediators of the own committee, void ones left out, by name."""
    committee = register.committee
    found = (
        cast(list[Mediator], register.all("mediator", unit_id=committee.id)) if committee else []
    )
    live = (entry for entry in found if not entry.void_reason)
    return sorted(live, key=lambda entry: sorting_key(entry.name))


def own_advisers(register: Register) -> list[Adviser]:
    """The legal advisers of the own unit, void ones left out, by name."""
    found = cast(list[Adviser], register.all("adviser"))
    units = own_ids(register)
    mine = (entry for entry in found if entry.unit_id in units and not entry.void_reason)
    return sorted(mine, key=lambda entry: sorting_key(entry.name))


def blank_case(register: Register, today: date, actor: str) -> CaseFile:
    """A case file to fill: own committee, today's intake, one applicant and one respondent."""
    mediators = own_mediators(register)
    mine = tuple(entry.id for entry in mediators if entry.name == actor)
    dispute = Dispute(
        id=new_id(),
        unit_id=own_committee(register).id,
        year=today.year,
        number=NOT_NUMBERED,
        type="",
        source=Source.SPOKEN,
        intake_on=today,
        mediator_ids=mine or tuple(entry.id for entry in mediators[:1]),
        registrar=actor,
    )
    sides = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    parties = tuple(
        Party(id=new_id(), dispute_id=dispute.id, position=1, role=role, name="") for role in sides
    )
    return CaseFile(dispute, parties)


def case_from_finding(register: Register, finding: Finding, today: date, actor: str) -> CaseFile:
    """A case file to fill out of what a screening round found: its matter and its persons.

    Who applied is not known yet: the first person stands on one side, all others on the other.
    """
    blank = blank_case(register, today, actor)
    dispute = replace(blank.dispute, source=Source.OWN, facts=finding.matter.strip())
    names = [name for name in _BETWEEN_PERSONS.split(finding.persons) if name]
    first, second = blank.parties
    others = [replace(second, name=names[1] if len(names) > 1 else "")]
    for position, name in enumerate(names[2:], 2):
        others.append(replace(second, id=new_id(), name=name, position=position))
    return replace(
        blank,
        dispute=dispute,
        parties=(replace(first, name=names[0] if names else ""), *others),
    )


def case_findings(register: Register, case: CaseFile, today: date) -> list[Problem]:
    """What is wrong with a case file as it stands on the form, as if it had its number."""
    return case_problems(_numbered(register, case), register.types, today, register.limits)


def _numbered(register: Register, case: CaseFile) -> CaseFile:
    dispute = case.dispute
    if dispute.number != NOT_NUMBERED:
        return case
    year = (dispute.intake_on or date(dispute.year, 1, 1)).year
    number = register.next_number(dispute.unit_id, year)
    return replace(case, dispute=replace(dispute, year=year, number=number))


def _with_children_of(case: CaseFile, records: list[Record]) -> list[Record]:
    """`records` ready to keep: what hangs on an agreement or party comes after it."""
    order = {record.id: place for place, record in enumerate(case.records())}
    return sorted(records, key=lambda record: order.get(record.id, len(order)))


def keep_case(
    register: Register,
    before: CaseFile | None,
    after: CaseFile,
    actor: str,
    reason: str,
    today: date,
    further: Iterable[Record] = (),
    draft_id: str = "",
) -> CaseFile:
    """Keep a case file in one act: new and changed records, and voided those taken out of it.

    A new case gets its number here. What belongs to the same act but hangs on no dispute, such
    as the finding that the case came from, is kept with it as `further`. To a village's case an
    office may add what `office_additions` says. Raises `DeskError` for a file with errors, a void
    one, or one changed elsewhere since it was read.
    """
    if before is not None and before.dispute.void_reason:
        told = tr("纠纷已经作废，不能再改。")
        raise DeskError(told + tr("确实要改的，请先在“修改记录”里把纠纷登记恢复到作废以前。"))
    if is_own(register, after.dispute):
        after = _numbered(register, after)
        _check(case_findings(register, after, today))
    else:
        _check_added(register, before, after, today)
    old = {record.id: record for record in before.records()} if before else {}
    kept = {record.id for record in after.records()}
    changed = [record for record in after.records() if old.get(record.id) != record]
    gone = [record for id_, record in old.items() if id_ not in kept]
    with register.change(actor, reason) as change:
        for record in gone:
            change.keep(replace(record, void_reason=reason))
        for record in _with_children_of(after, changed):
            change.keep(record)
        for record in further:
            change.keep(record)
        # In the same act, else a power cut in between would offer a saved case as a draft.
        if draft_id:
            register.drop_draft(draft_id)
    return cast(CaseFile, register.case(after.dispute.id))


def can_add(register: Register, dispute: Dispute) -> bool:
    """Whether this desk may add to a case that is not its own: an office, one that is not void."""
    other = register.role is Role.OFFICE and not is_own(register, dispute)
    return other and not dispute.void_reason


def _check(findings: Iterable[Problem]) -> None:
    wrong = errors(list(findings))
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)


def _check_added(register: Register, before: CaseFile | None, after: CaseFile, today: date) -> None:
    """See that a case of others only gets what an office may add, in order as far as it is new."""
    if not can_add(register, after.dispute) or before is None or before == after:
        raise DeskError(tr("这件纠纷属于别的调委会，这里只能查看。请由登记的单位修改后再报送。"))
    if not is_addition(before, after):
        happened = tr(
            "这件纠纷属于别的调委会，这里只能补充调解记录、衔接移送、风险等级、预警、上报和备注。"
        )
        raise DeskError(happened + tr("别的内容请退回给登记的单位修改。"))
    # What the village left wrong keeps nobody from adding to it.
    types, limits = register.types, register.limits
    known = {problem.message for problem in case_problems(before, types, today, limits)}
    found = case_problems(after, types, today, limits)
    _check(problem for problem in found if problem.message not in known)


def void_case(register: Register, case: CaseFile, actor: str, reason: str) -> CaseFile:
    """Strike a case out with a reason; its number stays taken."""
    if not is_own(register, case.dispute):
        raise DeskError(tr("这件纠纷属于别的调委会，这里只能查看。请由登记的单位作废。"))
    with register.change(actor, tr("作废：{reason}").format(reason=reason)) as change:
        change.keep(void(case.dispute, reason))
    return cast(CaseFile, register.case(case.dispute.id))
