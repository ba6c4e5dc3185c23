"""What people call the kinds of records."""

from mediation_desk.words import tr

# Those of which most registers have something; the rest go by the name of their table.
_LABELS = {
    "dispute": tr("纠纷登记"),
    "party": tr("当事人"),
    "agent": tr("代理人"),
    "session": tr("调解、调查、回访记录"),
    "agreement": tr("调解协议"),
    "promise": tr("协议各项"),
    "referral": tr("衔接移送"),
    "risk": tr("风险等级"),
    "warning": tr("预警"),
    "urgent_report": tr("上报"),
    "attachment": tr("附件"),
    "prevention": tr("防止激化"),
    "return": tr("司法所退回"),
    "unit": tr("单位"),
    "mediator": tr("调解员"),
    "adviser": tr("法律顾问"),
    "local_type": tr("本地纠纷类型"),
    "screening": tr("排查"),
    "finding": tr("排查发现"),
    "publicity": tr("普法宣传"),
    "package": tr("报送文件"),
    "report": tr("已报报表"),
    "claim": tr("以案定补申报"),
    "print": tr("打印记录"),
}


def called(kind: str) -> str:
    """What people call a kind of record."""
    return _LABELS.get(kind, kind)
