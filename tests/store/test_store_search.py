"""The list: what is found by what one types, narrowed, in the order of the days, page by page."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import a_case, a_dispute, a_party, a_unit
from store_basics import Keep

from mediation_desk.domain.casefile import CaseFile, sides
from mediation_desk.domain.codes import AgreementForm, CaseStatus, Outcome, PartyKind, PartyRole
from mediation_desk.domain.finding import DisputeRow, Find
from mediation_desk.domain.periods import Period, month
from mediation_desk.domain.record import unit_id
from mediation_desk.store.pinyin import initials
from mediation_desk.store.register import Register

_OTHER = a_unit(id=unit_id("village", "500230124201"), code="500230124201", name="石板村")


def _case(
    number: int, applicant: str = "何世明", respondent: str = "冉光荣", **changes: object
) -> CaseFile:
    told = {"place": "", "facts": "", "requests": ""}
    dispute = a_dispute(number=number, **(told | changes))
    parties = (
        a_party(dispute.id, PartyRole.APPLICANT, name=applicant, id_number="", phone=""),
        a_party(dispute.id, PartyRole.RESPONDENT, name=respondent, id_number="", phone=""),
    )
    return CaseFile(dispute, parties)


def _numbers(register: Register, text: str, **narrowed: object) -> list[int]:
    found = Find(text=text, **narrowed)  # type: ignore[arg-type]
    rows = register.page(found).rows
    assert register.count(found) == len(rows)
    return sorted(row.dispute.number for row in rows)


@pytest.fixture
def village(register: Register, keep: Keep) -> Register:
    """Six cases to find."""
    cases = [
        _case(1, place="梨子园村3组", facts="排水沟堵塞，雨水漫入院坝。"),
        _case(2, "单晓芳", "曾建国", facts="彩礼返还", requests="退回彩礼"),
        _case(3, "仇德珍", "解素芬", place="雨坝口"),
        _case(4, "翟永红", "阿依·古丽", facts="Wi-Fi 信号塔噪音；ＡＢＣ公司"),
        _case(15, "秦德珍", "蒋仕文", facts="水"),
        _case(150, "李㛃", "𠅤文", facts="〇号地"),
    ]
    keep(*(record for case in cases for record in case.records()))
    party = a_party(cases[4].dispute.id, PartyRole.THIRD, name="丰都某公司", representative="唐兰")
    party = replace(
        party, kind=PartyKind.LEGAL, id_number="990001196803140022", phone="13912345678"
    )
    keep(party)
    return register


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("水", [1, 15]),
        ("水沟", [1]),
        ("彩礼", [2]),
        ("退回彩礼", [2]),
        ("德珍", [3, 15]),
        ("仕文", [15]),
        ("丰都某公司", [15]),
        ("唐兰", [15]),
        ("㛃", [150]),
        ("𠅤文", [150]),
        ("〇号", [150]),
        ("wi", [4]),
        ("Wi-Fi", [4]),
        ("abc", [4]),
        ("ＡＢＣ公司", [4]),
        # Several words must all be there, in whatever field.
        ("水沟 何世明", [1]),
        ("秦德珍　蒋仕文", [15]),
        ("秦德珍 彩礼", []),
        # A phrase never runs from one field into the next.
        ("堵雨", []),
        ("礼还退回", []),
        ("返还退回", []),
        ("何世明冉光荣", []),
        ("组排水", []),
        # Nothing but signs finds nothing; quotes and operators are only signs.
        ("，。", []),
        ('"', []),
        ('水" OR "彩礼', []),
        ("水*", [1, 15]),
        ("NOT", []),
        ("AND", []),
        ("水 AND 沟", []),
        ("\ue000", []),
        ("\ue001", []),
    ],
)
def test_words_find_their_cases(village: Register, text: str, numbers: list[int]) -> None:
    assert _numbers(village, text) == numbers


def test_no_phrase_is_found_across_the_end_of_one_field(register: Register, keep: Keep) -> None:
    told = {"place": "青石\ue000桥", "facts": "头道河涨水", "requests": "赔偿菜地"}
    keep(*_case(1, "秦德珍", "蒋仕文", **told).records())
    for text in ("青石桥", "头道河", "赔偿", "秦德珍"):
        assert _numbers(register, text) == [1]
    for text in ("桥头", "水赔", "地秦", "珍蒋"):
        assert _numbers(register, text) == []


def test_a_page_pasted_into_the_search_is_answered(village: Register) -> None:
    for text in ("排水沟堵塞" * 9_000, "水 " * 3_000, "a " * 3_000, '"(' * 3_000):
        assert len(village.page(Find(text=text)).rows) <= 2
    assert _numbers(village, "水 " * 3_000) == [1, 15]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("hsm", [1]), ("HSM", [1]), ("hs", [1]), ("jsw", [15]),
        # Surnames are read as surnames; the usual reading of the character finds them too.
        ("sxf", [2]), ("dxf", [2]), ("zjg", [2]), ("cjg", [2]), ("qdz", [3, 15]), ("cdz", [3]),
        ("xsf", [3]), ("jsf", [3]), ("zyh", [4]), ("dyh", [4]), ("aygl", [4]), ("tl", [15]),
        ("p", []), ("z", [2, 4]), ("zq", []), ("smh", []),
    ],
)  # fmt: skip
def test_initials_find_names(village: Register, text: str, numbers: list[int]) -> None:
    assert _numbers(village, text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2026", [1, 2, 3, 4, 15, 150]),
        ("15", [15, 150]),
        ("015", [15]),
        ("1", [1]),
        ("(2026)梨民调字第015号", [15]),
        ("（2026）梨民调字第15号", [15]),
        ("〔2026〕梨民调字第150号", [150]),
        ("第015号", [15]),
        ("梨民调字第15号", [15]),
        ("2026-15", [15]),
        ("2025-15", []),
        ("990001", [15]),
        ("99000119680314", [15]),
        ("990001196803140022", [15]),
        ("990001196803140023", []),
        ("139", [15]),
        ("13912345678", [15]),
        ("12345678", []),
    ],
)
def test_numbers_find_their_cases(village: Register, text: str, numbers: list[int]) -> None:
    assert _numbers(village, text) == numbers


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("何世明", ("hsm",)), ("单雄", ("dx", "sx")), ("曾", ("c", "z")),
        ("尉迟恭", ("wcg", "ycg")), ("A公司", ("ags",)), ("·", ()), ("", ()), ("·明", ("m",)),
    ],
)  # fmt: skip
def test_initials_of_names(name: str, found: tuple[str, ...]) -> None:
    assert initials(name) == found


def test_a_search_keeps_to_its_unit_and_its_other_limits(register: Register, keep: Keep) -> None:
    keep(_OTHER)
    cases = [
        _case(1, facts="水沟", type="07"),
        _case(1, facts="水沟", unit_id=_OTHER.id),
        _case(2, facts="水沟", outcome=Outcome.FAILED, intake_on=date(2026, 8, 31)),
        _case(3, facts="水沟", status=CaseStatus.MEDIATING, outcome=None, closed_on=None),
    ]
    keep(*(record for case in cases for record in case.records()))
    own = register.unit.id
    limits: list[tuple[dict[str, object], list[int]]] = [
        ({}, [1, 1, 2, 3]),
        ({"unit_id": own}, [1, 2, 3]),
        ({"unit_id": _OTHER.id}, [1]),
        ({"type": "07"}, [1]),
        ({"status": CaseStatus.MEDIATING}, [3]),
        ({"outcome": Outcome.FAILED}, [2]),
        ({"period": month(2026, 9)}, [1, 1, 3]),
        ({"period": month(2026, 8)}, [2]),
        ({"period": month(2026, 8), "unit_id": _OTHER.id}, []),
        ({"period": Period(date(2026, 8, 31), date(2026, 9, 25)), "type": "02"}, [1, 2, 3]),
    ]
    for narrowed, numbers in limits:
        for text in ("", "水沟", "水沟 何世明"):
            assert _numbers(register, text, **narrowed) == numbers, (narrowed, text)
        assert _numbers(register, "彩礼", **narrowed) == []


def test_what_was_changed_is_found_by_its_new_words_only(village: Register, keep: Keep) -> None:
    [first] = village.all("dispute", number=1)
    [party] = [
        entry for entry in village.all("party", dispute_id=first.id) if entry.name == "何世明"
    ]
    keep(replace(first, facts="改为土地边界", number=7))
    keep(replace(party, name="罗小川"))
    assert _numbers(village, "水沟") == []
    assert _numbers(village, "土地边界") == [7]
    assert _numbers(village, "2026-1") == []
    assert _numbers(village, "何世明") == _numbers(village, "hsm") == []
    assert _numbers(village, "lxc") == [7]
    keep(replace(village.get("party", party.id), void_reason="重复"))
    assert _numbers(village, "罗小川") == []
    assert village.page(Find(text="土地边界")).rows[0].applicants == "冉光荣"


def test_a_moved_intake_date_moves_the_case_and_leaves_no_old_entry(
    village: Register, keep: Keep
) -> None:
    [first] = village.all("dispute", number=1)
    for day in (date(2025, 1, 1), date(2026, 11, 1), None, date(2026, 9, 25)):
        keep(replace(village.get("dispute", first.id), intake_on=day))
        assert _numbers(village, "水沟") == [1]
        days = [row.dispute.intake_on or row.dispute.closed_on for row in village.page(Find()).rows]
        assert days == sorted(days, reverse=True)
        [hits] = village._sql.rows("SELECT count(*) FROM search")
        assert hits == (6,)


def _all_pages(register: Register, find: Find, size: int) -> list[DisputeRow]:
    rows: list[DisputeRow] = []
    after = None
    while True:
        page = register.page(find, after, size)
        rows += page.rows
        assert len(page.rows) == size or page.next is None
        if page.next is None:
            return rows
        after = page.next
        assert after == page.rows[-1].row


def _scattered(count: int) -> list[CaseFile]:
    """Cases that arrive in no order of their days, several a day, some void, some closed only."""
    chance = random.Random(5)
    cases = []
    for number in range(1, count + 1):
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(60))
        case = a_case(
            number=number,
            intake_on=None if chance.random() < 0.1 else day,
            closed_on=day + timedelta(days=3),
            type=chance.choice(("02", "07")),
            void_reason="错" if chance.random() < 0.1 else "",
        )
        cases.append(case)
    return cases


def test_pages_hold_every_case_once_in_the_order_of_the_days(register: Register) -> None:
    cases = _scattered(120)
    for case in reversed(cases):
        with register.change("罗晓", "导入") as change:
            change.adopt(case.records())
    for find in (Find(), Find(text="村"), Find(type="07"), Find(text="蒋仕文", type="07")):
        wanted = {case.dispute.id for case in cases if find.type in {"", case.dispute.type}}
        for size in (1, 7, 40, 60, 120, 500):
            rows = _all_pages(register, find, size)
            assert len(rows) == len({row.row for row in rows}) == len(wanted)
            assert {row.dispute.id for row in rows} == wanted
            days = [row.dispute.intake_on or row.dispute.closed_on for row in rows]
            assert days == sorted(days, reverse=True)
    assert register.page(Find(), after=0).rows == ()


def test_a_line_says_who_what_when_as_the_case_file_does(register: Register, keep: Keep) -> None:
    cases = _scattered(30)
    for case in cases:
        with register.change("罗晓", "导入") as change:
            change.adopt(case.records())
        many = [PartyRole.APPLICANT, PartyRole.THIRD, PartyRole.RESPONDENT]
        more = many[: case.dispute.number % 4]
        keep(*(a_party(case.dispute.id, role, name="罗小川", position=2) for role in more))
        if case.dispute.number % 5 == 0:
            keep(replace(register.all("party", dispute_id=case.dispute.id)[0], void_reason="错"))
    rows = {row.dispute.id: row for row in register.page(Find(), size=100).rows}
    for case in cases:
        row, kept = rows[case.dispute.id], register.case(case.dispute.id)
        assert kept is not None
        assert (row.applicants, row.respondents) == sides(kept)
        assert row.dispute == replace(kept.dispute, facts="", requests="")
        assert row.form is (kept.agreement.form if kept.agreement else None)
        assert (row.type_label, row.unit_name) == (
            register.types.label(row.dispute.type),
            "梨子园村",
        )
    assert register.rows_at([row.row for row in rows.values()]) == tuple(rows.values())


def test_of_two_agreements_the_last_one_shows(register: Register, keep: Keep) -> None:
    case = a_case()
    early = replace(case.agreement, id="z", form=AgreementForm.ORAL, agreed_on=date(2026, 1, 1))
    keep(*case.records(), early)
    [row] = register.page(Find()).rows
    assert row.form is AgreementForm.WRITTEN


def test_counts_stop_at_their_cap(register: Register) -> None:
    with register.change("罗晓", "导入") as change:
        change.adopt(a_dispute(number=number) for number in range(1, 31))
    assert register.count(Find(), cap=29) == 30
    assert register.count(Find(), cap=30) == 30
    assert register.count(Find(), cap=10) == 11
    assert register.count(Find(text="梨"), cap=10) == 11
