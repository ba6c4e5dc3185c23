"""The verbs about allowance per case: the table, a quarter's claim, its review, typing it again."""

import argparse
from collections.abc import Iterator, Sequence

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
from mediation_desk.desk import (
    allowance_table,
    claim_overview,
    claim_review,
    claim_sheets,
    claiming,
    municipal_entry,
)
from mediation_desk.desk.clock import today
from mediation_desk.domain.allowance import Claim, ReviewResult, parse_quarter
from mediation_desk.domain.claim_sheet import ClaimSheet, Total, state_words
from mediation_desk.domain.codes import Difficulty
from mediation_desk.domain.file_papers import Paper
from mediation_desk.domain.money import parse_yuan, yuan
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_PAPERS = {paper.name.lower(): paper for paper in Paper}
_DIFFICULTIES = {entry.name.lower(): entry for entry in Difficulty}


def _quarter(typed: str) -> tuple[int, int]:
    try:
        return parse_quarter(typed)
    except DeskError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _fen(typed: str) -> int:
    try:
        return parse_yuan(typed)
    except ValueError as error:
        words = tr("看不懂金额“{typed}”。请填以元为单位的数字，如 100。")
        raise DeskError(words.format(typed=typed)) from error


def _unit_id(register: Register, given: argparse.Namespace) -> str:
    if given.unit:
        return committee_with(register, given.unit).id
    own = register.committee
    if own is None:
        raise DeskError(tr("本登记簿没有自己的调委会，请用 --unit 写明单位的统计代码。"))
    return own.id


# The table


def _put(register: Register, given: argparse.Namespace) -> None:
    name, amount = given.grade
    allowance_table.put_grade(
        register,
        name,
        _fen(amount),
        actor_of(register, given),
        given.today or today(),
        difficulty=_DIFFICULTIES.get(given.difficulty),
        written_only=given.written_only,
        papers=tuple(_PAPERS[paper] for paper in given.papers),
    )


def _table(given: argparse.Namespace) -> int:
    with opened(given) as register:
        if given.grade:
            _put(register, given)
        if given.remove:
            allowance_table.remove_grade(register, given.remove, actor_of(register, given))
        found = claiming.grades(register)
        for grade in found:
            say("\t".join(allowance_table.grade_words(grade)))
        if not found:
            say(claiming.no_table(register))
    return DONE


# The claim


def _chosen(register: Register, given: argparse.Namespace, unit_id: str) -> dict[str, str] | None:
    if not given.cases:
        return None
    found = claiming.candidates(register, unit_id, *given.quarter)
    return dict.fromkeys(_called(found, given.cases), given.as_grade)


def _called(found: Sequence[claiming.Candidate], cases: Sequence[str]) -> Iterator[str]:
    for called in cases:
        mine = [entry for entry in found if called in {entry.number, entry.case.dispute.id}]
        if not mine:
            words = tr("这个季度没有编号为“{number}”的已结案件。请核对编号，写完整。")
            raise DeskError(words.format(number=called))
        yield mine[0].case.dispute.id


def _act(register: Register, given: argparse.Namespace, unit_id: str, actor: str) -> None:
    """Do what was asked for, on the newest claim of the quarter."""
    day = given.today or today()
    year, number = given.quarter
    if given.make:
        chosen = _chosen(register, given, unit_id)
        claiming.make_claim(register, unit_id, year, number, actor, day, chosen)
    claims = claiming.claims_of(register, unit_id, year, number)
    if not claims:
        return
    if given.claim:
        claiming.claim_it(register, claims[-1].id, actor, day)
    if given.withdraw:
        claiming.withdraw(register, claims[-1].id, actor)
    if given.discard:
        claiming.discard(register, claims[-1].id, actor)


def _write(
    register: Register, claim_ids: Sequence[str], given: argparse.Namespace, actor: str
) -> None:
    if given.out is not None:
        leaving = claim_sheets.Leaving(actor, given.today or today(), given.unmasked_for)
        path = claim_sheets.export_claims(register, claim_ids, leaving, given.out)
        say(tr("已写成 {path}。").format(path=path))


def _allowance(given: argparse.Namespace) -> int:
    with opened(given) as register:
        actor, unit_id = actor_of(register, given), _unit_id(register, given)
        _act(register, given, unit_id, actor)
        claims = claiming.claims_of(register, unit_id, *given.quarter)
        for claim in claims:
            _tell(claim_sheets.sheet_of(register, claim.id, full=bool(given.unmasked_for)))
            for step in claim_overview.history_of(register, claim.id) if given.history else ():
                say("  " + "\t".join((step.at[:16].replace("T", " "), step.actor, step.reason)))
        for entry in claiming.candidates(register, unit_id, *given.quarter):
            if not entry.claimable:
                words = tr("不能申报：{number} {why}")
                say(words.format(number=entry.number, why=tr("；").join(entry.against)))
        if claims:
            _write(register, [claim.id for claim in claims], given, actor)
            return DONE
        say(claiming.no_table(register) or tr("这个季度还没有申报表。加 --make 生成。"))
        return PROBLEMS


def _tell(sheet: ClaimSheet) -> None:
    say(
        tr("{unit} {quarter}：{state}").format(
            unit=sheet.unit, quarter=sheet.title, state=state_words(sheet.claim)
        )
    )
    for row in sheet.rows:
        told = (
            str(row.place), row.number, row.parties, row.type_label, row.grade,
            row.mediator, yuan(row.amount_fen), row.file, row.review,
        )  # fmt: skip
        say("  " + "\t".join(told))
    for total in (*sheet.by_mediator(), sheet.total):
        say("  " + _total_words(total))


def _total_words(total: Total) -> str:
    words = tr("{name}：{count}件，申报{amount}元，同意{granted}元")
    return words.format(
        name=total.name,
        count=total.cases,
        amount=yuan(total.amount_fen),
        granted=yuan(total.granted_fen),
    )


# The review


def _claims_to_review(register: Register, given: argparse.Namespace) -> list[Claim]:
    sheets = claim_sheets.sheets_of_quarter(register, *given.quarter, full=False)
    if not given.unit:
        return [sheet.claim for sheet in sheets]
    unit_id = committee_with(register, given.unit).id
    return [sheet.claim for sheet in sheets if sheet.claim.unit_id == unit_id]


def _review_cases(
    register: Register, claims: Sequence[Claim], given: argparse.Namespace, result: ReviewResult
) -> None:
    actor, day = actor_of(register, given), given.today or today()
    wanted = set(given.cases)
    for claim in claims:
        sheet = claim_sheets.sheet_of(register, claim.id, full=False)
        mine = {row.dispute_id for row in sheet.rows if {row.number, row.dispute_id} & wanted}
        wanted -= {name for row in sheet.rows for name in (row.number, row.dispute_id)}
        if mine:
            claim_review.review(register, claim.id, mine, result, actor, day, given.reason)
    if wanted:
        words = tr("这个季度的申报表里没有{numbers}。请核对编号，写完整。")
        raise DeskError(words.format(numbers=tr("、").join(sorted(wanted))))


def _go_on(register: Register, claims: Sequence[Claim], given: argparse.Namespace) -> None:
    """Do what was asked for with each of these claims."""
    actor, day = actor_of(register, given), given.today or today()
    for claim in claims:
        if given.grant_rest:
            claim_review.grant_rest(register, claim.id, actor, day)
        if given.report:
            claim_review.report(register, claim.id, actor, day)
        if given.pay:
            claim_review.pay(register, claim.id, actor, day)
        if given.step_back:
            claim_review.step_back(register, claim.id, actor)


def _review(given: argparse.Namespace) -> int:
    with opened(given) as register:
        claims = _claims_to_review(register, given)
        if given.result:
            _review_cases(register, claims, given, _RESULTS[given.result])
        _go_on(register, claims, given)
        sheets = [claim_sheets.sheet_of(register, claim.id, full=False) for claim in claims]
        for sheet in sheets:
            _tell(sheet)
        for total in claim_sheets.by_unit(sheets):
            say(_total_words(total))
        twice = list(claim_review.twice_words(register))
        for words in twice:
            say(words)
        if not sheets:
            say(tr("这个季度还没有收到申报表。"))
            return PROBLEMS
        _write(register, [claim.id for claim in claims], given, actor_of(register, given))
    return PROBLEMS if twice else DONE


_RESULTS = {
    "grant": ReviewResult.GRANTED,
    "refuse": ReviewResult.REFUSED,
    "return": ReviewResult.RETURNED,
    "reopen": ReviewResult.OPEN,
}


# Typing it again


def _entry(given: argparse.Namespace) -> int:
    with opened(given) as register:
        unit_id = committee_with(register, given.unit).id if given.unit else ""
        year, number = given.quarter
        found = municipal_entry.to_enter(register, year, number, unit_id)
        if given.case:
            mine = [e for e in found if given.case in {e.number, e.dispute_id}]
            if not mine:
                words = tr("这个季度的申报表里没有{numbers}。请核对编号，写完整。")
                raise DeskError(words.format(numbers=given.case))
            say(municipal_entry.all_in_one(
                municipal_entry.entry_fields(register, mine[0].dispute_id)))  # fmt: skip
            if given.done or given.undone:
                day = None if given.undone else given.today or today()
                actor = actor_of(register, given)
                municipal_entry.mark_entered(register, mine[0].dispute_id, actor, day)
                say(tr("已记下。"))
            return DONE
    for entry in found:
        state = str(entry.entered_on) if entry.entered_on else tr("待录入")
        say("\t".join((state, entry.number, entry.unit)))
    return PROBLEMS if any(entry.entered_on is None for entry in found) else DONE


def _of_a_quarter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--quarter", type=_quarter, required=True, metavar=tr("季度"), help=tr("如 2026-3")
    )
    parser.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("只看一个单位"))


def _taken_away(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=workbook_at, help=tr("写成 Excel 申报表"))
    parser.add_argument(
        "--unmasked-for", default="", metavar=tr("接收人"), help=tr("姓名写完整，交给谁")
    )


def add_allowance(add: Add) -> None:
    """Add the verbs about allowance per case."""
    table = on_register(add, "allowance-table", tr("以案定补的补贴标准：列出、添加、停用"), _table)
    pair = (tr("等级"), tr("元"))
    table.add_argument("--grade", nargs=2, metavar=pair, help=tr("添加或修改一个等级"))
    table.add_argument("--difficulty", choices=tuple(_DIFFICULTIES), help=tr("对应的难度等级"))
    table.add_argument("--written-only", action="store_true", help=tr("只补书面协议"))
    table.add_argument("--papers", nargs="*", choices=tuple(_PAPERS), default=(), metavar="…",
                       help=tr("需要的材料：{names}").format(names=" ".join(_PAPERS)))  # fmt: skip
    table.add_argument("--remove", default="", metavar=tr("等级"), help=tr("停用一个等级"))
    claim = on_register(add, "allowance", tr("以案定补：生成、申报一个季度的补贴"), _allowance)
    _of_a_quarter(claim)
    claim.add_argument("--make", action="store_true", help=tr("生成（或重新生成）申报表草稿"))
    claim.add_argument("--cases", nargs="*", default=(), metavar=tr("编号"), help=tr("只报这几件"))
    claim.add_argument("--as-grade", default="", metavar=tr("等级"), help=tr("这几件的等级"))
    claim.add_argument("--claim", action="store_true", help=tr("申报，随下一份报送交司法所"))
    claim.add_argument("--withdraw", action="store_true", help=tr("撤回没有报出的申报"))
    claim.add_argument("--history", action="store_true", help=tr("列出申报表的经过"))
    claim.add_argument("--discard", action="store_true", help=tr("不要草稿"))
    _taken_away(claim)
    review = on_register(add, "allowance-review", tr("以案定补：司法所初审、上报、发放"), _review)
    _of_a_quarter(review)
    review.add_argument("--result", choices=tuple(_RESULTS), help=tr("对 --cases 的初审结果"))
    review.add_argument("--cases", nargs="*", default=(), metavar=tr("编号"))
    review.add_argument("--reason", default="", metavar=tr("理由"))
    review.add_argument("--grant-rest", action="store_true", help=tr("其余没有问题的都同意"))
    review.add_argument("--report", action="store_true", help=tr("已上报区县"))
    review.add_argument("--pay", action="store_true", help=tr("已发放"))
    review.add_argument("--step-back", action="store_true", help=tr("退回上一步"))
    _taken_away(review)
    entry = on_register(add, "allowance-entry", tr("列出要录入市级系统的案件和它的各项"), _entry)
    _of_a_quarter(entry)
    entry.add_argument("--case", default="", metavar=tr("编号"), help=tr("列出这一件的各项"))
    entry.add_argument("--done", action="store_true", help=tr("这一件已录入"))
    entry.add_argument("--undone", action="store_true", help=tr("取消已录入"))
