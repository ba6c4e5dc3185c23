"""The verbs of the inspector: what is wrong with files, and drawing some to look through."""

import argparse
import json
from typing import Any

from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    on_register,
    opened,
    period_of,
    say,
)
from mediation_desk.cli.ledgers import committee_with
from mediation_desk.cli.office import dispute_called
from mediation_desk.desk import giving_back, inspecting, sampling
from mediation_desk.desk.clock import today
from mediation_desk.desk.inspecting import Inspected
from mediation_desk.domain.inspection.places import place_of
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.sampling import Sampling
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def _inspect(given: argparse.Namespace) -> int:
    day = given.today or today()
    with opened(given) as register:
        found = _wanted(given, register)
        if given.comment:
            _give_back(given, register)
        plain = [_plain(register, one) for one in found] if given.json else []
    if given.json:
        say(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        for one in found:
            _tell(one, hints=given.hints or bool(given.case))
        told = tr("共{count}件，其中{odd}件要改正或补充（{day}）。")
        odd = sum(bool(one.grave) for one in found)
        say(told.format(count=len(found), odd=odd, day=day.isoformat()))
    return PROBLEMS if any(one.grave for one in found) else DONE


def _wanted(given: argparse.Namespace, register: Register) -> tuple[Inspected, ...]:
    day = given.today or today()
    if given.case:
        dispute = dispute_called(register, given.case)
        return inspecting.inspect_these(register, [dispute.id], day)
    if given.comment:
        words = tr("写意见要写明是哪一件。")
        raise DeskError(words + tr("请在登记簿后面写上纠纷编号。"))
    units = (committee_with(register, given.unit).id,) if given.unit else ()
    return inspecting.inspect_many(register, given.period or year(day.year), day, units)


def _give_back(given: argparse.Namespace, register: Register) -> None:
    """Return the case to its village with a comment; the next file made for it brings it there."""
    actor, day = actor_of(register, given), given.today or today()
    dispute = dispute_called(register, given.case)
    entry = giving_back.blank_return(dispute, actor, day, given.comment)
    giving_back.give_back(register, entry, actor, day)


def _tell(one: Inspected, *, hints: bool) -> None:
    shown = one.findings if hints else one.grave
    if not shown:
        return
    say("\t".join((one.number, one.unit, one.title)))
    for entry in shown:
        words = tr("{finding}（依据：{source}）")
        say("  " + words.format(finding=entry.problem.sentence(), source=entry.source))


def _plain(register: Register, one: Inspected) -> dict[str, Any]:
    case = register.case(one.dispute_id)
    told = []
    for entry in one.findings if case else ():
        problem = entry.problem
        record, name = place_of(case, problem.field) if case else (None, "")
        told.append(
            {
                "rule": problem.rule,
                "severity": problem.severity.value,
                "source": entry.source,
                "message": problem.message,
                "mend": problem.mend,
                "record": kind_of(record) if record else "",
                "id": record.id if record else "",
                "field": name,
            }
        )
    return {
        "id": one.dispute_id,
        "number": one.number,
        "unit": one.unit,
        "title": one.title,
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
        "findings": told,
    }


def _sample(given: argparse.Namespace) -> int:
    day = given.today or today()
    with opened(given) as register:
        actor = actor_of(register, given)
        if given.passed:
            latest = _latest(register)
            dispute = dispute_called(register, given.passed)
            sampling.passed(register, latest.id, dispute.id, actor)
        if given.size:
            units = (committee_with(register, given.unit).id,) if given.unit else ()
            period = given.period or year(day.year)
            sampling.draw(register, period, given.size, actor, day, units, given.seed)
        told = [sampling.progress(register, entry) for entry in sampling.samplings(register)]
        shown = told[:1] if given.size or given.passed else told
        for entry in shown:
            _tell_sampling(register, entry)
    if not told:
        say(tr("还没有抽查过。"))
    return PROBLEMS if any(entry.waiting for entry in shown) else DONE


def _latest(register: Register) -> Sampling:
    found = sampling.samplings(register)
    if not found:
        raise DeskError(tr("还没有抽查过。请先用 --size 抽一次。"))
    return found[0]


def _tell_sampling(register: Register, told: sampling.Progress) -> None:
    say(told.words)
    states = dict(told.states)
    for one in inspecting.inspect_these(register, states, told.sampling.drawn_on):
        say("  " + "\t".join((one.number, one.unit, one.title, states[one.dispute_id].label)))


def add_inspecting(add: Add) -> None:
    """Add the verbs of the inspector."""
    seen = on_register(add, "inspect", tr("卷宗体检：缺什么、哪里不一致、哪里迟了"), _inspect)
    seen.add_argument(
        "case", nargs="?", default="", metavar=tr("纠纷编号"), help=tr("只看一件；不写就看一段时间")
    )
    seen.add_argument("--period", type=period_of, metavar=tr("期间"), help=tr("默认为今年"))
    seen.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("只看一个单位"))
    seen.add_argument("--hints", action="store_true", help=tr("连提示也列出"))
    seen.add_argument("--comment", default="", metavar=tr("意见"), help=tr("司法所把这件退回补正"))
    seen.add_argument("--json", action="store_true", help=tr("用 JSON 写出"))
    drawn = on_register(
        add, "sample", tr("抽查案卷：随机抽几件，记下抽取号，看看到哪一件了"), _sample
    )
    drawn.add_argument(
        "--size", default="", metavar=tr("数量"), help=tr("每个单位抽几件，如 3 或 10%%")
    )
    drawn.add_argument("--period", type=period_of, metavar=tr("期间"), help=tr("默认为今年"))
    drawn.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("只抽一个单位"))
    drawn.add_argument(
        "--seed", default="", metavar=tr("抽取号"), help=tr("用同一个抽取号抽出同样的")
    )
    drawn.add_argument(
        "--passed", default="", metavar=tr("纠纷编号"), help=tr("这次抽中的这件没有问题")
    )
