"""The verb that shows the register of warnings."""

import argparse
import json
from dataclasses import fields
from datetime import datetime, time
from typing import Any

from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    on_register,
    opened,
    say,
    workbook_at,
)
from mediation_desk.cli.ledgers import committee_with
from mediation_desk.desk import clock
from mediation_desk.desk.warning_register import Ask, WarningFind, WarningRow, warning_rows
from mediation_desk.desk.warnings_out import WarningTaking, export_warnings, line_of
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def _moment(given: argparse.Namespace) -> datetime:
    """The present moment, or the end of the day that was named."""
    return datetime.combine(given.today, time(23, 59)) if given.today else clock.wall_clock()


def _plain(register: Register, row: WarningRow) -> dict[str, Any]:
    line = line_of(register, row, full=False)
    told: dict[str, Any] = {entry.name: getattr(line, entry.name) for entry in fields(line)}
    told |= {
        "since": line.since.isoformat(),
        "rule_id": row.rule.value if row.rule is not None else "",
        "suggested": row.suggested.value if row.suggested is not None else "",
        "asks": row.ask.value,
        "dispute_id": row.line.dispute.id,
        "evidence": list(_evidence(row)),
    }
    return told


def _evidence(row: WarningRow) -> tuple[str, ...]:
    if row.sign is not None:
        return row.sign.evidence
    return tuple(row.notice.evidence.split()) if row.notice is not None else ()


def _warnings(given: argparse.Namespace) -> int:
    moment = _moment(given)
    if given.unmasked_for and given.out is None:
        given.wrong(tr("--unmasked-for 要和 --out 一起用"))
    with opened(given) as register:
        unit_id = committee_with(register, given.unit).id if given.unit else ""
        find = WarningFind(unit_id=unit_id, waiting=given.waiting)
        rows = warning_rows(register, moment, find)
        if given.out is not None:
            taking = WarningTaking(
                actor_of(register, given), moment.date(), unmasked_for=given.unmasked_for,
                now=moment, wanted=find,
            )  # fmt: skip
            written = export_warnings(register, taking, given.out)
            say(tr("已写成 {path}：{count}项。").format(path=written.path, count=written.rows))
        elif given.json:
            plain = [_plain(register, row) for row in rows]
            print(json.dumps(plain, ensure_ascii=False, indent=1))
        else:
            _tell(register, rows)
    return PROBLEMS if any(row.ask is not Ask.NOTHING for row in rows) else DONE


def _tell(register: Register, rows: list[WarningRow]) -> None:
    for row in rows:
        line = line_of(register, row, full=False)
        told = (line.number, line.unit, line.rule, line.level, line.step, line.found, line.due_by)
        say("\t".join(told))
        say("  " + line.reason)
        if line.reported:
            say("  " + tr("上报：{words}").format(words=line.reported))
    if not rows:
        say(tr("没有预警。"))


def add_warnings(add: Add) -> None:
    """Add the verb that shows the register of warnings."""
    seen = on_register(add, "warnings", tr("看预警台账：理由、等级、步骤、上报；可导出"), _warnings)
    seen.set_defaults(wrong=seen.error)
    seen.add_argument("--json", action="store_true", help=tr("按 JSON 输出"))
    seen.add_argument("--out", type=workbook_at, help=tr("导出成 Excel，默认遮住姓名"))
    seen.add_argument("--waiting", action="store_true", help=tr("只看还要办的"))
    seen.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("只看一个单位"))
    seen.add_argument(
        "--unmasked-for", default="", metavar=tr("接收人"), help=tr("含完整姓名，写明交给谁")
    )
