"""A village set up by its office's file: what it takes over, what it keeps, whom it trusts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import a_case
from openpyxl import load_workbook

from mediation_desk.desk import enrolling, receiving, sending, setting_up, taking_back
from mediation_desk.desk.attaching import Scan, attach
from mediation_desk.desk.desk_key import known_office, own_fingerprint, own_key
from mediation_desk.desk.enrolling import AnotherOffice, make_setup_file, open_setup_file
from mediation_desk.desk.giving_back import blank_return, give_back, write_returns
from mediation_desk.desk.local_practice import keep_settings, keep_type, settings_log
from mediation_desk.desk.looking import LookState
from mediation_desk.desk.trusting import enrolments
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import AttachmentKind, UnitKind
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import Package
from mediation_desk.exchange.sealing import DeskKey
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.exchange.setup_writing import write_setup_file
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

CLERK, RECORDER, PASSWORD = "罗晓", "陶素芬", "梨花-2026"
DAY = date(2026, 10, 23)
OCTOBER = month_of(DAY)
PNG = b"\x89PNG\r\n\x1a\n"


def _unit(office: Register) -> Unit:
    return enrolling.new_unit(
        office, "500230124200", "梨子园村", "丰都县双龙镇梨子园村人民调解委员会", UnitKind.VILLAGE
    )


def _made(office: Register, folder: Path, name: str = "setup.xlsx") -> Path:
    unit = enrolling.unit_with(office, "500230124200") or _unit(office)
    return make_setup_file(office, unit, folder / name, CLERK, DAY).path


@pytest.fixture
def enrolled(village: Register, office: Register, tmp_path: Path) -> Register:
    open_setup_file(village, _made(office, tmp_path), RECORDER, DAY)
    return village


def _recorded(village: Register, number: int = 1) -> None:
    unit = village.committee
    assert unit is not None
    with village.change(RECORDER, "录入") as change:
        for record in a_case(unit_id=unit.id, number=number, intake_on=DAY).records():
            change.keep(replace(record, revision=0))


def _sent(village: Register, folder: Path, name: str = "package.xlsx") -> sending.Sent:
    return sending.send(village, OCTOBER, folder / name, RECORDER, DAY)


def _got(office: Register, path: Path) -> receiving.Received:
    (got,) = receiving.receive_all(office, [path], CLERK, DAY)
    return got


def test_a_new_village_needs_only_its_file(office: Register, tmp_path: Path) -> None:
    keep_settings(office, replace(office.settings, visit_days=21), CLERK)
    local = keep_type(
        office,
        LocalType(id=new_id(), code="B000-1", label="水渠纠纷", rolls_up_to="05"),
        actor=CLERK,
        today=DAY,
    )
    setup = read_setup_file(_made(office, tmp_path))
    founding = setting_up.found_by(setup, RECORDER)
    with setting_up.create(tmp_path / "new", founding, PASSWORD) as village:
        assert village.unit == office.get("unit", village.unit.id)
        assert village.committee == village.unit
        assert village.settings.visit_days == 21
        assert village.all("local_type") == [local]
        office_known = known_office(village)
        assert office_known is not None
        assert office_known.name == office.unit.name
        assert office_known.fingerprint == own_fingerprint(office)
        assert [entry.name for entry in village.all("mediator")] == [RECORDER]
        assert village.verify() == []
        assert village.lineages("unit", [village.unit.id]) == office.lineages(
            "unit", [village.unit.id]
        )
        _recorded(village)
        sent = _sent(village, tmp_path)
        assert (sent.office, sent.package.sealed) == (office.unit.name, True)
    assert _got(office, sent.path).look.state is LookState.READY


def test_an_old_village_keeps_what_it_typed(
    village: Register, office: Register, tmp_path: Path
) -> None:
    keep_settings(village, replace(village.settings, archive_days=60, visit_days=25), RECORDER)
    unit = village.unit
    with village.change(RECORDER, "改") as change:
        change.keep(replace(unit, number_word="梨园调"))
        change.keep(LocalType(id=new_id(), code="B1", label="自家的", rolls_up_to="05"))
    _recorded(village)
    before = list(village.dump())
    keep_settings(office, replace(office.settings, visit_days=21, report_due_day=8), CLERK)
    with office.change(CLERK, "类型") as change:
        change.keep(LocalType(id=new_id(), code="B1", label="所里的", rolls_up_to="01"))
        change.keep(LocalType(id=new_id(), code="B2", label="水渠", rolls_up_to="05"))
    term = replace(_unit(office), term_from=date(2026, 1, 1))
    path = make_setup_file(office, term, tmp_path / "s.xlsx", CLERK, DAY).path
    opened = open_setup_file(village, path, RECORDER, DAY)
    assert opened.fingerprint == own_fingerprint(office)
    settings = village.settings
    # The office left archive_days at its default; visit_days it set itself.
    assert (settings.archive_days, settings.visit_days, settings.report_due_day) == (60, 21, 8)
    assert village.unit.number_word == "梨园调"
    assert village.unit.term_from == date(2026, 1, 1)
    assert {entry.label for entry in village.all("local_type")} == {"自家的", "水渠"}
    told = "\n".join(opened.changes)
    for words in ("封存给双龙司法所", "本届任期起", "水渠", "所里的", "25天改为21天", "8日"):
        assert words in told, told
    assert settings_log(village)[0].actor == RECORDER
    kept = [line for line in before if '"unit"' not in line]
    assert set(kept) <= set(village.dump())
    assert village.verify() == []


def test_working_days_and_holidays_travel_to_the_village(
    village: Register, office: Register, tmp_path: Path
) -> None:
    notice = "2027年2月5日至11日放假\n2027年2月14日上班"
    wanted = {"visit_working": True, "rest_day": "after", "court_rest_day": True,
              "holidays": notice}  # fmt: skip
    keep_settings(office, replace(office.settings, **wanted), CLERK)
    opened = open_setup_file(village, _made(office, tmp_path), RECORDER, DAY)
    assert village.settings == office.settings
    told = "\n".join(opened.changes)
    assert "回访时间（只数工作日）：否改为是" in told
    assert "不变，还是那一天改为顺延到休息日后的第一个工作日" in told
    assert "2027年2月5日至11日放假；2027年2月14日上班" in told
    thursday = date(2027, 2, 4)
    assert village.limits.calendar.after(thursday, 2) == date(2027, 2, 14)


def _file(office: Register, folder: Path, **changes: object) -> Path:
    """A set-up file whose settings are as an older or a newer program would write them."""
    setup = read_setup_file(_made(office, folder, "first.xlsx"))
    key = own_key(office)
    assert key is not None
    gone = {name for name, value in changes.items() if value is None}
    kept = {name: value for name, value in setup.settings.items() if name not in gone}
    kept |= {name: value for name, value in changes.items() if value is not None}
    return write_setup_file(replace(setup, settings=kept), key, folder / "other.xlsx")


def test_a_file_from_before_working_days_still_opens(
    village: Register, office: Register, tmp_path: Path
) -> None:
    keep_settings(office, replace(office.settings, visit_days=21, rest_day="after"), CLERK)
    new = ("rest_day", "court_rest_day", "holidays", "visit_working", "intake_days")
    path = _file(office, tmp_path, **dict.fromkeys(new), from_the_future=True)
    open_setup_file(village, path, RECORDER, DAY)
    assert (village.settings.visit_days, village.settings.rest_day) == (21, "stay")


def test_a_choice_that_is_not_known_here_is_not_taken(
    village: Register, office: Register, tmp_path: Path
) -> None:
    before = village.settings
    with pytest.raises(DeskError, match="选项程序不认识"):
        open_setup_file(village, _file(office, tmp_path, rest_day="maybe"), RECORDER, DAY)
    assert village.settings == before


def test_the_same_file_again_asks_and_changes_nothing(enrolled: Register, tmp_path: Path) -> None:
    key, sequence = own_key(enrolled), enrolled.sequence()
    assert key is not None
    assert open_setup_file(enrolled, tmp_path / "setup.xlsx", RECORDER, DAY).changes == ()
    again = own_key(enrolled)
    assert again is not None
    assert (again.public, enrolled.sequence()) == (key.public, sequence)


def test_a_later_file_of_the_same_office_needs_no_confirmation(
    enrolled: Register, office: Register, tmp_path: Path
) -> None:
    keep_settings(enrolled, replace(enrolled.settings, visit_days=25), RECORDER)
    keep_settings(office, replace(office.settings, report_due_day=8), CLERK)
    key = own_key(enrolled)
    opened = open_setup_file(enrolled, _made(office, tmp_path, "second.xlsx"), RECORDER, DAY)
    assert any("8日" in words for words in opened.changes)
    assert enrolled.settings.visit_days == 25
    now = own_key(enrolled)
    assert key is not None
    assert now is not None
    assert now.public == key.public
    _recorded(enrolled)
    assert _got(office, _sent(enrolled, tmp_path).path).look.state is LookState.READY
    newest, older = enrolments(office, enrolled.unit.id)
    assert (newest.key, older.key) == (key.public, "")


def _other_office(folder: Path) -> Register:
    founding = setting_up.found_office("丰都县", "双龙镇", "500230124000", "甲")
    return setting_up.create(folder / "other", founding, PASSWORD)


def test_another_office_is_refused_until_confirmed(
    enrolled: Register, office: Register, tmp_path: Path
) -> None:
    with _other_office(tmp_path) as other:
        path = _made(other, tmp_path, "other.xlsx")
        before = known_office(enrolled)
        with pytest.raises(AnotherOffice, match="核对码") as refused:
            open_setup_file(enrolled, path, RECORDER, DAY)
        assert own_fingerprint(other) in str(refused.value)
        assert own_fingerprint(office) in str(refused.value)
        assert known_office(enrolled) == before
        _recorded(enrolled)
        early = _sent(enrolled, tmp_path, "early.xlsx")
        opened = open_setup_file(enrolled, path, RECORDER, DAY, another_office=True)
        assert own_fingerprint(other) in opened.changes[0]
        # The other office has nothing yet, so all of it goes, whatever the month.
        sent = sending.send(enrolled, month_of(date(2026, 9, 1)), tmp_path / "p", RECORDER, DAY)
        assert sent.package.previous == early.package.id
        assert "本机的密钥" in _got(office, sent.path).look.words
        assert _got(other, sent.path).look.state is LookState.READY
        assert other.all("party") == enrolled.all("party")


def test_a_file_for_another_village(village: Register, office: Register, tmp_path: Path) -> None:
    other = enrolling.new_unit(office, "500230124201", "尖山子村", "", UnitKind.VILLAGE)
    path = make_setup_file(office, other, tmp_path / "s.xlsx", CLERK, DAY).path
    with pytest.raises(DeskError, match="尖山子村"):
        open_setup_file(village, path, RECORDER, DAY)
    assert own_key(village) is None


def test_an_office_opens_none(office: Register, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="司法所的登记簿"):
        open_setup_file(office, _made(office, tmp_path), CLERK, DAY)


def test_a_village_makes_none(village: Register, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="由司法所制作"):
        make_setup_file(village, village.unit, tmp_path / "s.xlsx", RECORDER, DAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"code": "500230125200"}, "不属于本所"), ({"code": "12"}, "12位"), ({"name": ""}, "单位")],
)
def test_a_unit_that_is_not_below(
    office: Register, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(DeskError, match=words):
        make_setup_file(office, replace(_unit(office), **changes), tmp_path / "s", CLERK, DAY)
    assert office.all("enrolment") == []


def test_nothing_is_noted_of_a_file_that_was_not_written(office: Register, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="不存在"):
        make_setup_file(office, _unit(office), tmp_path / "none" / "s.xlsx", CLERK, DAY)
    assert office.all("enrolment") == []
    assert own_key(office) is None
    assert enrolling.unit_with(office, "500230124200") is None


def test_a_set_up_file_that_was_changed(
    office: Register, village: Register, tmp_path: Path
) -> None:
    book = load_workbook(_made(office, tmp_path))
    cell = book["_exact"]["A1"]
    cell.value = str(cell.value).replace('"visit_days":30', '"visit_days":99')
    book.save(tmp_path / "changed.xlsx")
    with pytest.raises(DeskError, match="签名与内容对不上"):
        open_setup_file(village, tmp_path / "changed.xlsx", RECORDER, DAY)


def test_the_first_package_signs_the_village_up_in_its_act(
    enrolled: Register, office: Register, tmp_path: Path
) -> None:
    _recorded(enrolled)
    got = _got(office, _sent(enrolled, tmp_path).path)
    assert got.look.state is LookState.READY
    (enrolment,) = enrolments(office, enrolled.unit.id)
    key = own_key(enrolled)
    assert key is not None
    assert (enrolment.key, enrolment.enrolled_on) == (key.public, DAY)
    assert ("enrolment", enrolment.id) in {
        (line.kind, line.record_id) for line in office.changes_of_act(got.act)
    }
    (package,) = office.all("package", received=1)
    assert isinstance(package, Package)
    assert (package.signer, package.sealed) == (key.public, True)
    people = [entry for entry in office.all("party") if isinstance(entry, Party)]
    assert people == enrolled.all("party")
    assert all(entry.personal_revision for entry in people)
    taking_back.undo(office, got.act, CLERK)
    assert [entry.key for entry in enrolments(office, enrolled.unit.id)] == [""]


def test_the_way_back_is_signed_and_sealed(
    enrolled: Register, office: Register, tmp_path: Path
) -> None:
    _recorded(enrolled)
    _got(office, _sent(enrolled, tmp_path).path)
    (dispute,) = office.all("dispute")
    entry = replace(blank_return(dispute, CLERK, DAY), words="协议缺日期，请补上。")  # type: ignore[arg-type]
    give_back(office, entry, CLERK, DAY)
    path = write_returns(office, enrolled.unit.id, tmp_path / "back.xlsx", CLERK, DAY)
    assert receiving.check(path, DAY).state is LookState.SEALED
    assert _got(enrolled, path).look.state is LookState.READY
    assert len(enrolled.all("return")) == 1
    assert "封存给了梨子园村" not in _got(enrolled, path).look.words


def test_a_village_without_set_up_cannot_open_a_sealed_way_back(
    enrolled: Register, office: Register, tmp_path: Path
) -> None:
    test_the_way_back_is_signed_and_sealed(enrolled, office, tmp_path)
    founding = setting_up.found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", RECORDER
    )
    with setting_up.create(tmp_path / "bare", founding, PASSWORD) as bare:
        assert "还没有开户" in _got(bare, tmp_path / "back.xlsx").look.words


def test_the_way_back_must_be_the_offices(
    enrolled: Register, office: Register, tmp_path: Path
) -> None:
    _recorded(enrolled)
    package = _sent(enrolled, tmp_path).path
    _got(office, package)
    with _other_office(tmp_path) as other:
        for folder, words in (("unsigned", "没有双龙司法所的签名"), ("signed", "不是双龙司法所的")):
            if folder == "signed":
                make_setup_file(
                    other, other.get("unit", enrolled.unit.id), tmp_path / "x.xlsx", CLERK, DAY
                )
            else:
                with other.change(CLERK, "抄") as change:
                    change.adopt([enrolled.unit, *enrolled.all("dispute")])
                (dispute,) = other.all("dispute")
                entry = replace(blank_return(dispute, "甲", DAY), words="请补上日期。")
                give_back(other, entry, "甲", DAY)
            path = write_returns(other, enrolled.unit.id, tmp_path / folder, "甲", DAY)
            assert words in _got(enrolled, path).look.words


def _attached(village: Register, size: int, name: str) -> None:
    case = village.case(village.all("dispute")[0].id)
    assert case is not None
    scan = Scan(name, PNG + name.encode() + bytes(size), DAY)
    attach(village, case, [scan], AttachmentKind.OTHER, RECORDER, DAY)


def test_scans_travel_as_far_as_there_is_room(
    enrolled: Register, office: Register, tmp_path: Path
) -> None:
    keep_settings(enrolled, replace(enrolled.settings, package_megabytes=1), RECORDER)
    _recorded(enrolled)
    for name in ("协议扫描件", "现场照片"):
        _attached(enrolled, 600_000, name)
    _attached(enrolled, 10, "小图")
    first = _sent(enrolled, tmp_path, "1.xlsx")
    assert first.enclosed == 2
    assert len(first.left_out) == 1
    assert first.left_out[0] in {"协议扫描件", "现场照片"}
    cover = "\n".join(
        str(row[1]) for row in load_workbook(first.path)["封面"].iter_rows(values_only=True)
    )
    assert "内附附件2个，另有1个放不下，随下一份报送" in cover
    _got(office, first.path)
    scans = office.all("attachment")
    assert scans == enrolled.all("attachment")
    there = [bool(office.attachment_bytes(entry.sha256)) for entry in scans]
    assert sorted(there) == [False, True, True]
    second = _sent(enrolled, tmp_path, "2.xlsx")
    assert (second.enclosed, second.left_out) == (1, ())
    _got(office, second.path)
    for entry in scans:
        assert office.attachment_bytes(entry.sha256) == enrolled.attachment_bytes(entry.sha256)
    third = _sent(enrolled, tmp_path, "3.xlsx")
    assert (third.enclosed, third.left_out) == (0, ())
    assert office.verify() == []


def test_without_set_up_no_scan_leaves(village: Register, office: Register, tmp_path: Path) -> None:
    _recorded(village)
    _attached(village, 10, "照片")
    sent = _sent(village, tmp_path)
    assert (sent.office, sent.enclosed, sent.left_out) == ("", 0, ())
    _got(office, sent.path)
    assert office.all("attachment") == []


def test_a_late_enrolment_sends_all_in_full_once(
    village: Register, office: Register, tmp_path: Path
) -> None:
    for number in (1, 2):
        _recorded(village, number)
        _got(office, _sent(village, tmp_path, f"{number}.xlsx").path)
    people = [entry for entry in office.all("party") if isinstance(entry, Party)]
    assert not any(entry.personal_revision for entry in people)
    open_setup_file(village, _made(office, tmp_path), RECORDER, DAY)
    november = month_of(date(2026, 11, 2))
    sent = sending.send(village, november, tmp_path / "3.xlsx", RECORDER, date(2026, 11, 2))
    (got,) = receiving.receive_all(office, [sent.path], CLERK, date(2026, 11, 2))
    assert got.look.state is LookState.READY, got.look.words
    assert office.all("party") == village.all("party")
    again = sending.look_ahead(village, november, date(2026, 11, 2))
    assert again.number == 4


@pytest.fixture
def reopened(enrolled: Register, office: Register, tmp_path: Path) -> Iterator[Register]:
    """The enrolled village on a new laptop with the same old set-up file."""
    founding = setting_up.found_by(read_setup_file(tmp_path / "setup.xlsx"), RECORDER)
    _recorded(enrolled)
    _got(office, _sent(enrolled, tmp_path).path)
    with setting_up.create(tmp_path / "laptop", founding, PASSWORD) as register:
        yield register


def test_a_new_laptop_needs_a_new_file(
    reopened: Register, enrolled: Register, office: Register, tmp_path: Path
) -> None:
    _recorded(reopened)
    refused = _got(office, _sent(reopened, tmp_path, "n.xlsx").path)
    assert refused.look.state is LookState.REFUSED
    assert "没有在本所为梨子园村登记" in refused.look.words
    assert "另做一份开户文件" in refused.look.words
    open_setup_file(reopened, _made(office, tmp_path, "new.xlsx"), RECORDER, DAY)
    with reopened.change(RECORDER, "续号") as change:
        for package in enrolled.all("package"):
            change.adopt([package])
    got = _got(office, _sent(reopened, tmp_path, "m.xlsx").path)
    assert got.look.state is LookState.READY, got.look.words
    # From now on the lost laptop's key counts no more.
    _recorded(enrolled, 9)
    late = _got(office, _sent(enrolled, tmp_path, "late.xlsx").path)
    assert "没有在本所为梨子园村登记" in late.look.words


def test_keys_lie_in_the_encrypted_register_alone(enrolled: Register) -> None:
    key = own_key(enrolled)
    assert key is not None
    folder = enrolled.folder
    enrolled.close()
    for path in folder.rglob("*"):
        if path.is_file():
            assert key.seed.hex().encode() not in path.read_bytes()
    with open_register(folder, PASSWORD) as again:
        now = own_key(again)
        assert now is not None
        assert DeskKey(now.seed).public == key.public


def test_a_village_without_set_up_has_no_fingerprint(village: Register) -> None:
    with pytest.raises(DeskError, match="还没有开户"):
        own_fingerprint(village)
