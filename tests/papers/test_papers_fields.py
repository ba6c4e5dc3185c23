"""Every field of the forms stands on its paper, as label and as value (domain.md §2)."""

from datetime import date

import pytest
from builders import a_unit
from paper_cases import a_full_case

from mediation_desk.domain.case_papers import WRITTEN, Need, PaperKind, Wanted, file_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.papers.case_papers import Source, blank_paper, one_paper, whole_file
from mediation_desk.papers.case_values import Given

pytestmark = pytest.mark.usefixtures("qapp")

NUMBER = "(2026)梨民调字第001号"
COMMITTEE = a_unit().committee
_PERSON = ("姓名", "性别", "民族", "出生年月", "职业或职务", "联系方式", "单位或住址", "身份证号",
           "秦德珍", "女", "汉族", "1968年3月", "务农", "13900000001", "梨子园村3组")  # fmt: skip
# By section of the handbook: what stands on the paper of a kind, labels and values.
FIELDS: dict[PaperKind, tuple[str, ...]] = {
    # 2.1
    PaperKind.COVER: (
        COMMITTEE, "调解卷宗", "卷　　名", "秦德珍与蒋仕文、双龙镇瑞成建材经营部邻里纠纷",
        "卷　　号", NUMBER, "人民调解员", "何清华", "调解日期", "自2026年9月30日至2026年10月6日",
        "立 卷 人", "谭立卷", "立卷日期", "2026年10月22日", "保管期限",
        "长期", "备　　注", "有录音一份",
    ),
    # 2.2
    PaperKind.CONTENTS: ("序号", "文书名称", "页号", "备注"),
    # 2.3
    PaperKind.APPLICATION: (
        *_PERSON, "申请人姓名", "被申请人姓名", "蒋仕文", "年龄", "58岁", "户籍所在地", "邮编",
        "纠纷简要情况", "排水沟堵塞", "申请事项", "疏通水沟并赔偿损失", "现自愿申请人民调解",
        "申请人（签名盖章或按指印）", "年　　月　　日",
    ),
    # 2.4
    PaperKind.INTAKE: (
        "2026年9月25日", "人民调解委员会依当事人申请", "经当事人同意", "秦德珍、蒋仕文", "纠纷类型",
        "邻里纠纷", "案件来源", "√①当事人申请", "□②人民调解委员会主动调解", "纠纷简要情况",
        "当事人（签名）", "登记人（签名）：陶素芬", "人民调解委员会（印章）",
        "二〇二六年九月二十五日",
        "此表由人民调解委员会填写",
    ),
    # 2.5
    PaperKind.NOTICE: (
        "选择或者接受人民调解员", "拒绝调解或者要求终止调解", "公开进行或者不公开进行", "自愿达成",
        "如实陈述纠纷事实", "尊重人民调解员", "尊重对方当事人行使权利", "个人信息", "查阅、复制",
        "二〇二六年九月二十六日", "不收取任何费用",
    ),
    # 2.6
    PaperKind.INQUIRY: (
        "时　　间", "2026年9月27日 8:00—8:40", "地　　点", "水沟现场", "参 加 人", "组长崔国兴",
        "被调查人", "邻居滕明亮", "记录", "水沟确被石头堵住", "被调查人（签名或按指印）",
        "调查人（签名）", "记录人（签名）",
    ),
    # 2.7
    PaperKind.SESSION: (
        "2026年9月30日 9:00—10:30", "村委会调解室", "当 事 人", "参 加 人", "法律顾问",
        "已将申请人民调解的有关规定告知当事人", "调解记录", "双方各说明情况",
        "当事人（签名或按指印）",
        "□ 1、调解成功", "□ 2、调解不成", "√ 3、有待继续调解", "人民调解员（签名）",
        "记录人（签名）", "二〇二六年九月三十日",
    ),
    # 2.8
    PaperKind.AGREEMENT: (
        *_PERSON, "编号", NUMBER, "纠纷主要事实、争议事项", "经调解，自愿达成如下协议",
        "一、疏通水沟。", "履行方式、时限", "当面付清，十日内疏通。", "本协议一式四份",
        "当事人、人民调解委员会各持一份", "当事人（签名盖章或按指印）", "人民调解员（签名）",
        "记录人（签名）", "（人民调解委员会印章）", "二〇二六年十月六日", "壹仟贰佰元整", "1,200元",
        "向从理", "冉代理（委托代理人）",
    ),
    # 2.9
    PaperKind.ORAL: (
        *_PERSON, "编号", NUMBER, "纠纷主要事实、争议事项", "经调解，自愿达成如下协议",
        "履行方式、时限", "人民调解员（签名）", "（人民调解委员会印章）", "二〇二六年十月六日",
    ),
    # 2.10
    PaperKind.VISIT: (
        "当 事 人", "调解协议编号", NUMBER, "回访事由",
        "秦德珍与蒋仕文", "回访时间", "2026年10月18日 15:00",
        "上门", "回访情况", "水沟已通", "回访人（签名）", "人民调解委员会", "二〇二六年十月十八日",
    ),
    # 2.11
    PaperKind.NOTE: ("缺一张现场照片", "立卷人（签名）：谭立卷"),
    PaperKind.BACK: ("立 卷 人", "谭立卷", "审 核 人", "熊审核", "立卷日期", "2026年10月22日"),
    # 2.12
    PaperKind.REPORT: (
        "卷　　号", NUMBER, "填表时间", "2026年10月22日", "承办单位",
        COMMITTEE, "承 办 人", "何清华",
        "受案时间", "2026年9月25日", "结案时间", "2026年10月20日", "蒋仕文", "13900000002",
        "□申请", "□主动", "□公安机关移交", "√审判机关委托", "□政府部门指定", "纠纷简要事实",
    ),
    # 2.13
    PaperKind.CONFIRM_UNITS: (
        "秦德珍", "13900000001", "双龙镇场镇8号", "向从理", "请求确认", "人民调解协议书",
        "身份证明", "主持调解的证明", "财产权利证明", "授权委托书",
        "人民法院", "申请人（盖章）", "法定代表人（签名）",
    ),
    PaperKind.CONFIRM_PERSONS: ("秦德珍", "13900000001", "梨子园村3组", "请求确认", "人民法院"),
    # Beside the handbook's forms.
    PaperKind.PROXY: ("秦德珍", "冉代理", "990001198001010011", "13900000009", "委托权限"),
    PaperKind.SERVICE: ("受送达人", "送达方式", "蒋仕文", "签名"),
    PaperKind.RECEIPTS: ("付修缮费", "1,200元", "2026年10月15日", "凭证粘贴处"),
    PaperKind.ANSWER: (
        "丰都县人民法院", "（2026）委调8号", "2026年9月24日", "贵院", "2026年9月25日", "调解成功",
        "双方已达成协议。", "二〇二六年十月八日",
    ),
    PaperKind.SIGNING: ("请您核对后签名", "秦德珍", "蒋仕文", "一、疏通水沟。"),
}  # fmt: skip


def source_of(case: CaseFile) -> Source:
    given = Given(case, COMMITTEE, NUMBER, TypeTable(), {"m1": "何清华"})
    subjects = (*case.sessions, *case.agents, *case.referrals)
    return Source(given, {entry.id: entry for entry in subjects}, lambda _scan: None)


def _wanted(case: CaseFile, kind: PaperKind) -> Wanted:
    asked = (entry for entry in file_of(case) if entry.kind is kind)
    return next(asked, Wanted(kind, Need.WHEN_NEEDED))


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.value)
def test_every_field_of_the_form_stands_on_its_paper(kind: PaperKind) -> None:
    case = a_full_case()
    said = "\n".join(one_paper(source_of(case), _wanted(case, kind)).texts())
    assert [field for field in FIELDS[kind] if field not in said] == []


def test_no_written_paper_is_left_out_of_the_list() -> None:
    assert set(FIELDS) | {PaperKind.AID} == set(WRITTEN)


def test_the_contents_name_every_paper_with_the_pages_it_has() -> None:
    case = a_full_case()
    made = whole_file(source_of(case), file_of(case))
    rows = [row.cells for row in made.papers[1].blocks[-1].rows[1:]]
    told = {cells[1].text: cells[2].text for cells in rows}
    body = list(zip(made.papers, made.pages, strict=True))[2:-1]
    assert [paper.title for paper, _ in body] == list(told)
    for paper, pages in body:
        numbers = [page.number for page in pages]
        assert told[paper.title] == "—".join(map(str, sorted({numbers[0], numbers[-1]})))
    counted = [page.number for _, pages in body for page in pages]
    assert counted == list(range(1, len(counted) + 1))
    assert not any(page.number for pages in (*made.pages[:2], made.pages[-1]) for page in pages)
    assert f"{len(counted)}页" in "".join(made.papers[-1].texts())
    assert told["人民调解记录（第1次）"] != told["人民调解记录（第2次）"]


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.value)
def test_a_form_for_handwriting_names_nobody_but_the_committee(kind: PaperKind) -> None:
    said = "".join(blank_paper(kind, COMMITTEE).texts())
    assert said
    assert not {"秦德珍", "蒋仕文", "2026"} & {said[n : n + 3] for n in range(len(said))}
    assert str(date(2026, 1, 1).year) not in said
    assert "{" not in said
