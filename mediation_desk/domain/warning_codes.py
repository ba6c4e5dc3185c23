"""Codes of early warning (预警): rules, what became of a notice, its steps, whom one tells."""

from mediation_desk.domain.codes import Code


class WarningRule(Code):
    """Why somebody should look at it; a rule only suggests a level, a person sets it."""

    GROUP = "J1", "群体性纠纷"
    REPEATED = "J2", "同一当事人多次"
    FRUITLESS = "J3", "多次调解未果"
    UNPAID = "J4", "逾期未履行"
    WORDS = "J5", "激化言语"
    ESCALATION = "J6", "已有激化情况"
    PETITION = "J7", "初信初访"
    LINKED = "J8", "跨村关联"
    SEASON = "J9", "农忙用地季节"


class NoticeState(Code):
    """What a person found about a notice."""

    OPEN = "0", "待核实"
    CONFIRMED = "1", "属实"
    REJECTED = "2", "不成立"
    DISPOSED = "3", "已处置"


class WarningStep(Code):
    """The four steps of early warning (domain.md §5.2); they follow from the records."""

    SCREENED = "0", "排查"
    WARNED = "1", "预警"
    MEDIATING = "2", "调处"
    DISPOSED = "3", "处置"


class ReportBody(Code):
    """Whom an urgent report goes to; the first three are those of 人民调解法 Art 25."""

    POLICE = "1", "公安机关"
    DEPARTMENT = "2", "有关部门"
    GOVERNMENT = "3", "乡镇人民政府（街道办事处）"
    OFFICE = "4", "司法所"
