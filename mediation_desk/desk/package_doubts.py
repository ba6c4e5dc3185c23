"""What speaks against a package that came: whose it is, what came before it, numbers twice."""

from collections.abc import Sequence
from typing import cast

from mediation_desk.desk.sequence import reached
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.reporting import Package
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_TOWNSHIP_CODE = 9


def not_ours(register: Register, incoming: Incoming) -> str:
    """Why a readable package does not belong on this desk; empty if it does."""
    unit, office = incoming.head.unit, register.unit
    if unit.code[:_TOWNSHIP_CODE] != office.code[:_TOWNSHIP_CODE]:
        words = tr("这是“{unit}”（代码{code}）的文件，不属于本所管辖的单位。请核对发错了没有。")
        return words.format(unit=unit.name, code=unit.code)
    own = register.committee
    if unit.id == office.id or (own is not None and unit.id == own.id):
        return tr("这是本所自己的单位，案件在这里登记，不需要接收。")
    return ""


def known_packages(register: Register, incoming: Incoming) -> list[Package]:
    """The numbered packages that came from the same unit before."""
    unit = register.get("unit", incoming.head.unit.id)
    if unit is None:
        return []
    found = cast(list[Package], register.all("package", received=1, unit_id=unit.id))
    # Ledgers kept by hand have no number and stand in no order.
    return [entry for entry in found if entry.number]


def undone_packages(register: Register, incoming: Incoming) -> list[Package]:
    """Packages of the unit whose receiving was undone.

    They may come again, and hold perhaps what a laptop that was put back since knows no more; so
    their numbers are not free for others.
    """
    found = cast(list[Package], register.taken_back("package"))
    return [entry for entry in found if entry.received and entry.unit_id == incoming.head.unit.id]


def sequence_problems(incoming: Incoming, known: Sequence[Package]) -> list[Problem]:
    """Whether a package before this one is missing."""
    head = incoming.head
    if not head.previous or not known or any(entry.id == head.previous for entry in known):
        return []
    words = tr("没有收到这个单位累计第{number}份报送文件。").format(number=head.number - 1)
    whole = reached(known)
    if head.number - head.span <= (whole.number if whole else 0):
        mend = tr("它的内容这一份里都有，不用补发。")
    else:
        mend = tr("请让对方补发；先收这一份不影响结果。")
    return [Problem("W9", Severity.HINT, "number", words, mend)]


def number_problems(register: Register, incoming: Incoming) -> list[Problem]:
    """Numbers that other disputes of this unit have here: perhaps one case typed twice."""
    head, found = incoming.head, []
    taken = register.numbers(head.unit.id)
    for record in incoming.records:
        own = isinstance(record, Dispute) and record.unit_id == head.unit.id
        if own and isinstance(record, Dispute) and not record.void_reason:
            other = taken.get((record.year, record.number), record.id)
            if other != record.id:
                label = case_number(record, head.unit, head.pattern)
                words = tr("编号“{number}”在登记簿里是另一件纠纷，两件都会统计。")
                mend = tr("请与报送单位核对是不是同一件；如果是，请让对方作废一件。")
                found.append(
                    Problem("M3", Severity.WARNING, "number", words.format(number=label), mend)
                )
    return found
