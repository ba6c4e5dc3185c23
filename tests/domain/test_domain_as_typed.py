"""Values as people type them: each shape read, asked or left empty, never guessed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from builders import an_identity_number
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.as_typed.amounts import TEN_THOUSAND_YUAN, YUAN, amount, money_unit
from mediation_desk.domain.as_typed.answer import Certainty, Reading, Typed
from mediation_desk.domain.as_typed.case_numbers import case_label
from mediation_desk.domain.as_typed.counts import count
from mediation_desk.domain.as_typed.days import Around, day_of, period_of
from mediation_desk.domain.as_typed.identities import identities, identity
from mediation_desk.domain.as_typed.names import names
from mediation_desk.domain.as_typed.numerals import number
from mediation_desk.domain.as_typed.phones import phones
from mediation_desk.domain.as_typed.ticks import tick
from mediation_desk.domain.codes import PartyKind, Sex

TODAY = date(2026, 11, 23)
AROUND = Around(TODAY, 2026, 10)
THIRD = date(2026, 10, 3)


@pytest.mark.parametrize(
    "typed",
    [
        *("2026年10月3日", "2026年10月3号", "2026.10.3", "2026/10/03", "2026-10-3", "20261003"),
        *("２０２６年１０月３日", "2026 年 10 月 3 日", "2026.10.3上午", "2026年10月3日 9:00"),
        *("二〇二六年十月三日", "二零二六年十月三日", "2026-10-03 14:30:00", "2026-10-03"),
        *("10月3日", "10.3", "3号", "十月三日", "2026年10月3日（星期六）", "2026.10.3。"),
        *(20261003.0, 46298.0, "46298", "2026-10-02 23:59:59.999000", 46297.99999999),
    ],
)
def test_days_that_are_sure(typed: Typed) -> None:
    reading = day_of(typed, AROUND)
    assert (reading.value, reading.certainty) == (THIRD, Certainty.SURE)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("26.10.3", THIRD),
        ("26年10月3日", THIRD),
        ("2026.10.3-10.5", THIRD),
        ("2026年10月3日至5日", THIRD),
        ("13/10/2026", date(2026, 10, 13)),
        ("03/10/2026", None),
        ("2027年1月1日", date(2027, 1, 1)),
        (44836.0, THIRD),  # a count from 1904: four years off what the title says
    ],
)
def test_days_to_confirm(typed: Typed, suggested: date | None) -> None:
    reading = day_of(typed, AROUND)
    assert (reading.value, reading.certainty) == (suggested, Certainty.DOUBTFUL)
    assert reading.question


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "2026-13-40",
            "2026年2月30日",
            "2026年10月",
            "农历八月十五",
            "腊月初八",
            "去年",
            "#VALUE!",
        ),
        *(10.3, 10.0, 99.0, 20261340.0, "0000-00-00"),
    ],
)
def test_days_that_nobody_can_read(typed: Typed) -> None:
    reading = day_of(typed, AROUND)
    assert reading.value is None
    assert reading.certainty is Certainty.UNREAD


def test_a_day_without_year_needs_a_title() -> None:
    assert day_of("10月3日", AROUND).note
    without = day_of("10月3日", Around(TODAY))
    assert (without.value, without.certainty) == (THIRD, Certainty.DOUBTFUL)
    assert day_of("无", AROUND).value is None
    assert day_of("", AROUND).sure


@given(st.dates(date(1990, 1, 1), TODAY), st.booleans())
def test_every_day_is_read_in_every_way_of_writing(day: date, written: bool) -> None:
    forms: list[Typed] = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        day.isoformat(),
        f"{day:%Y%m%d}",
        float(f"{day:%Y%m%d}"),
        float((day - date(1899, 12, 30)).days),
    ]
    for typed in forms:
        assert day_of(typed, Around(TODAY)).value == day, typed


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("梨子园村2026年10月台账", (2026, 10)),
        ("二〇二六年十月台账", (2026, 10)),
        ("2026年1-10月台账", (2026, None)),
        ("10月", (None, 10)),
        ("2025年至2026年台账", (None, None)),
        ("2026.10", (2026, None)),
        ("台账", (None, None)),
    ],
)
def test_title_tells_year_and_month(title: str, told: tuple[int | None, int | None]) -> None:
    assert period_of(title) == told


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        *((1200.5, 120_050), ("1,200.50", 120_050), ("￥1200.5元", 120_050), ("1200元整", 120_000)),
        *(
            ("1.2万", 1_200_000),
            ("1.2万元", 1_200_000),
            ("3千元", 300_000),
            ("1万2000元", 1_200_000),
        ),
        *(
            ("壹万贰仟元整", 1_200_000),
            ("叁仟伍佰元伍角整", 350_050),
            ("人民币壹佰元零伍分", 10_005),
        ),
        *(("一千二百", 120_000), ("200块钱", 20_000), (0.0, 0), ("５００元", 50_000)),
    ],
)
def test_money_that_is_sure(typed: Typed, fen: int) -> None:
    reading = amount(typed)
    assert (reading.value, reading.certainty) == (fen, Certainty.SURE)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        *(
            ("约5000", 500_000),
            ("5000元左右", 500_000),
            ("5000余元", 500_000),
            ("近1万元", 1_000_000),
        ),
        *(("5000-8000", None), ("3000元/年", None), ("赔5000，退2000", None), ("-5", None)),
        *((0.001, None), ("#REF!", None), ("一大笔", None), (5e8, 50_000_000_000)),
    ],
)
def test_money_to_ask(typed: Typed, suggested: int | None) -> None:
    reading = amount(typed)
    assert not reading.sure
    assert reading.value == suggested
    assert reading.question


def test_money_in_the_unit_of_its_head() -> None:
    assert amount(1.2345, TEN_THOUSAND_YUAN).value == 1_234_500
    assert amount("5000元", TEN_THOUSAND_YUAN).value == 500_000
    assert amount("无").value is None
    assert money_unit("涉案金额(万元)") == TEN_THOUSAND_YUAN
    assert money_unit("涉及金额(元)") == YUAN
    assert money_unit("涉及金额") is None


@given(st.integers(0, 10**9))
def test_every_sum_is_read(fen: int) -> None:
    for typed in (f"{fen // 100:,}.{fen % 100:02d}", f"{Decimal(fen) / 100}元", fen / 100):
        assert amount(typed).value == fen


_DIGITS = "零一二三四五六七八九"


def _in_words(value: int) -> str:
    """Independent of the reader: 〇 to 9999 in Chinese words."""
    words = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += _DIGITS[digit] + sign
        elif words and value % unit:
            words = words.rstrip("零") + "零"
    return words or "零"


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_every_numeral_is_read(high: int, low: int) -> None:
    assert number(_in_words(low)) == low
    if high:
        words = f"{_in_words(high)}万" + (_in_words(low) if low else "")
        assert number(words) == high * 10_000 + low


@pytest.mark.parametrize("text", ["", "十百", "一二", "万", "百", "两个", "一万万万"])
def test_what_is_no_numeral(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        *(("√", True), ("✓", True), ("是", True), (1.0, True), ("有", True), ("TRUE", True)),
        *(("×", False), ("否", False), (0.0, False), ("无", False), ("", None), ("　", None)),
    ],
)
def test_ticks(typed: Typed, value: bool | None) -> None:
    reading = tick(typed)
    assert reading.value is value
    assert reading.sure


@pytest.mark.parametrize("typed", ["○", "也许", 2.0, "#N/A"])
def test_ticks_to_ask(typed: Typed) -> None:
    assert not tick(typed).sure


NUMBER = an_identity_number(date(1968, 3, 14), Sex.FEMALE)


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]} ",
        f"'{NUMBER}",
        NUMBER.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        NUMBER.replace("0", "O"),
        f"{NUMBER}\u200b",
    ],
)
def test_identity_numbers_are_straightened(typed: str) -> None:
    assert identity(typed, TODAY).value == NUMBER


def test_last_x_in_any_width() -> None:
    ends = next(
        entry
        for sequence in range(1, 99)
        if (entry := an_identity_number(date(1970, 1, 1), Sex.MALE, sequence)).endswith("X")
    )
    for last in ("x", "ｘ", "Ｘ"):
        assert identity(ends[:-1] + last, TODAY).value == ends


def test_an_old_number_of_fifteen_digits() -> None:
    old = NUMBER[:6] + NUMBER[8:17]
    for typed in (old, float(old)):
        reading = identity(typed, TODAY)
        assert reading.value == NUMBER
        assert "15" in reading.note


@pytest.mark.parametrize(
    "typed", [float(NUMBER), f"{float(NUMBER):.14E}", "5.00230196501011E+17", 5.00230196501011e17]
)
def test_a_number_that_a_table_program_damaged_is_never_filled_up(typed: Typed) -> None:
    reading = identity(typed, TODAY)
    assert reading.value is None
    assert "丢失" in reading.question


def test_a_wrong_check_digit_is_asked() -> None:
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    assert identity(wrong, TODAY).value is None
    assert not identity(wrong, TODAY).sure


def test_a_number_ending_in_zeros_is_only_suggested() -> None:
    seventeen = next(
        first
        for day in range(1, 28)
        for month in range(1, 13)
        if identity(f"{(first := f'9900011970{month:02d}{day:02d}000')[:-1]}00", TODAY).value
    )
    reading = identity(f"{seventeen[:-1]}00", TODAY)
    assert reading.certainty is Certainty.DOUBTFUL


def test_several_numbers_in_one_cell() -> None:
    other = an_identity_number(date(1971, 11, 2), Sex.MALE)
    for between in ("、", "\n", " ", "；"):
        assert [entry.value for entry in identities(NUMBER + between + other, TODAY)] == [
            NUMBER,
            other,
        ]
    assert identity("500230********0027", TODAY).value == "500230********0027"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (13900000001.0, ("13900000001",)),
        ("13900000001.0", ("13900000001",)),
        ("139-0000-0001", ("13900000001",)),
        ("139 0000 0001", ("13900000001",)),
        ("+86 13900000001", ("13900000001",)),
        ("电话：13900000001", ("13900000001",)),
        ("13900000001/13900000002", ("13900000001", "13900000002")),
        ("13900000001 13900000002", ("13900000001", "13900000002")),
        ("13900000001\n13900000002", ("13900000001", "13900000002")),
        ("023-70700123", ("023-70700123",)),
        ("139****0001", ("139****0001",)),
        ("1390000001", ("1390000001",)),  # a digit short, which is told
        ("无", None),
    ],
)
def test_phones(typed: Typed, told: tuple[str, ...] | None) -> None:
    reading = phones(typed)
    assert reading.sure
    assert reading.value == told


def test_phones_to_ask() -> None:
    assert phones("张三13900000001").value == ("13900000001",)
    assert not phones("张三13900000001").sure
    assert not phones("没记").sure
    assert phones("1390000001").note


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("秦德珍", ["秦德珍"], []),
        ("秦 珍", ["秦珍"], []),
        ("张三、李四", ["张三", "李四"], []),
        ("张三,李四；王五", ["张三", "李四", "王五"], []),
        ("张三 李四", ["张三", "李四"], []),
        ("张三\n李四", ["张三", "李四"], []),
        ("1.张三 2.李四", ["张三", "李四"], []),
        ("1、张三；2、李四", ["张三", "李四"], []),
        ("张三/李四诉王五", ["张三", "李四"], ["王五"]),
        ("张三与李四", ["张三"], ["李四"]),
        ("张三 与 李四、王五", ["张三"], ["李四", "王五"]),
        ("张三同李四", ["张三"], ["李四"]),
        ("张三（男）对李四等3人", ["张三"], ["李四"]),
        ("张三与丰都县鸿运有限公司", ["张三"], ["丰都县鸿运有限公司"]),
        ("张三同丰都同济医院", ["张三"], ["丰都同济医院"]),
        ("鸿运公司与重庆同创公司", ["鸿运公司"], ["重庆同创公司"]),
        ("重庆同创公司与李四", ["重庆同创公司"], ["李四"]),
        ("四川对外建设公司诉李四", ["四川对外建设公司"], ["李四"]),
        ("张三与梨子园村3组", ["张三"], ["梨子园村3组"]),
        ("张三与李四等3人", ["张三"], ["李四"]),
        ("丰都同济医院", ["丰都同济医院"], []),
        ("四川对外建设公司13900000001", ["四川对外建设公司"], []),
        ("双龙镇同心超市", ["双龙镇同心超市"], []),
        ("重庆同创置业有限公司（经理李四）", ["重庆同创置业有限公司"], []),
        ("张三、四川对外建设公司", ["张三", "四川对外建设公司"], []),
        ("张三（男，45岁）", ["张三"], []),
        ("张三（男，45岁）、李四（女）", ["张三", "李四"], []),
        ("王和平", ["王和平"], []),
        ("欧阳修文", ["欧阳修文"], []),
        ("张某某", ["张某某"], []),
        ("张□三", ["张□三"], []),
        ("𠮷三", ["𠮷三"], []),
    ],
)
def test_names(typed: str, first: list[str], second: list[str]) -> None:
    reading = names(typed)
    assert reading.sure
    assert reading.value is not None
    assert [entry.name for entry in reading.value.first] == first
    assert [entry.name for entry in reading.value.second] == second


@pytest.mark.parametrize("sign", ["[", "（", "9", "一", "张三(", "陶"])
def test_a_cell_full_of_something_is_no_list_of_names(sign: str) -> None:
    """A damaged file had 200,000 brackets in a cell, over which reading did not come to an end."""
    reading = names(sign * 200_000)
    assert reading.value is None
    assert "不像是姓名" in reading.question


@pytest.mark.parametrize("sign", ["9", "９", "壹", "1,000"])
@pytest.mark.parametrize("read", [amount, count])
def test_thousands_of_digits_are_asked_about(
    read: Callable[[Typed], Reading[int]], sign: str
) -> None:
    reading = read(sign * 8000)
    assert reading.value is None
    assert reading.question


def test_a_hundred_people_are_a_list_of_names() -> None:
    told = "、".join(f"张三{sign}（男，45岁，13900000001，{NUMBER}）" for sign in "甲乙丙丁" * 25)
    reading = names(told)
    assert reading.value is not None
    assert len(reading.value.first) == 100


def test_names_with_how_many() -> None:
    for typed, people, others in (
        ("张三 李四等5人", 5, True),
        ("张三等五人", 5, True),
        ("张三、李四等", 0, True),
        ("三组村民等十二户", 0, True),  # households are not people
        ("张三、李四", 0, False),
    ):
        told = names(typed).value
        assert told is not None
        assert (told.people, told.others) == (people, others), typed
    both = names("张三诉李四等5人").value
    assert both is not None
    assert both.people == 6


def test_names_with_particulars() -> None:
    told = names(f"张三（男，45岁，13900000001，{NUMBER}，父亲）").value
    assert told is not None
    (person,) = told.first
    assert (person.name, person.sex, person.phone) == ("张三", Sex.MALE, "13900000001")
    assert person.id_number == NUMBER
    assert "45" in person.remark
    assert "父亲" in person.remark


def test_organisations_among_names() -> None:
    told = names("丰都县鸿运有限公司、张三、梨子园村3组").value
    assert told is not None
    kinds = [entry.kind for entry in told.first]
    assert kinds == [PartyKind.LEGAL, PartyKind.NATURAL, PartyKind.OTHER]


@pytest.mark.parametrize("typed", ["张", "5", "张三和李四", "#N/A"])
def test_names_to_ask(typed: str) -> None:
    assert not names(typed).sure


@pytest.mark.parametrize(
    "typed", ["丰都县规划与自然资源局", "达州同济医院", "安平对外建设公司", "丰都同仁堂"]
)
def test_what_may_be_one_name_or_two_sides_is_asked(typed: str) -> None:
    asked = names(typed)
    assert not asked.sure
    told = names(typed, answered=True)
    assert told.sure
    assert asked.value == told.value
    assert told.value is not None
    assert [entry.name for entry in told.value.first] == [typed]


@pytest.mark.parametrize(
    ("typed", "value"), [("5人", 5), (5.0, 5), ("五人", 5), ("共12人", 12), ("5名", 5), ("", None)]
)
def test_counts(typed: Typed, value: int | None) -> None:
    assert count(typed).value == value
    assert count(typed).sure


@pytest.mark.parametrize(("typed", "value"), [("约5人", 5), ("男3女2", 5), ("若干", None)])
def test_counts_to_ask(typed: str, value: int | None) -> None:
    assert count(typed).value == value
    assert not count(typed).sure


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("(2026)梨民调字第015号", (2026, 15, False)),
        ("（2026）梨民调字第015号（作废）", (2026, 15, True)),
        ("晋医人调字[2019]001号", (2019, 1, False)),
        ("〔2026〕3", (2026, 3, False)),
        ("2026-15", (2026, 15, False)),
        ("2026年第3号", (2026, 3, False)),
        ("第3号", (2025, 3, False)),
        (7.0, (2025, 7, False)),
    ],
)
def test_case_numbers(typed: Typed, told: tuple[int, int, bool]) -> None:
    assert case_label(typed, 2025).value == told


def test_case_numbers_to_ask() -> None:
    for typed in ("A-甲", "2026", "123456789", "2026-0", "2026年第10000号"):
        assert not case_label(typed, None).sure, typed
