"""What the page of claims does with a claim and says of it, apart from its widgets."""

from collections.abc import Callable
from functools import partial

from mediation_desk.desk import claim_review, claiming
from mediation_desk.desk.claim_overview import Overview, history_of
from mediation_desk.domain.allowance import Claim
from mediation_desk.domain.claim_sheet import ClaimSheet
from mediation_desk.store.register import Register
from mediation_desk.ui.days import local_time
from mediation_desk.ui.pages import allowance_bar as acts
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# The lists of the page.
CASES, OTHERS, ENTRY, UNITS = "cases", "others", "entry", "units"

Step = tuple[Callable[[], object], str]


def steps(workplace: Workplace, claim: Claim) -> dict[str, Step]:
    """What each button does with a claim, and what is said when it is done."""
    register, actor, day = workplace.register, workplace.actor, today()
    who, told = (register, claim.id, actor), (register, claim.id, actor, day)
    claimed = tr("已申报。") + ("" if workplace.office else tr("随下一份报送交给司法所。"))
    return {
        acts.CLAIM: (partial(claiming.claim_it, *told), claimed),
        acts.WITHDRAW: (partial(claiming.withdraw, *who), tr("已撤回，可以再改。")),
        acts.GRANT: (
            partial(claim_review.grant_rest, *told),
            tr("同意了 {count} 件；有问题的请逐件看。"),
        ),
        acts.REPORT: (partial(claim_review.report, *told), tr("已记为上报。")),
        acts.PAY: (partial(claim_review.pay, *told), tr("已记为发放。")),
        acts.BACK: (partial(claim_review.step_back, *who), tr("已退回上一步。")),
    }


def history_words(register: Register, claim: Claim) -> str:
    """Everything that was done with a claim, a line each."""
    return "\n".join(
        tr("{at} {who}：{what}").format(at=local_time(step.at), who=step.actor, what=step.reason)
        for step in history_of(register, claim.id)
    )


def none_words(name: str, seen: Overview | None) -> str:
    """What is said where a list of the page has no lines."""
    if seen is None:
        return tr("正在查看…")
    if name == CASES:
        return seen.no_table or tr(
            "这个季度还没有申报表。按“生成申报表”，程序把已结案、符合条件的案件列出来，"
            "看过以后再申报。"
        )
    if name == OTHERS:
        return tr("这个季度结案的都已经申报，没有漏下的。")
    if name == ENTRY:
        none = tr("还没有申报的案件，没有要录入的。")
        return tr("申报的案件都录入市级系统了。") if seen.sheet else none
    return tr("还没有登记村（社区）。")


def out_words(seen: Overview, sheet: ClaimSheet, *, every: bool) -> tuple[str, str, list[str]]:
    """What is taken away in words, its file's name, and which claims: of `every` unit or one."""
    if every:
        quarter = sheet.claim.period.label()
        ids = [entry.claim.id for entry in seen.units if entry.claim is not None]
        name = tr("各单位{quarter}补贴申报表.xlsx").format(quarter=quarter)
        return tr("导出各单位{quarter}的申报表，带汇总").format(quarter=quarter), name, ids
    told = {"unit": sheet.unit, "quarter": sheet.title}
    name = tr("{unit}{quarter}补贴申报表.xlsx").format(**told)
    return tr("导出或打印{unit}{quarter}的申报表").format(**told), name, [sheet.claim.id]
