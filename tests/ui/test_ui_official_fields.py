"""No field of the official forms or of the 28-field table is missing from the screens.

The lists walk through domain.md §2 (the forms) and §5.4a (the table), one line for each field.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from ui_tools import keep_a_case, page, settle_a_case

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import CaseStatus
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import kind_of
from mediation_desk.store.register import Register
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.window import DeskWindow

# The party block of 2.3, 2.8 and 2.9.
_PERSON = {
    "姓名": "party.name",
    "性别": "party.sex",
    "民族": "party.ethnicity",
    "出生年月": "party.born_on",
    "职业或职务": "party.occupation",
    "联系方式": "party.phone",
    "单位或住址": "party.address",
    "身份证号": "party.id_number",
    "户籍所在地": "party.registered_address",
    "邮政编码": "party.postcode",
    "法定代表人": "party.representative",
}
_FORMS = {
    "2.1 卷宗封面": {
        "人民调解员": "dispute.mediator_ids",
        "调解日期": "session.held_on",
        "立卷人": "dispute.filed_by",
        "立卷日期": "dispute.archived_on",
        "保管期限": "dispute.retention",
        "备注": "dispute.remark",
    },
    "2.3 申请书": {
        **_PERSON,
        "纠纷简要情况": "dispute.facts",
        "当事人申请事项": "dispute.requests",
    },
    "2.4 受理登记表": {
        "受理日期": "dispute.intake_on",
        "纠纷类型": "dispute.type",
        "案件来源": "dispute.source",
        "纠纷简要情况": "dispute.facts",
        "登记人": "dispute.registrar",
        "案件严重等级": "dispute.difficulty",
        "案件发生时间": "dispute.occurred_on",
        "发生详细地址": "dispute.place",
        "涉及人员数量": "dispute.people",
    },
    "2.5 权利义务告知书": {"告知日期": "dispute.informed_on"},
    "2.6 调查记录": {
        "时间": "session.time",
        "日期": "session.held_on",
        "地点": "session.place",
        "参加人": "session.participants",
        "被调查人": "session.asked",
        "记录": "session.narrative",
        "调查人": "session.mediator_ids",
        "记录人": "session.recorder",
    },
    "2.7 调解记录": {
        "记录类别": "session.kind",
        "调解记录": "session.narrative",
        "调解结果": "session.result",
    },
    "2.8 协议书": {
        "协议形式": "agreement.form",
        "自愿达成协议": "agreement.content",
        "履行方式、时限": "agreement.manner",
        "协议份数": "agreement.copies",
        "达成日期": "agreement.agreed_on",
        "当事人签名": "agreement.parties_signed_on",
        "人民调解员签名": "agreement.mediator_signed_on",
        "盖章": "agreement.sealed_on",
    },
    "2.9 口头协议登记表": {
        "协议涉及金额": "agreement.amount_fen",
        "当场履行": "agreement.on_the_spot",
    },
    "2.10 回访记录": {
        "回访时间": "session.held_on",
        "回访情况": "session.narrative",
        "回访人": "session.recorder",
    },
    "2.11 卷宗情况说明、封底": {
        "卷宗情况说明": "dispute.file_note",
        "审核人": "dispute.reviewed_by",
    },
    "2.12 结案报告表": {"结案日期": "dispute.closed_on"},
    "2.13 司法确认": {
        "法院": "referral.body",
        "申请日期": "referral.letter_on",
        "司法确认": "dispute.confirmation",
        "代理人": "agent.name",
        "代理类别": "agent.kind",
        "代理人身份证号": "agent.id_number",
        "代理人联系方式": "agent.phone",
    },
    "5.4a 数据表28项": {
        "纠纷类型": "dispute.type",
        "纠纷来源": "dispute.source",
        "受理日期": "dispute.intake_on",
        "发生日期": "dispute.occurred_on",
        "涉案当事人数量": "dispute.people",
        "涉案金额": "dispute.claim_fen",
        "涉及特殊群体情况": "dispute.special_groups",
        "涉及农民工纠纷情况": "dispute.migrant_workers",
        "受理单位": "unit.committee",
        "受理人": "dispute.registrar",
        "调解员": "dispute.mediator_ids",
        "案件难度级别": "dispute.difficulty",
        "纠纷转化情况": "dispute.escalation",
        "协议类型": "agreement.form",
        "履行情况": "dispute.performance",
        "履行方式": "agreement.manner",
        "是否司法确认": "dispute.confirmation",
        "是否满意": "dispute.satisfied",
        "回访形式": "session.visit_form",
        "回访日期": "session.held_on",
        "纠纷简介": "dispute.facts",
        "协议内容": "agreement.content",
        "终止原因": "dispute.termination",
        "不予受理理由": "dispute.refusal",
    },
}


def _boxes(widget: QWidget) -> set[str]:
    """The fields that have a box in the forms of a page."""
    found: set[str] = set()
    for form in widget.findChildren(RecordForm):
        shown: Record | None = form._shown
        if shown is not None:
            found |= {f"{kind_of(shown)}.{name}" for name in form.boxes}
    return found


def _forms_of(disputes: QWidget, case: CaseFile, names: list[str]) -> Iterator[QWidget]:
    """Each of these forms about `case`, one after the other."""
    for name in names:
        disputes.browse.show_case(case.dispute.id)
        disputes.step(name)
        assert disputes.form is not None, name
        yield disputes.form
        disputes.form.touched = False
        disputes.close_form()


@pytest.fixture
def on_screen(open_window: Callable[..., DeskWindow], village: Register) -> set[str]:
    """Every field that can be written somewhere in the window."""
    under_way = keep_a_case(village, "何世明", "何世全")
    settled = settle_a_case(village, keep_a_case(village, days_ago=9))
    disputes = page(open_window(village), "disputes")
    found: set[str] = set()
    disputes.register()
    disputes.form.parties[0].add_agent.click()
    found |= _boxes(disputes.form)
    disputes.form.touched = False
    disputes.close_form()
    begun = ["edit", "session", "inquiry", "terminate", "transfer", "referral", "extend"]
    for form in _forms_of(disputes, under_way, begun):
        found |= _boxes(form)
    ended = ["agreement", "visit", "archive", "confirm", "risk", "prevention"]
    for form in _forms_of(disputes, settled, ended):
        found |= _boxes(form)
    registered = replace(
        under_way.dispute, status=CaseStatus.REGISTERED, intake_on=None, id=new_id(), number=99,
        revision=0,
    )  # fmt: skip
    with village.change(village.person, "登记") as change:
        change.keep(registered)
    for form in _forms_of(disputes, CaseFile(registered), ["accept", "refuse"]):
        found |= _boxes(form)
    organisation = page(disputes.window(), "organisation")
    organisation.card.correct.click()
    found |= _boxes(organisation)
    return found


def test_every_official_field_can_be_written(on_screen: set[str]) -> None:
    missing = {
        paper: [label for label, field in fields.items() if field not in on_screen]
        for paper, fields in _FORMS.items()
    }
    assert not {paper: labels for paper, labels in missing.items() if labels}


def test_what_follows_from_the_records_is_shown(
    open_window: Callable[..., DeskWindow], village: Register
) -> None:
    """Number, state, outcome and name of the file are computed; 行政区划 is the unit's code."""
    settled = settle_a_case(village, keep_a_case(village))
    disputes = page(open_window(village), "disputes")
    disputes.browse.show_case(settled.dispute.id)
    shown: set[str] = set()
    for number in range(disputes.browse.card.tabs.count()):
        disputes.browse.card.tabs.setCurrentIndex(number)
        shown |= {label.text() for label in disputes.browse.card.findChildren(QLabel)}
    told = "\n".join(shown)
    number = case_number(settled.dispute, village.committee, village.settings.numbering_pattern)
    for wanted in (number, "秦德珍与蒋仕文邻里纠纷", "调解成功", "书面协议"):
        assert wanted in told, wanted
    organisation = page(disputes.window(), "organisation")
    told = "\n".join(label.text() for label in organisation.findChildren(QLabel))
    assert village.unit.code in told
