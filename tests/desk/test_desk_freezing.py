"""What leaves the house is kept as it stood; later changes are told in words, with their acts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY, a_dispute, a_unit, an_agreement
from openpyxl import load_workbook

from mediation_desk.desk import freezing, frozen, past_tables, recording
from mediation_desk.desk.duplicates import confirm_same
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AgreementForm, Direction, ReferralChannel, ReportStep
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.periods import month
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.reporting import Report
from mediation_desk.exchange.contents import CARRIED
from mediation_desk.exchange.returns import CARRIED_BACK
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.frozen import table_text
from mediation_desk.figures.tables import TABLES
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

WHO = "陶素芬"
MARCH = Calibre(month(2026, 3))
DAY = date(2026, 3, 12)
Recorded = Callable[..., CaseFile]


def _frozen(register: Register, table: str = "ministry", calibre: Calibre = MARCH) -> Report:
    return freezing.freeze(register, table, calibre, WHO, TODAY).report


def _change(register: Register, record: Any, reason: str = "更正", **values: Any) -> int:
    with register.change(WHO, reason) as change:
        change.keep(replace(register.get(*record), **values))
    return int(change.number)


def _keep(register: Register, *records: Record, reason: str = "登记") -> None:
    with register.change(WHO, reason) as change:
        for record in records:
            change.keep(record)


@contextmanager
def _told(register: Register, report: Report) -> Iterator[dict[str, list[str]]]:
    """What the only adjustment tells: in a word, in its acts, of figures."""
    told: dict[str, list[str]] = {}
    yield told
    [found] = frozen.adjustments(register, report)
    told["what"] = [found.what]
    told["name"] = [found.name]
    told["steps"] = [words for step in found.steps for words in step.told]
    told["reasons"] = [step.reason for step in found.steps]
    told["effects"] = list(found.effect_words)


# Keeping


def test_an_export_keeps_what_it_shows(village: Register, record: Recorded, tmp_path: Path) -> None:
    case = record(DAY)
    made = freezing.export(village, "ministry", MARCH, tmp_path / "3月.xlsx", WHO, TODAY)
    report = made.kept.report
    assert made.path.is_file()
    assert (report.number, report.table, report.frozen_by) == (1, "ministry", WHO)
    assert made.kept.state == "已导出"
    assert [entry["id"] for entry in frozen.cases_in(report)] == [case.dispute.id]
    assert frozen.cases_in(report)[0]["amount_fen"] == 20_000
    assert "秦德珍" not in report.cases + report.figures
    assert frozen.table_in(report).value("total", "M01") == 1
    assert village.verify() == []


def test_the_same_figures_are_kept_once_and_every_use_is_noted(
    village: Register, record: Recorded, tmp_path: Path
) -> None:
    case = record(DAY)
    for _ in range(2):
        freezing.export(village, "ministry", MARCH, tmp_path / "3月.xlsx", WHO, TODAY)
    kept = freezing.freeze(village, "ministry", MARCH, WHO, TODAY, ReportStep.SENT, " 县司法局 ")
    assert [use.what.label for use in kept.uses] == ["导出", "导出", "上报"]
    assert (kept.report.number, kept.state) == (1, "已上报")
    assert kept.sent is not None
    assert kept.sent.receiver == "县司法局"
    # Of another calibre it is another report, and of other figures, too.
    assert _frozen(village, calibre=replace(MARCH, oral=False)).number == 2
    _change(village, ("dispute", case.dispute.id), people=5)
    assert _frozen(village).number == 3
    # So it is where the sums are the same and the cases are not.
    record(DAY)
    before = _frozen(village)
    _change(village, ("dispute", case.dispute.id), people=4)
    other = next(entry for entry in village.all("dispute") if entry.id != case.dispute.id)
    _change(village, ("dispute", other.id), people=3)
    after = _frozen(village)
    assert after.figures == before.figures
    assert after.number == before.number + 1


def test_nothing_is_kept_of_what_was_not_written(village: Register, tmp_path: Path) -> None:
    with pytest.raises(DeskError):
        freezing.export(village, "ministry", MARCH, tmp_path / "nowhere" / "a.xlsx", WHO, TODAY)
    with pytest.raises(DeskError, match="没有叫"):
        _frozen(village, "nonsense")
    assert frozen.reports(village) == []


def test_it_is_written_again_as_it_was(village: Register, record: Recorded, tmp_path: Path) -> None:
    case = record(DAY)
    first = freezing.export(village, "ministry", MARCH, tmp_path / "a.xlsx", WHO, TODAY)
    _change(village, ("dispute", case.dispute.id), people=7, type="07")
    again = freezing.export_again(
        village, first.kept.report, tmp_path / "b.xlsx", "罗晓", date(2026, 11, 2)
    )
    told = []
    for path in (first.path, again.path):
        book = load_workbook(path)
        told.append([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
    differing = [pair for pair in zip(*told, strict=True) if pair[0] != pair[1]]
    heads = {text for row in told[1] for text in row if isinstance(text, str) and "冻结于" in text}
    assert heads == {
        "填报单位：梨子园村　　期间：2026年3月　　填表人：陶素芬　　制表日期：2026-10-23　　"
        "第1号，冻结于2026-10-23"
    }
    assert all(any("冻结于" in str(text) for text in now) for _before, now in differing)
    assert [use.done_by for use in again.kept.uses] == [WHO, "罗晓"]


def test_any_table_is_counted_again_to_the_last_letter(village: Register, record: Recorded) -> None:
    cases = [record(DAY), record(date(2026, 2, 3)), record(date(2025, 3, 9), settled=False)]
    reports = [_frozen(village, table) for table in TABLES]
    for case in cases:
        _change(village, ("dispute", case.dispute.id), people=9, type="99", void_reason="试")
    for report in reports:
        assert table_text(frozen.recounted(village, report)) == report.figures, report.table


# What is otherwise today


def test_what_changes_no_number_is_no_adjustment(village: Register, record: Recorded) -> None:
    case = record(DAY)
    report = _frozen(village)
    key = ("dispute", case.dispute.id)
    _change(village, key, facts="又补充了经过。", place="5组")
    _change(village, ("party", case.parties[0].id), phone="13900000009")
    record(date(2026, 4, 2))
    _change(village, key, people=8)
    _change(village, key, people=2)
    assert frozen.adjustments(village, report) == []


def test_a_correction_tells_fields_act_and_figures(village: Register, record: Recorded) -> None:
    case = record(DAY)
    report = _frozen(village)
    agreement = case.agreement
    assert agreement is not None
    _change(village, ("dispute", case.dispute.id), "登记错了类型", type="07", place="5组")
    _change(village, ("agreement", agreement.id), "金额写错", amount_fen=30_000)
    with _told(village, report) as told:
        pass
    assert told["what"] == ["更正"]
    assert told["name"] == ["(2026)梨民调字第001号（梨子园村）"]
    assert told["reasons"] == ["登记错了类型", "金额写错"]
    assert told["steps"] == [
        "纠纷类型由邻里纠纷改为山林土地纠纷",
        "协议：协议涉及金额由200元改为300元",
    ]
    assert told["effects"] == ["梨子园村：协议涉及金额 +100元，邻里纠纷 −1件，山林土地纠纷 +1件"]


def test_a_late_and_a_void_case(village: Register, record: Recorded) -> None:
    case = record(DAY)
    report = _frozen(village)
    late = record(date(2026, 3, 30))
    recording.void_case(village, case, WHO, "与别的登记簿重复")
    gone, came = frozen.adjustments(village, report)[::-1]
    assert (came.what, gone.what) == ("补登", "作废")
    assert (came.dispute_id, gone.dispute_id) == (late.dispute.id, case.dispute.id)
    assert gone.name == "(2026)梨民调字第001号（作废）（梨子园村）"
    assert gone.steps[0].told == ("作废：与别的登记簿重复",)
    assert came.steps[0].told[0].startswith("新登记：纠纷类型邻里纠纷")
    assert came.effect_words[0].startswith("梨子园村：调解案件总数 +1件，涉及当事人数 +2人，")


def test_entries_found_to_be_one_dispute_and_the_end_of_the_one_that_counted(
    office: Register,
) -> None:
    units = [a_unit(id=f"u{n}", code=f"50023012420{n}", name=f"{n}号村") for n in (1, 2)]
    first, second = (a_dispute(unit_id=unit.id, intake_on=DAY) for unit in units)
    _keep(office, *units, first, second)
    report = _frozen(office)
    confirm_same(office, first.id, second.id, WHO, TODAY, "两边都登记了")
    with _told(office, report) as told:
        pass
    assert told["what"] == ["同一纠纷"]
    assert told["name"] == ["(2026)梨民调字第001号（2号村）"]
    assert told["steps"] == ["认定与(2026)梨民调字第001号（1号村）为同一纠纷，按那一件统计"]
    assert told["effects"][0].startswith("2号村：调解案件总数 −1件")
    # Where the one that counts is struck out, the other one counts again, and is no adjustment.
    _change(office, ("dispute", first.id), "作废", void_reason="写错")
    [found] = frozen.adjustments(office, report)
    assert (found.dispute_id, found.what) == (first.id, "作废")


def test_a_case_that_went_to_another_unit(office: Register) -> None:
    units = [a_unit(id=f"u{n}", code=f"50023012420{n}", name=f"{n}号村") for n in (1, 2)]
    dispute = a_dispute(unit_id="u1", intake_on=DAY)
    _keep(office, *units, dispute)
    report = _frozen(office)
    _change(office, ("dispute", dispute.id), "移交", unit_id="u2", number=0)
    with _told(office, report) as told:
        pass
    assert told["what"] == ["换了单位"]
    heads = [words.partition("，")[0] for words in told["effects"]]
    assert heads == ["1号村：调解案件总数 −1件", "2号村：调解案件总数 +1件"]


def test_an_import_that_was_taken_back(office: Register) -> None:
    unit = a_unit(id="u1", code="500230124201", name="1号村")
    dispute = a_dispute(unit_id="u1", intake_on=DAY, revision=1)
    _keep(office, unit)
    with office.change("罗晓", "接收1号村的报送", "import") as change:
        change.adopt((dispute, an_agreement(dispute.id, revision=1)))
    report = _frozen(office)
    office.undo(change.number, "罗晓", "传错了")
    with _told(office, report) as told:
        pass
    assert told["what"] == ["已撤回"]
    assert told["reasons"] == ["传错了"]
    assert told["steps"] == ["这件纠纷已撤回", "协议已撤回"]


def test_works_units_and_local_types(office: Register) -> None:
    unit = a_unit(id="u1", code="500230124201", name="1号村")
    local = LocalType(id="l1", code="L1", label="涉竹纠纷", rolls_up_to="07")
    held = Screening(id=new_id(), unit_id="u1", screened_on=DAY, prevented=2)
    _keep(office, unit, local, held, a_dispute(unit_id="u1", type="L1", intake_on=DAY))
    report = _frozen(office)
    _change(office, ("screening", held.id), "改预防数", prevented=3)
    _change(office, ("local_type", "l1"), "改归类", rolls_up_to="99")
    first, second = frozen.adjustments(office, report)
    assert (first.name, first.dispute_id) == ("排查 2026-03-12（1号村）", "")
    assert first.steps[0].told == ("排查：预防纠纷由2改为3",)
    assert second.steps[0].told == ("涉竹纠纷 本地纠纷类型：归入18类由07改为99",)
    assert [effect.more for effect in second.effects] == [-1, 1]
    # Another name of a unit, or one that has nothing to count, changes no number.
    _change(office, ("unit", "u1"), "改名", name="一号村")
    assert len(frozen.adjustments(office, report)) == 2
    organisation = _frozen(office, "organisation")
    _keep(office, a_unit(id="u2", code="500230124202", name="2号村"), reason="新设调委会")
    with _told(office, organisation) as told:
        pass
    assert told["name"] == ["单位和人员"]
    assert told["reasons"] == ["新设调委会"]
    assert any("2号村" in words for words in told["steps"])


def test_lines_that_only_divide_another_one_come_and_go_without_a_word(office: Register) -> None:
    local = LocalType(id="l1", code="L1", label="涉竹纠纷", rolls_up_to="07")
    unit = a_unit(id="u1", code="500230124201", name="1号村")
    cases = [a_dispute(unit_id="u1", number=n, type=t, intake_on=DAY)
             for n, t in enumerate(("L1", "07", "07"), 1)]  # fmt: skip
    _keep(office, unit, local, *cases)
    report = _frozen(office, "types")
    _change(office, ("local_type", "l1"), "改归类", rolls_up_to="05")
    with _told(office, report) as told:
        pass
    assert told["name"] == ["(2026)梨民调字第001号（1号村）"]
    heads = [words.partition("，")[0] for words in told["effects"]]
    assert sorted(heads) == ["山林土地纠纷：受理 −1件", "生产经营纠纷：受理 +1件"]


def test_other_local_practice_is_no_change_of_a_case(village: Register, record: Recorded) -> None:
    case = record(DAY)
    closed = case.dispute.closed_on
    assert closed is not None
    letter = Referral(
        id=new_id(), dispute_id=case.dispute.id, direction=Direction.IN,
        channel=ReferralChannel.COURT, received_on=DAY, answered_on=closed + timedelta(days=5),
    )  # fmt: skip
    _keep(village, letter)
    report = _frozen(village, "linkage")
    settings = village.settings
    village.keep_settings(replace(settings, answer_days=3))
    with _told(village, report) as told:
        pass
    assert (told["name"], told["what"], told["steps"]) == (["本地做法"], ["设置改变"], [])
    assert table_text(frozen.recounted(village, report)) == report.figures
    village.keep_settings(settings)
    assert frozen.adjustments(village, report) == []


def test_an_oral_agreement_leaves_a_written_report(village: Register, record: Recorded) -> None:
    case = record(DAY)
    assert case.agreement is not None
    report = _frozen(village, calibre=replace(MARCH, oral=False))
    _change(village, ("agreement", case.agreement.id), form=AgreementForm.ORAL)
    with _told(village, report) as told:
        pass
    assert told["steps"] == ["协议：协议形式由书面协议改为口头协议"]
    assert told["effects"][0].startswith("梨子园村：调解案件总数 −1件")


# Care


def test_reports_are_kept_by_backups_and_do_not_travel(village: Register, record: Recorded) -> None:
    record(DAY)
    report = _frozen(village)
    assert {"report", "report_use"}.isdisjoint({*CARRIED, *CARRIED_BACK})
    with open_with_key(village.back_up(), village._key) as backup:
        assert frozen.report_with(backup, 1).report == report
        assert table_text(frozen.recounted(backup, report)) == report.figures


def test_a_day_before_the_register_and_a_number_that_is_none(village: Register) -> None:
    with pytest.raises(DeskError, match="还没有任何记录"):
        past_tables.as_of_day(village, date(2020, 1, 1))
    with pytest.raises(DeskError, match="没有第7号"):
        frozen.report_with(village, 7)
    with past_tables.as_of_day(village, date(2999, 1, 1)) as past:
        assert past.sequence() == village.sequence()
