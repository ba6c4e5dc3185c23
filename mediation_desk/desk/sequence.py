"""The sequence of what goes between village and office: up to where it is whole, what is missing.

Every file tells its number, the file before it, and since which one it carries all changes. So a
missing one matters only until a later one that makes it good has come.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from mediation_desk.desk.asked_for import asked_for, came_back
from mediation_desk.desk.confirmed import confirmed_numbers
from mediation_desk.domain.codes import Role
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.reporting import Package
from mediation_desk.store.register import Register
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not in order in the sequence with a unit: which numbers, and in words.

    `going` are files that went from here and did not arrive, others should have come.
    """

    unit: Unit
    numbers: tuple[int, ...]
    words: str
    going: bool = False


def reached(came: Iterable[Package]) -> Package | None:
    """Up to which of the files that came everything is here; None without any."""
    whole: Package | None = None
    for package in sorted(came, key=lambda entry: (entry.number, entry.id)):
        if package.base <= (whole.number if whole else 0):
            whole = package
    return whole


def gaps(came: Collection[Package]) -> list[int]:
    """The numbers that are missing and that no later file made good."""
    newest = max((entry.number for entry in came), default=0)
    good = {number for entry in came for number in range(entry.base + 1, entry.number + 1)}
    return [number for number in range(1, newest + 1) if number not in good]


def told_back(register: Register) -> str:
    """What a village's package says of the files from its office: the last that closed all gaps."""
    whole = reached(came_back(register))
    return f"{whole.number} {whole.id}" if whole else ""


def of_unit(register: Register, unit_id: str) -> list[Package]:
    """The numbered files of a unit that came; ledgers kept by hand have no number."""
    found = cast(list[Package], register.all("package", received=1, unit_id=unit_id))
    return [entry for entry in found if entry.number]


def gone_back(register: Register, unit_id: str) -> list[Package]:
    """What the office wrote for a unit, the newest first."""
    found = cast(list[Package], register.all("package", received=0, unit_id=unit_id))
    return sorted(found, key=lambda entry: entry.number, reverse=True)


def missing(register: Register) -> list[Missing]:
    """What is missing or contradicts itself in the sequence, on an office's desk or a village's."""
    if register.role is Role.OFFICE:
        came: dict[str, list[Package]] = defaultdict(list)
        for package in cast(list[Package], register.all("package", received=1)):
            if package.number:
                came[package.unit_id].append(package)
        units = [unit for unit in register.units() if not unit.void_reason]
        return [entry for unit in units for entry in _from_village(unit, came[unit.id])]
    return list(_in_village(register))


def _numbered(numbers: Sequence[int]) -> str:
    """Numbers in words, those that follow one another as a whole: 第1份、第3至7份."""
    told, start = [], 0
    for place, number in enumerate(numbers):
        if place + 1 < len(numbers) and numbers[place + 1] == number + 1:
            continue
        first, start = numbers[start], place + 1
        words = tr("第{number}份") if first == number else tr("第{first}至{number}份")
        told.append(words.format(first=first, number=number))
    return tr("、").join(told)


def _from_village(unit: Unit, came: Collection[Package]) -> Iterator[Missing]:
    if lost := gaps(came):
        words = tr("没有收到{unit}累计{numbers}报送，后来的也没有补上它的内容。请让对方补发。")
        told = words.format(unit=unit.name, numbers=_numbered(lost))
        yield Missing(unit, tuple(lost), told)
    for number in _forked(came):
        words = tr("{unit}累计第{number}份接的不是已收到的前一份，对方可能用旧备份恢复过。")
        mend = tr("请让对方先收下本所最近的回件，再重新导出。")
        yield Missing(unit, (number,), words.format(unit=unit.name, number=number) + mend)


def _forked(came: Collection[Package]) -> list[int]:
    """The numbers of files made after another than that which came with the number before."""
    ids = {entry.id for entry in came}
    numbers = {entry.number for entry in came}
    return sorted(
        entry.number
        for entry in came
        if entry.previous and entry.previous not in ids and entry.number - 1 in numbers
    )


def _in_village(register: Register) -> Iterator[Missing]:
    unit, came = register.unit, came_back(register)
    if lost := lost_packages(register):
        words = tr("司法所没有收到本村累计{numbers}报送。下一份会自动补上它的内容；")
        mend = tr("原来的文件还在的，也可以再发一次。")
        told = words.format(numbers=_numbered(lost)) + mend
        yield Missing(unit, tuple(lost), told, going=True)
    if lost := gaps(came):
        words = tr("没有收到司法所给本村的{numbers}回件。请让司法所补发；")
        told = words.format(numbers=_numbered(lost)) + tr("不补也可以，下一份报送会请它重新给。")
        yield Missing(unit, tuple(lost), told)
    for number in _forked(came):
        words = tr("司法所的第{number}份回件接的不是本村收到的前一份，它可能用旧备份恢复过。")
        mend = tr("请照常报送，双方会自动对齐。")
        yield Missing(unit, (number,), words.format(number=number) + mend)


def lost_packages(register: Register) -> list[int]:
    """The village's packages that the office is known not to have and nothing later makes good.

    Those without a receipt before one that has one, and those that the office asks for.
    """
    there = confirmed_numbers(register)
    own = cast(list[Package], register.all("package", received=0))
    latest = max(there, default=0)
    lost = {entry.number for entry in own if entry.number < latest} | asked_for(register)
    good = {
        number for entry in own for number in range(entry.base + 1, entry.number)
        # What is on its way makes good as well, and tells of itself when it is lost.
        if entry.number in there or entry.number > latest
    }  # fmt: skip
    return sorted(lost - set(there) - good)
