"""The verbs by which workbooks go out and come in."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    code_of,
    common,
    on_register,
    opened,
    period_of,
    say,
    tell_clock,
    tell_problems,
    workbook_at,
)
from mediation_desk.cli.ledgers import committee_with
from mediation_desk.desk import (
    giving_back,
    handing_over,
    rebuilding,
    receiving,
    sending,
    sequence,
    taking_back,
)
from mediation_desk.desk.clock import today
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.outcomes import IGNORED
from mediation_desk.domain.problems import errors
from mediation_desk.words import tr

_NOT_RECEIVED = (receiving.LookState.REFUSED, receiving.LookState.ASKS)


def _export(given: argparse.Namespace) -> int:
    with opened(given) as register:
        tell_clock(register)
        done = sending.send(
            register,
            given.period,
            given.out,
            actor_of(register, given),
            given.today or today(),
            given.unmasked_for,
        )
    words = tr("已写成 {path}：累计第{number}份，纠纷{disputes}件，{mask}，{seal}。")
    mask = tr("含完整个人信息") if given.unmasked_for else tr("个人信息已脱敏")
    seal = tr("已签名、已封存给{office}") if done.office else tr("未开户，未签名")
    package = done.package
    say(words.format(path=done.path, number=package.number, disputes=package.disputes, mask=mask,
                      seal=seal.format(office=done.office)))  # fmt: skip
    if done.left_out:
        left = tr("这些附件放不下，随下一份报送：{names}。")
        say(left.format(names=tr("、").join(done.left_out)))
    if done.cleaned:
        say(tr("有{count}个无法写入表格的字符已去掉。").format(count=done.cleaned))
    return DONE


def _returns(given: argparse.Namespace) -> int:
    with opened(given) as register:
        actor, day = actor_of(register, given), given.today or today()
        if given.unit:
            unit = committee_with(register, given.unit)
            target = workbook_at(str(given.out))
            path = giving_back.write_returns(register, unit.id, target, actor, day)
            say(tr("已写成 {path}。").format(path=path))
            return DONE
        waiting = giving_back.to_tell(register)
        if not waiting:
            say(tr("没有要告诉各村的，没有写文件。"))
        for waits in waiting:
            target = given.out / giving_back.returns_name(waits.unit, day)
            path = giving_back.write_returns(register, waits.unit.id, target, actor, day)
            say(tr("已写成 {path}：{words}。").format(path=path, words=waits.words))
    return DONE


def _rebuild(given: argparse.Namespace) -> int:
    with opened(given) as register:
        unit = committee_with(register, given.unit)
        actor, day = actor_of(register, given), given.today or today()
        made = rebuilding.rebuild(register, unit, workbook_at(str(given.out)), actor, day)
    words = tr("已写成 {path}：{unit}以前报来的全部内容，封存给它的登记簿，在那里导入。")
    say(words.format(path=made.path, unit=unit.name))
    # A lost laptop's key cannot be told from that of the new one but by its day.
    words = tr(
        "只有{day}开户的登记簿打得开；电脑在那以后丢的，请先给新登记簿开户，收到它的报送再做。"
    )
    say(words.format(day=made.enrolled_on or ""))
    return DONE


def _hand_over(given: argparse.Namespace) -> int:
    with opened(given) as register:
        to = committee_with(register, given.to)
        dispute = handing_over.case_called(register, given.case)
        actor, day = actor_of(register, given), given.today or today()
        entry = handing_over.hand_over(register, dispute.id, to.id, given.reason, actor, day)
        told = next(each for each in handing_over.hand_overs(register, dispute.id)
                    if each.entry.id == entry.id)  # fmt: skip
    say(told.words)
    return DONE


def _missing(given: argparse.Namespace) -> int:
    with opened(given) as register:
        found = sequence.missing(register)
    for entry in found:
        say(entry.words)
    if not found:
        say(tr("往来的文件没有缺少，顺序也对。"))
    return PROBLEMS if found else DONE


def _import(given: argparse.Namespace) -> int:
    with opened(given) as register:
        day = given.today or today()
        actor = actor_of(register, given)
        unit_id = committee_with(register, given.unit).id if given.unit else ""
        told = Told(unit_id, dict(given.answer or ()))
        results = receiving.receive_all(
            register,
            given.files,
            actor,
            day,
            dry_run=given.dry_run,
            told=told,
            remark=given.remark,
        )
    left = [path.name for path in given.files if receiving.is_lock_file(path)]
    if left and not given.json:
        words = tr("跳过了{count}个临时文件（WPS或Excel打开表格时留下的）：{names}。")
        say(words.format(count=len(left), names=tr("、").join(left)))
    return _tell(results, given)


def _answer_of(typed: str) -> tuple[str, str]:
    """A question's key and its answer, typed as key=answer; keys may hold the sign themselves."""
    key, sign, answer = typed.rpartition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(tr("回答应写成 问题=答案"))
    return key, answer


def _tell_questions(look: receiving.Look) -> None:
    for question in look.ledger.questions if look.ledger else ():
        say(tr("  问题 {key}：{ask}").format(key=question.key, ask=question.ask))
        for option in question.options:
            say(f"    {question.key}={option.answer}\t{option.label}")


def _tell_not_cases(look: receiving.Look) -> None:
    for row in look.rows:
        if row.outcome == IGNORED:
            words = tr("  {place}：“{text}”不作案件：{reason}")
            say(words.format(place=row.place, text=row.text[:30], reason=row.reason))


def _tell(results: Sequence[receiving.Received], given: argparse.Namespace) -> int:
    if given.json:
        print(json.dumps([entry.plain() for entry in results], ensure_ascii=False, indent=1))
    else:
        for entry in results:
            batch = tr("（第{act}批）").format(act=entry.act) if entry.act else ""
            say(f"{entry.look.path.name}{batch}：{entry.look.words}")
            tell_problems(entry.look.problems)
            _tell_not_cases(entry.look)
            if entry.act and given.remark and errors(entry.look.problems):
                say(tr("  已附说明接受，数字照原样：{remark}").format(remark=given.remark))
            _tell_questions(entry.look)
    refused = [entry.look.path.name for entry in results if entry.look.state in _NOT_RECEIVED]
    if refused:
        names = "、".join(refused)
        sys.stderr.write(tr("未接收：{names}。原因见上。").format(names=names) + "\n")
        return PROBLEMS
    return max((code_of(entry.look.problems) for entry in results), default=DONE)


def _check(given: argparse.Namespace) -> int:
    day = given.today or today()
    if given.register is None:
        return _tell([receiving.Received(receiving.check(given.file, day), 0)], given)
    with opened(given) as register:
        return _tell(receiving.receive_all(register, [given.file], "", day, dry_run=True), given)


def _undo(given: argparse.Namespace) -> int:
    with opened(given) as register:
        say(taking_back.undo(register, given.batch, actor_of(register, given)))
    return DONE


def _batches(given: argparse.Namespace) -> int:
    with opened(given) as register:
        for batch in taking_back.batches(register):
            undone = tr("（已撤销）") if batch.undone else ""
            say(f"{batch.act}\t{batch.at}\t{batch.actor}\t{batch.words}{undone}")
    return DONE


def add_exchange(add: Add) -> None:
    """Add the verbs by which workbooks go out and come in."""
    _add_outgoing(add)
    _add_incoming(add)


def _add_outgoing(add: Add) -> None:
    export = on_register(add, "export", tr("做一个月的报送文件"), _export)
    export.add_argument("--period", type=period_of, required=True)
    export.add_argument("--out", type=workbook_at, required=True)
    export.add_argument(
        "--unmasked-for", default="", metavar=tr("接收人"), help=tr("含完整个人信息，写明交给谁")
    )
    back = on_register(
        add, "returns", tr("做给村里的回件：回执、退回意见、司法所的补充和移交的案件"), _returns
    )
    back.add_argument(
        "--unit", default="", metavar=tr("统计代码"), help=tr("给哪个村；不写是所有该给的村")
    )
    back.add_argument(
        "--out", type=Path, required=True, help=tr("文件；不写 --unit 时是放文件的文件夹")
    )
    again = on_register(
        add, "rebuild", tr("电脑丢失的村开户后，把它以前报来的全部内容做成一个文件还给它"), _rebuild
    )
    again.add_argument("--unit", required=True, metavar=tr("统计代码"), help=tr("给哪个村"))
    again.add_argument("--out", type=Path, required=True)
    hand = on_register(add, "hand-over", tr("把一件纠纷移交给镇调委会或村里"), _hand_over)
    hand.add_argument("case", metavar=tr("纠纷编号"), help=tr("如 2026-15，或完整的编号"))
    hand.add_argument("--to", required=True, metavar=tr("统计代码"), help=tr("移交给哪个单位"))
    hand.add_argument("--reason", required=True, metavar=tr("原因"))
    on_register(add, "missing", tr("看往来的文件缺了哪一份"), _missing)


def _add_incoming(add: Add) -> None:
    take = on_register(
        add, "import", tr("接收各村的报送文件和手工台账；在村里，收下司法所退回的文件"), _import
    )
    take.add_argument("files", type=Path, nargs="+")
    take.add_argument("--dry-run", action="store_true", help=tr("只看结果，不写入"))
    take.add_argument("--json", action="store_true")
    take.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("手工台账是哪个单位的"))
    take.add_argument(
        "--answer",
        type=_answer_of,
        action="append",
        metavar=tr("问题=答案"),
        help=tr("回答手工台账的一个问题；可以写多次，以后的台账不再问"),
    )
    take.add_argument(
        "--remark",
        default="",
        metavar=tr("说明"),
        help=tr("文件里的问题附说明照原样接受，不改数字；说明记入登记簿"),
    )
    undo = on_register(add, "undo", tr("撤销一批导入"), _undo)
    undo.add_argument("batch", type=int)
    on_register(add, "batches", tr("列出导入批次"), _batches)
    check = add("check", help=tr("看看一个报送文件导入时会怎样"))
    check.add_argument("file", type=Path)
    check.add_argument("--register", type=Path, help=tr("用这本登记簿的密钥打开封存的文件"))
    check.add_argument("--json", action="store_true")
    common(check)
    check.set_defaults(act=_check)
