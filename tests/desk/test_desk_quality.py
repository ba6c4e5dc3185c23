"""The card of a unit: how complete, how punctual, what to mend and what to ask first."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY

from mediation_desk.__main__ import main
from mediation_desk.desk.quality import last_months, quality
from mediation_desk.desk.receiving import receive_all
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.periods import month
from mediation_desk.domain.problems import Severity
from mediation_desk.store.register import Register

CLERK = "罗晓"
MONTHS = [month(2026, number) for number in (7, 8, 9)]
NOVEMBER = date(2026, 11, 20)
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


def _take(office: Register, path: Path, on: date = TODAY) -> None:
    (got,) = receive_all(office, [path], CLERK, on)
    assert got.act, got.words


def test_the_last_whole_months_stand_in_order() -> None:
    assert last_months(date(2026, 1, 31), 3) == (month(2025, 10), month(2025, 11), month(2025, 12))


def test_months_in_time_and_missing_are_told_apart(
    office: Register, record: Keep, sent: Send
) -> None:
    record(date(2026, 8, 10))
    _take(office, sent(date(2026, 7, 1)), date(2026, 8, 5))
    _take(office, sent(date(2026, 8, 1)), date(2026, 9, 30))
    (card,) = quality(office, NOVEMBER, MONTHS)
    assert card.unit.name == "梨子园村"
    assert (card.in_time, card.due, card.cases) == (1, 3, 1)
    assert card.missing == (month(2026, 9),)
    assert [entry.cases for entry in card.months] == [0, 1, 0]


def test_what_is_wrong_or_undone_is_told_with_its_cases(village: Register, record: Keep) -> None:
    open_one = record(date(2026, 7, 20), settled=False)
    also_open = record(date(2026, 8, 2), settled=False)
    good = record(date(2026, 8, 10))
    with village.change("陶素芬", "没有协议") as change:
        assert good.agreement is not None
        change.keep(replace(good.agreement, void_reason="写错"))
    (card,) = quality(village, NOVEMBER, MONTHS)
    ids = {mend.rule: set(mend.dispute_ids) for mend in card.mends}
    assert ids["C2"] == {good.dispute.id}
    assert ids["L-mediation"] == {open_one.dispute.id, also_open.dispute.id}
    graves = [mend.severity for mend in card.mends]
    assert graves[0] is Severity.ERROR
    assert graves == sorted(graves, key=[Severity.ERROR, Severity.WARNING].index)
    assert card.complete == 0
    (late,) = (mend for mend in card.mends if mend.rule == "L-mediation")
    assert late.words == "过了调解期限还没有结果（2件）。"


def test_a_case_with_nothing_lacking_is_complete_before_its_days_are_over(
    village: Register, record: Keep
) -> None:
    case = record(date(2026, 9, 21))
    (card,) = quality(village, case.dispute.closed_on or TODAY, [month(2026, 9)])
    assert (card.complete, card.cases, card.mends) == (1, 1, ())


def test_a_village_without_the_last_case_is_asked_whether_one_is_missing(
    village: Register, record: Keep
) -> None:
    for number in (1, 2, 3, 4, 5, 6):
        record(date(2026, number, 5))
        record(date(2026, number, 15))
    months = [month(2026, number) for number in range(1, 8)]
    (card,) = quality(village, NOVEMBER, months)
    assert [question.rule for question in card.questions] == ["Q1", "Q3"]


def test_the_verb_tells_the_same_in_words_and_as_json(
    village: Register, record: Keep, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(date(2026, 8, 2), settled=False)
    password = tmp_path / "password"
    password.write_text("梨花-2026", encoding="utf-8")
    folder = str(tmp_path / "village")
    village.close()
    line = ["quality", folder, "--password-file", str(password), "--today", "2026-11-20"]
    assert main(line) == 1
    told = capsys.readouterr().out
    assert "梨子园村\t齐全0/1件" in told
    assert "[L-mediation] 过了调解期限还没有结果。请登记结果" in told
    assert main([*line, "--json", "--months", "3"]) == 1
    (card,) = json.loads(capsys.readouterr().out)
    assert [entry["month"] for entry in card["months"]] == [
        "2026年8月", "2026年9月", "2026年10月",
    ]  # fmt: skip
    assert [entry["rule"] for entry in card["mends"]] == ["L-mediation"]
    assert main([*line, "--months", "1"]) == 0
