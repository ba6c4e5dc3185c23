"""A township in which both sides changed the same cases and somebody wrote into a workbook."""

from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook, load_workbook

from mediation_desk.desk.clock import today
from mediation_desk.desk.demonstration import WORKBOOKS, office_of
from mediation_desk.desk.sending import send
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER
from mediation_desk.store.opening import open_register

_THEIRS = "双方多次发生口角，经村调委会两次上门，对方答应让出一尺宽的排水沟，并承担一半清淤费用。"
_OURS = "双方多次发生口角，经村调委会三次上门，对方答应让出一尺宽的排水沟，并承担全部清淤费用。"


def stir(demo: Path, password: str) -> None:
    """Change cases on both desks, send them again, and write into another village's workbook."""
    changed = _both_change(demo, password, "梨子园村")
    assert changed
    _register_twice(demo, password, "屋边村", "马灯坝村")
    _by_hand(demo / WORKBOOKS / "关都坝2026年10月台账.xlsx")
    written = next((demo / WORKBOOKS).glob("尖山子村*.xlsx"))
    _write_into(written)


def _both_change(demo: Path, password: str, village: str) -> int:
    with open_register(demo / village, password) as theirs:
        with open_register(office_of(demo), password) as ours:
            known = {entry.id for entry in ours.all("dispute")}
            shared = [entry for entry in theirs.all("dispute") if entry.id in known][-2:]
            for register, facts, people in ((theirs, _THEIRS, 5), (ours, _OURS, 4)):
                with register.change(register.person, "补正") as change:
                    for entry in shared:
                        own = register.get("dispute", entry.id)
                        change.keep(replace(own, facts=facts, people=people))
        period = month_of(today())
        target = demo / WORKBOOKS / f"{village}补报{period.label()}.xlsx"
        send(theirs, period, target, theirs.person, today())
    return len(shared)


def _register_twice(demo: Path, password: str, first: str, second: str) -> None:
    """The same dispute between the same people, registered by two villages."""
    with open_register(demo / first, password) as ours:
        days = month_of(today()).first.replace(day=1)
        every = [entry for entry in ours.all("dispute") if entry.intake_on and entry.closed_on]
        case = ours.case(max(every, key=lambda entry: entry.intake_on).id)
    assert case.dispute.intake_on < days
    with open_register(demo / second, password) as theirs:
        unit, year = theirs.committee, case.dispute.year
        dispute = replace(
            case.dispute, id=new_id(), revision=0, unit_id=unit.id, mediator_ids=(),
            number=theirs.next_number(unit.id, year), place="两村交界的水渠",
        )  # fmt: skip
        with theirs.change(theirs.person, "登记") as change:
            change.keep(dispute)
            for party in case.parties:
                change.keep(replace(party, id=new_id(), dispute_id=dispute.id, revision=0))
        period = month_of(today())
        target = demo / WORKBOOKS / f"{second}补报{period.label()}.xlsx"
        send(theirs, period, target, theirs.person, today())


def _write_into(path: Path) -> None:
    """Change two cells of the first case and add a case below the last."""
    book = load_workbook(path, data_only=True)
    grid = book[LEDGER.title]
    names = [column.head for column in LEDGER.shown(personal=False)]
    place = {name: number for number, name in enumerate(names, 1)}
    first, numbers = FIRST_ROW, range(FIRST_ROW, grid.max_row + 1)
    last = max(n for n in numbers if grid.cell(n, place["被申请人"]).value)
    grid.cell(first, place["涉及当事人数"]).value = 7
    grid.cell(first, place["疑难复杂"]).value = "是"
    for number in range(1, len(names) + 1):
        grid.cell(last + 1, number).value = grid.cell(last, number).value
    grid.cell(last + 1, place["编号"]).value = ""
    grid.cell(last + 1, place["申请人"]).value = "覃老幺"
    grid.cell(last + 1, place["被申请人"]).value = "牟世才"
    book.save(path)


_HEADS = ("序号", "时间", "甲方", "乙方", "类型", "纠纷情况", "结果", "金额(万元)", "经办", "归口")
_ROWS = (
    (
        1,
        "10月3日",
        "冉启明、冉启亮",
        "覃国栋",
        "邻里",
        "争田坎上的柴火堆放。",
        "√",
        "",
        "谭显容",
        "综治",
    ),
    (
        2,
        "2026.10.9",
        "牟德芳",
        "向明权",
        "婚姻",
        "夫妻口角，女方回了娘家。",
        "调解成功",
        "",
        "谭显容",
        "",
    ),
    (3, "十月廿", "骆长寿", "晏成贵", "欠钱", "欠工钱一直没给。", "未成", "叁仟", "谭显容", ""),
    ("合计", "", "", "", "", "", "", "", "", ""),
)


def _by_hand(path: Path) -> None:
    """A ledger as a village without the program keeps it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "10月"
    sheet.append(["关都坝村2026年10月矛盾纠纷台账"])
    for row in (_HEADS, *_ROWS):
        sheet.append(row)
    book.save(path)
