"""The verb that tells how good the units' reports are."""

import argparse
import json
from typing import Any

from mediation_desk.cli.asking import DONE, PROBLEMS, Add, on_register, opened, say
from mediation_desk.cli.ledgers import committee_with
from mediation_desk.desk.clock import today
from mediation_desk.desk.quality import MONTHS, UnitQuality, last_months, quality
from mediation_desk.words import tr


def _quality(given: argparse.Namespace) -> int:
    day = given.today or today()
    with opened(given) as register:
        unit_id = committee_with(register, given.unit).id if given.unit else ""
        cards = quality(register, day, last_months(day, given.months), unit_id)
    if given.json:
        say(json.dumps([_plain(card) for card in cards], ensure_ascii=False))
    else:
        for card in cards:
            _tell(card)
    odd = any(card.mends or card.questions or card.missing for card in cards)
    return PROBLEMS if odd else DONE


def _tell(card: UnitQuality) -> None:
    words = tr("{unit}\t齐全{complete}/{cases}件").format(
        unit=card.unit.name, complete=card.complete, cases=card.cases
    )
    if card.due:
        words += tr("\t按时{in_time}/{due}个月").format(in_time=card.in_time, due=card.due)
    say(words)
    for month in card.missing:
        say("  " + tr("没有报：{month}").format(month=month.label()))
    for mend in card.mends:
        say(f"  [{mend.rule}] {mend.words}{mend.mend}")
    for question in card.questions:
        say(f"  [{question.rule}] {question.words}")


def _plain(card: UnitQuality) -> dict[str, Any]:
    return {
        "unit": card.unit.name,
        "code": card.unit.code,
        "cases": card.cases,
        "complete": card.complete,
        "due": card.due,
        "in_time": card.in_time,
        "months": [
            {
                "month": entry.month.label(),
                "state": entry.cell.words if entry.cell else "",
                "cases": entry.cases,
                "complete": entry.complete,
            }
            for entry in card.months
        ],
        "mends": [
            {"rule": entry.rule, "words": entry.words, "mend": entry.mend,
             "cases": len(entry.dispute_ids)}
            for entry in card.mends
        ],
        "questions": [{"rule": entry.rule, "words": entry.words} for entry in card.questions],
    }  # fmt: skip


def add_quality(add: Add) -> None:
    """Add the verb that tells how good the units' reports are."""
    words = tr("看各单位的数据质量：齐不齐、按不按时、先改哪些、要问哪些")
    seen = on_register(add, "quality", words, _quality)
    seen.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("只看一个单位"))
    seen.add_argument("--months", type=int, default=MONTHS, help=tr("看几个月，默认12个月"))
    seen.add_argument("--json", action="store_true", help=tr("用 JSON 写出"))
