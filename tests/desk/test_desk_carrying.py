"""Where a package is put, what is said before it is made, and what its receipt is told as."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY
from two_ways import CLERK, RECORDER, Ways, dispute_in, only, put

from mediation_desk.desk import carrying, coming_back, handing_over
from mediation_desk.desk.carrying import free_name
from mediation_desk.desk.local_practice import put_settings
from mediation_desk.desk.protection import protection
from mediation_desk.desk.return_preview import brings
from mediation_desk.desk.sent_history import Answer, forgotten, sent_history
from mediation_desk.desk.sequence import _numbered
from mediation_desk.store.register import Register


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    made = Ways(village, office, tmp_path)
    made.enrol()
    return made


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    target = tmp_path / "报表.xlsx"
    assert free_name(target) == target
    target.write_text("")
    assert free_name(target).name == "报表（2）.xlsx"
    free_name(target).write_text("")
    assert free_name(target).name == "报表（3）.xlsx"


def test_a_stick_is_known_by_where_it_is_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "media" / "KING STON"
    stick.mkdir(parents=True)
    escaped = str(stick).replace(" ", "\\040")
    lines = f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 {escaped} vfat rw 0 0\n"
    monkeypatch.setattr(carrying, "_PLUGGED_IN", (str(tmp_path / "media") + "/",))
    monkeypatch.setattr(Path, "read_text", lambda *_: lines)
    monkeypatch.setattr(carrying.sys, "platform", "linux")
    (place,) = carrying.sticks()
    assert (place.folder, place.name, place.stick) == (stick, "U盘 KING STON", True)
    assert carrying.on_a_stick(stick / "报表.xlsx")
    assert not carrying.on_a_stick(tmp_path / "报表.xlsx")


def test_numbers_that_follow_one_another_are_one() -> None:
    assert _numbered([1]) == "第1份"
    assert _numbered([1, 3, 4, 5, 8]) == "第1份、第3至5份、第8份"


def test_what_a_package_will_be_is_known_before(ways: Ways, village: Register) -> None:
    case = ways.record(settled=False)
    ways.scanned(village, case.dispute.id, "协议.png")
    before = protection(village)
    assert (before.office, before.enclosed, before.left, before.handed) == ("双龙司法所", 1, (), 0)
    (to,) = handing_over.receivers(village)
    handing_over.hand_over(village, case.dispute.id, to.id, "当事人同意", RECORDER, TODAY)
    assert protection(village).handed == 1
    ways.up()
    assert protection(village).handed == 0


def test_what_has_no_room_is_told_by_name(ways: Ways, village: Register) -> None:
    case = ways.record()
    put_settings(village, replace(village.settings, package_megabytes=1), RECORDER)
    ways.scanned(village, case.dispute.id, "大图.png", size=2_000_000)
    assert protection(village).left == ("大图.png",)


def test_each_package_is_told_with_its_receipt(ways: Ways) -> None:
    ways.record()
    ways.sent("first")
    assert [entry.answer for entry in sent_history(ways.village)] == [Answer.NONE]
    ways.take(ways.office, ways.files["first"])
    ways.down()
    (entry,) = sent_history(ways.village)
    assert entry.answer is Answer.TAKEN
    assert CLERK in entry.lines[1]
    receipt = only(ways.village, "receipt")
    for changed, answer in (
        ({"conflicts": 1}, Answer.PARKED),
        ({"rejected": 2, "remarks": "协议：日期不对"}, Answer.REFUSED),
        ({"void_reason": "司法所撤销了这次接收"}, Answer.WITHDRAWN),
    ):
        put(ways.village, [replace(only(ways.village, "receipt", id=receipt.id), **changed)])
        (entry,) = sent_history(ways.village)
        assert entry.answer is answer
        assert answer is not Answer.REFUSED or "协议：日期不对" in entry.lines
    assert forgotten(ways.village) == []


def test_a_receipt_for_what_this_register_forgot_is_told(ways: Ways) -> None:
    ways.record()
    ways.up()
    ways.down()
    receipt = only(ways.village, "receipt")
    put(ways.village, [replace(receipt, id="f" * 32, revision=0, number=7, package_id="e" * 32)])
    (told,) = forgotten(ways.village)
    assert "累计第7份" in told


def test_a_return_is_told_point_by_point_before_it_is_taken(ways: Ways) -> None:
    first, second = ways.record(), ways.record()
    ways.up()
    ours = dispute_in(ways.office, first.dispute.id)
    put(ways.office, [replace(ours, people=9)])
    both = second.dispute.id
    put(ways.office, [replace(dispute_in(ways.office, both), people=8)])
    put(ways.village, [replace(dispute_in(ways.village, both), people=7)])
    look = coming_back.look(ways.village, ways.back(), TODAY)
    told = brings(ways.village, look)
    assert len(told.receipts) == 1
    assert "接收" in told.receipts[0]
    (change,) = told.changes
    assert change.endswith(f"涉及当事人数 {first.dispute.people} → 9")
    (question,) = told.questions
    assert question.endswith("涉及当事人数")
    assert told.returns == told.handed == ()
    assert brings(ways.village, coming_back.look(ways.village, ways.sent(), TODAY)).receipts == ()
