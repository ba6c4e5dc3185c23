"""What a village sent, each package with what its office answered, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import cast

from mediation_desk.desk.sending import sent
from mediation_desk.desk.sequence import lost_packages
from mediation_desk.domain.due import short_day
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.store.register import Register
from mediation_desk.words import tr


class Answer(Enum):
    """How a package stands at the office."""

    NONE = "none"
    TAKEN = "taken"
    PARKED = "parked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that was sent, the receipt for it, and what that says.

    `lines` tell it in full, one thing a line.
    """

    package: Package
    receipt: Receipt | None
    answer: Answer
    lines: tuple[str, ...]

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that it is about."""
        return self.package.period_from, self.package.period_to


def sent_history(register: Register) -> list[SentPackage]:
    """The packages sent from here with their receipts, newest first."""
    own = cast(list[Receipt], register.all("receipt", unit_id=register.unit.id))
    receipts = {entry.package_id: entry for entry in own if entry.number}
    lost = set(lost_packages(register))
    return [_told(package, receipts.get(package.id), lost) for package in sent(register)]


def forgotten(register: Register) -> list[str]:
    """Packages that the office has and this register does not know, as after a restore."""
    known = {package.id for package in sent(register)}
    own = cast(list[Receipt], register.all("receipt", unit_id=register.unit.id))
    numbers = sorted(
        entry.number
        for entry in own
        if entry.number and entry.package_id not in known and not entry.void_reason
    )
    words = tr(
        "司法所收到过本村累计第{number}份报送，这本登记簿里没有它，可能是从旧备份恢复的。"
        "请打开司法所的回件，把那一份的内容取回来。"
    )
    return [words.format(number=number) for number in numbers]


def _told(package: Package, receipt: Receipt | None, lost: set[int]) -> SentPackage:
    answer = _answer(package, receipt, lost)
    return SentPackage(package, receipt, answer, tuple(_lines(package, receipt, answer)))


def _answer(package: Package, receipt: Receipt | None, lost: set[int]) -> Answer:
    if receipt is not None and receipt.void_reason:
        return Answer.WITHDRAWN
    if package.number in lost:
        return Answer.LOST
    if receipt is None:
        return Answer.NONE
    if receipt.rejected:
        return Answer.REFUSED
    return Answer.PARKED if receipt.conflicts or receipt.proposals else Answer.TAKEN


def _lines(package: Package, receipt: Receipt | None, answer: Answer) -> Iterator[str]:
    yield _made(package)
    if answer is Answer.LOST and receipt is not None:
        words = tr("司法所收过这一份，现在又说没有，可能用旧备份恢复过。")
        yield words + tr("下一份报送会自动补上它的内容。")
    elif answer is Answer.LOST:
        yield tr(
            "司法所没有收到这一份。下一份报送会自动补上它的内容；原来的文件还在，也可以再发一次。"
        )
    if answer is Answer.NONE:
        yield tr("还没有回执。司法所收下以后，回执随它的回件文件一起回来。")
    if receipt is not None:
        yield from _of_receipt(receipt)


def _made(package: Package) -> str:
    holds = tr("零报告") if package.nil else tr("纠纷 {count} 件").format(count=package.disputes)
    if package.sealed:
        how = tr("已签名，封存给司法所")
    else:
        how = tr("已签名，没有封存") if package.signer else tr("没有签名和封存")
    masked = tr("个人信息已遮住")
    if package.unmasked_for:
        masked = tr("含完整个人信息，交给{who}").format(who=package.unmasked_for)
    made = tr("{day} 由{who}制作").format(
        day=short_day(package.made_on, package.made_on), who=package.made_by
    )
    return tr("；").join((made, holds, masked, how))


def _of_receipt(receipt: Receipt) -> Iterator[str]:
    day = short_day(receipt.received_on, receipt.received_on)
    if receipt.void_reason:
        words = tr("司法所{day}接收后又撤销了。请照常报送，下一份会补上它的内容。")
        yield words.format(day=day)
        return
    yield tr("司法所{day}由{who}接收：{counts}").format(
        day=day, who=receipt.received_by, counts=_counts(receipt)
    )
    if receipt.conflicts:
        words = tr("{count} 条两边都改过、改得不一样，司法所正在核对，结果随下一份回件告诉本村。")
        yield words.format(count=receipt.conflicts)
    if receipt.proposals:
        words = tr("表格里有 {count} 处手工改动，司法所核对后才会采用。")
        yield words.format(count=receipt.proposals)
    yield from receipt.remarks.splitlines()


def _counts(receipt: Receipt) -> str:
    parts = (
        (tr("新增 {count}"), receipt.added),
        (tr("更新 {count}"), receipt.updated),
        (tr("未变 {count}"), receipt.unchanged),
        (tr("司法所已有更新的 {count}"), receipt.older),
        (tr("待核对 {count}"), receipt.conflicts),
        (tr("没有接收 {count}"), receipt.rejected),
    )
    told = [words.format(count=count) for words, count in parts if count]
    whole = sum(count for _, count in parts)
    counted = tr("共 {count} 条记录").format(count=whole)
    return tr("{counted}，{parts}").format(counted=counted, parts=tr("、").join(told) or tr("没有"))
