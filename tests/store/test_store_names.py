"""Names as people bear them: saved, found however typed, in order, shown as they were written."""

from dataclasses import replace

import pytest
from builders import a_dispute, a_party
from store_basics import Keep

from mediation_desk.domain.codes import PartyKind, PartyRole
from mediation_desk.domain.finding import Find, Order
from mediation_desk.store.pinyin import initials, spellings
from mediation_desk.store.register import Register

_NAMES = (
    "单雄", "曾国强", "仇士英", "解晓东", "查良玉", "区小红", "翟永红", "覃德珍", "朴哲", "盖丽",
    "乐嘉", "尉迟敬德", "万俟雅", "欧阳娜娜", "秦德珍", "吕明", "阿依古丽·买买提", "𠮷野", "李𬺰",
    "张\U00030edd", "王\U00031350", "〇一", "长孙玉兰", "丰都县双龙运输有限责任公司", "李长春",
)  # fmt: skip


def _found(register: Register, text: str) -> list[str]:
    find = Find(text=text)
    rows = register.page(find).rows
    assert register.count(find) == len(rows)
    return [row.applicants for row in rows]


@pytest.fixture
def named(register: Register, keep: Keep) -> Register:
    """A dispute for each of the names."""
    records: list[object] = []
    for number, name in enumerate(_NAMES, 1):
        dispute = a_dispute(number=number, place="", facts="", requests="")
        party = a_party(
            dispute.id, PartyRole.APPLICANT, name=name, id_number="", phone="", address=""
        )
        kind = PartyKind.LEGAL if name.endswith("公司") else PartyKind.NATURAL
        records += [dispute, replace(party, kind=kind)]
    keep(*records)  # type: ignore[arg-type]
    return register


def test_names_are_kept_and_shown_as_they_were_written(named: Register) -> None:
    assert sorted(party.name for party in named.all("party")) == sorted(_NAMES)  # type: ignore[attr-defined]
    for order in Order:
        rows = named.page(Find(order=order)).rows
        assert sorted(row.applicants for row in rows) == sorted(_NAMES)
    rows = named.page(Find(order=Order.NUMBER)).rows
    assert [row.applicants for row in rows] == list(reversed(_NAMES))


@pytest.mark.parametrize("name", _NAMES)
def test_every_name_is_found_as_it_is_written(named: Register, name: str) -> None:
    assert _found(named, name) == [name]
    for character in name:
        if character != "·":
            assert name in _found(named, character)
    for place in range(len(name) - 1):
        assert name in _found(named, name[place : place + 2].strip("·"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("shanxiong", "单雄"), ("danxiong", "单雄"), ("sx", "单雄"), ("ShanXiong", "单雄"),
        ("zengguoqiang", "曾国强"), ("zeng", "曾国强"), ("zenggq", "曾国强"), ("zgq", "曾国强"),
        ("qiushiying", "仇士英"), ("xiexiaodong", "解晓东"), ("zhaliangyu", "查良玉"),
        ("ouxiaohong", "区小红"), ("zhaiyonghong", "翟永红"), ("qindezhen", "覃德珍"),
        ("tandezhen", "覃德珍"), ("piaozhe", "朴哲"), ("geli", "盖丽"), ("yuejia", "乐嘉"),
        ("yuchijingde", "尉迟敬德"), ("moqiya", "万俟雅"), ("ouyangnana", "欧阳娜娜"),
        ("qindezhen", "秦德珍"), ("qin dezhen", "秦德珍"), ("qin de zhen", "秦德珍"),
        ("qindez", "秦德珍"), ("qindz", "秦德珍"), ("dezhen", "秦德珍"), ("zhen", "秦德珍"),
        ("lvming", "吕明"), ("lüming", "吕明"), ("lm", "吕明"),
        ("ayiguli", "阿依古丽·买买提"), ("maimaiti", "阿依古丽·买买提"),
        ("ayigulimaimaiti", "阿依古丽·买买提"), ("ayglmmt", "阿依古丽·买买提"),
        ("阿依古丽买买提", "阿依古丽·买买提"), ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"), ("买买提", "阿依古丽·买买提"),
        ("阿依古丽 买买提", "阿依古丽·买买提"),
        ("jiye", "𠮷野"), ("zhangsunyulan", "长孙玉兰"), ("lichangchun", "李长春"),
        ("xi'an", ""), ("fengdouxianshuanglong", "丰都县双龙运输有限责任公司"), ("zheng", ""),
        ("xiong", "单雄"), ("li", "盖丽"), ("yizhi", ""),
    ],
)  # fmt: skip
def test_names_are_found_by_their_pinyin(named: Register, typed: str, name: str) -> None:
    found = _found(named, typed)
    assert name in found if name else not found


def test_typing_a_name_in_pinyin_never_loses_it(named: Register) -> None:
    for whole, name in (("qindezhen", "秦德珍"), ("ouyangnana", "欧阳娜娜"), ("zgq", "曾国强")):
        for length in range(1, len(whole) + 1):
            assert name in _found(named, whole[:length]), whole[:length]


@pytest.mark.parametrize(
    ("name", "first", "full"),
    [
        ("秦德珍", ("qdz",), {"qindezhen", "dezhen", "zhen", "qindz"}),
        ("单雄", ("dx", "sx"), {"danxiong", "shanxiong", "xiong", "danx", "shanx"}),
        ("", (), set()),
        ("·", (), set()),
        ("曾", ("c", "z"), {"ceng", "zeng"}),
        ("阿依·古丽", ("aygl",), {"ayiguli", "yiguli", "guli", "li", "aygl"}),
    ],
)
def test_spellings_of_names(name: str, first: tuple[str, ...], full: set[str]) -> None:
    assert initials(name) == first
    assert set(spellings(name)) == full
