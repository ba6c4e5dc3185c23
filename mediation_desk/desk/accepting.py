"""Findings of a received file accepted as they came: with a remark, and nothing repaired."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import AcceptedFindings, Package
from mediation_desk.store.register import Register
from mediation_desk.words import tr

__all__ = ["accept", "acceptance", "accepted", "words_of"]


def accepted(register: Register, packages: Iterable[Package]) -> dict[str, AcceptedFindings]:
    """Of each package whose findings are accepted, all of them, by whom and why."""
    found = {package.id: package for package in packages if package.findings}
    kept = cast(
        list[AcceptedFindings], register.some("accepted_findings", list(found), "package_id")
    )
    return {
        entry.package_id: entry
        for entry in kept
        # Read again by a newer program a file may show more than what was accepted then.
        if not entry.void_reason and entry.findings == found[entry.package_id].findings
    }


def words_of(entry: AcceptedFindings) -> str:
    """Who accepted what was found, when and why, beside every place that tells of it."""
    words = tr("已附说明接受（{by} {on}）：{remark}")
    return words.format(by=entry.accepted_by, on=entry.accepted_on, remark=entry.remark)


def acceptance(
    register: Register, package: Package, remark: str, actor: str, today: date
) -> AcceptedFindings:
    """What to keep so that all that was found in `package` counts as accepted.

    Raises `DeskError` without a remark, or where nothing was found.
    """
    if not package.findings:
        raise DeskError(tr("这份文件没有发现问题，不用附说明。请照常接收。"))
    if not remark.strip():
        raise DeskError(
            tr("请写明为什么照原样接受，例如“原件如此，已与村里核实”。没有写，没有接受。")
        )
    before = cast(
        list[AcceptedFindings], register.some("accepted_findings", [package.id], "package_id")
    )
    made = AcceptedFindings(
        id=new_id(),
        unit_id=package.unit_id,
        package_id=package.id,
        findings=package.findings,
        remark=remark.strip(),
        accepted_on=today,
        accepted_by=actor,
    )
    if not before:
        return made
    last = before[-1]
    return replace(
        made, id=last.id, revision=last.revision, personal_revision=last.personal_revision
    )


def accept(
    register: Register, package_id: str, remark: str, actor: str, today: date
) -> AcceptedFindings:
    """Accept with a remark what was found in a received file; its numbers stay as they came.

    Raises `DeskError` as `acceptance` does, and where no such file was received.
    """
    package = register.get("package", package_id)
    if not isinstance(package, Package) or package.void_reason or not package.received:
        raise DeskError(tr("登记簿里没有这份报送文件，可能已经撤销接收。请刷新后再看。"))
    made = acceptance(register, package, remark, actor, today)
    reason = tr("附说明接受报送文件里的问题：{remark}").format(remark=made.remark)
    with register.change(actor, reason) as change:
        return change.keep(made)
