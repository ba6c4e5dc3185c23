"""Scans and photos inside the encrypted register: kept, found again, refused, saved out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_case

from mediation_desk.desk import attaching, recording
from mediation_desk.desk.attaching import MEGABYTE, Scan
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register

ACTOR = "陶素芬"
MARK = b"a-mark-that-must-not-be-found-on-the-disk"
PHOTO = b"\xff\xd8\xff\xe0" + MARK * 40
PAPER = b"%PDF-1.7\n" + MARK
PICTURE = b"\x89PNG\r\n\x1a\n" + MARK


@pytest.fixture
def case(village: Register) -> CaseFile:
    blank = recording.blank_case(village, TODAY, ACTOR)
    names = ("秦德珍", "蒋仕文")
    parties = tuple(
        replace(party, name=name) for party, name in zip(blank.parties, names, strict=True)
    )
    filled = replace(blank, dispute=replace(blank.dispute, type="02"), parties=parties)
    filled = replace(filled, dispute=replace(filled.dispute, intake_on=None))
    return recording.keep_case(village, None, filled, ACTOR, "登记", TODAY)


def _attach(register, case, *scans, kind=AttachmentKind.EVIDENCE):
    return attaching.attach(register, case, scans, kind, ACTOR, TODAY)


def test_the_first_bytes_tell_what_a_file_is():
    assert attaching.media_type(PHOTO) == "image/jpeg"
    assert attaching.media_type(PICTURE) == "image/png"
    assert attaching.media_type(PAPER) == "application/pdf"
    assert attaching.media_type(b"MZ\x90\x00") == ""


def test_a_scan_is_kept_with_its_bytes_in_one_act(village, case):
    before = len(village.acts())
    (kept,) = _attach(village, case, Scan("水沟照片", PHOTO, TODAY - timedelta(days=2))).kept
    assert len(village.acts()) == before + 1
    (found,) = village.case(case.dispute.id).attachments
    assert found == kept
    assert (found.name, found.kind, found.media_type) == (
        "水沟照片",
        AttachmentKind.EVIDENCE,
        "image/jpeg",
    )
    assert found.size == len(PHOTO)
    assert found.taken_on == TODAY - timedelta(days=2)
    assert attaching.content_of(village, found) == PHOTO
    assert not village.verify()


def test_nothing_of_it_lies_readable_in_the_folder(village, case):
    _attach(village, case, Scan("照片", PHOTO), Scan("文书", PAPER))
    village.back_up()
    files = [path for path in village.folder.rglob("*") if path.is_file()]
    assert len(files) > 1
    for path in files:
        assert MARK not in path.read_bytes(), path
        assert "照片".encode() not in path.read_bytes(), path


def test_the_same_content_is_not_kept_twice(village, case):
    first = _attach(village, case, Scan("照片", PHOTO)).kept
    again = village.case(case.dispute.id)
    outcome = _attach(village, again, Scan("又一张", PHOTO), Scan("文书", PAPER))
    assert outcome.known == first
    assert [entry.name for entry in outcome.kept] == ["文书"]
    both = _attach(village, case, Scan("甲", PICTURE), Scan("乙", PICTURE))
    assert len(both.kept) == len(both.known) == 1


def test_what_is_too_large_is_refused_whole_with_a_way_out(village, case):
    village.keep_settings(replace(village.settings, attachment_megabytes=1))
    large = Scan("卷宗", PAPER + bytes(MEGABYTE))
    with pytest.raises(DeskError, match=r"1\.0 MB.*请"):
        _attach(village, case, Scan("照片", PHOTO), large)
    assert not village.case(case.dispute.id).attachments
    assert village.attachment_bytes(Scan("照片", PHOTO).sha256) is None


def test_a_file_is_read_only_if_it_is_a_scan(tmp_path):
    photo = tmp_path / "水沟.jpeg"
    photo.write_bytes(PHOTO)
    scan = attaching.read_scan(photo)
    assert (scan.name, scan.content) == ("水沟", PHOTO)
    film = tmp_path / "照片.jpg"
    film.write_bytes(b"\x00\x00\x00\x18ftypmp42")
    with pytest.raises(DeskError, match="不是照片或 PDF"):
        attaching.read_scan(film)
    with pytest.raises(DeskError, match="读不了"):
        attaching.read_scan(tmp_path / "没有.jpg")


def test_a_camera_ahead_of_its_time_makes_no_fault(village, case):
    (kept,) = _attach(village, case, Scan("照片", PHOTO, TODAY + timedelta(days=400))).kept
    assert kept.taken_on == TODAY


def test_others_cases_and_void_ones_take_nothing(village, case):
    other = a_case(unit_id="another")
    with pytest.raises(DeskError, match="别的调委会"):
        _attach(village, other, Scan("照片", PHOTO))
    void = replace(case, dispute=replace(case.dispute, void_reason="重复"))
    with pytest.raises(DeskError, match="作废"):
        _attach(village, void, Scan("照片", PHOTO))


def test_a_scan_is_saved_out_exactly(village, case, tmp_path):
    (kept,) = _attach(village, case, Scan("3组/水沟?", PHOTO)).kept
    assert attaching.file_name(kept) == "3组_水沟_.jpg"
    target = attaching.save_out(village, kept, tmp_path / "水沟")
    assert target == tmp_path / "水沟.jpg"
    assert target.read_bytes() == PHOTO
    with pytest.raises(DeskError, match="或换一个位置"):
        attaching.save_out(village, kept, tmp_path / "没有" / "水沟.jpg")


def test_content_that_never_came_here_is_said_to_be_missing(village, case):
    missing = replace(
        _attach(village, case, Scan("照片", PHOTO)).kept[0], sha256=Scan("别", PAPER).sha256
    )
    with pytest.raises(DeskError, match="不随报送"):
        attaching.content_of(village, missing)


def test_sizes_are_said_as_people_say_them(village, case):
    assert attaching.in_words(300) == "1 KB"
    assert attaching.in_words(40_000) == "39 KB"
    assert attaching.in_words(5 * MEGABYTE + MEGABYTE // 2) == "5.5 MB"
    kept = _attach(village, case, Scan("照片", PHOTO), Scan("文书", PAPER)).kept
    assert attaching.total(kept) == len(PHOTO) + len(PAPER)
    assert Path(attaching.file_name(kept[1])).suffix == ".pdf"
