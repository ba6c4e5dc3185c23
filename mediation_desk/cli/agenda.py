"""The verb that tells what is due, and why on that day."""

import argparse
import json
from datetime import date
from typing import Any

from mediation_desk.cli.asking import (
    DONE,
    Add,
    day_of,
    on_register,
    opened,
    say,
    tell_clock,
)
from mediation_desk.desk.agenda import AHEAD_DAYS, Agenda, agenda
from mediation_desk.desk.clock import today
from mediation_desk.domain.due import Due, left_words
from mediation_desk.words import tr


def _groups(shown: Agenda) -> tuple[tuple[str, str, tuple[Due, ...]], ...]:
    return (
        ("overdue", tr("逾期"), shown.overdue),
        ("today", tr("今天"), shown.today),
        ("soon", tr("快到期"), shown.soon),
    )


def _plain(due: Due, group: str, day: date) -> dict[str, Any]:
    return {
        "group": group,
        "kind": due.kind.value,
        "day": due.day.isoformat() if due.day else None,
        "left": left_words(due, day)[0],
        "about": due.about,
        "detail": due.detail,
        "number": due.number,
        "dispute": due.dispute_id,
        "record": due.record_id,
        "rule": due.rule.value,
        "source": tr(due.rule.label),
        "counted": due.counted,
    }


def _agenda(given: argparse.Namespace) -> int:
    day = given.day or given.today or today()
    with opened(given) as register:
        doubt = tell_clock(register)
        shown = agenda(register, day, given.ahead)
    if given.json:
        dues = [_plain(due, name, day) for name, _, found in _groups(shown) for due in found]
        told = {"day": day.isoformat(), "clock": doubt, "dues": dues}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return DONE
    for _, label, found in _groups(shown):
        if found:
            say(tr("{label} {count} 件").format(label=label, count=len(found)))
        for due in found:
            _tell(due, day)
    if not shown.dues:
        say(tr("没有逾期和快到期的事。"))
    return DONE


def _tell(due: Due, day: date) -> None:
    when = due.day.isoformat() if due.day else tr("没有定期限")
    left = left_words(due, day)[0]
    say(tr("  {when} {left}  {about}").format(when=when, left=left, about=due.about))
    say(tr("      {detail}").format(detail=due.detail))
    say(tr("      依据：{why}").format(why=due.why))


def add_agenda(add: Add) -> None:
    """Add the verb that tells what is due."""
    words = tr("列出逾期和快到期的事，写明依据哪条规则、怎样数出来的")
    made = on_register(add, "agenda", words, _agenda)
    made.add_argument("--day", type=day_of, help=tr("看哪一天的，默认今天"))
    made.add_argument("--ahead", type=int, default=AHEAD_DAYS, help=tr("往后看几天，默认7天"))
    made.add_argument("--json", action="store_true")
