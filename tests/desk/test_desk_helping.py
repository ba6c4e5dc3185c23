"""Password and sheet are both lost: the office opens, never alone and never without a trace."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY
from two_ways import Ways

from mediation_desk.desk import enrolling, helping, office_way, recovering
from mediation_desk.desk.desk_key import known_office, own_fingerprint, own_key
from mediation_desk.desk.enrolling import AnotherOffice, make_setup_file, open_setup_file
from mediation_desk.desk.key_log import key_log
from mediation_desk.desk.setting_up import create, found_by
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange import escrow
from mediation_desk.exchange.escrow import WrongSpokenCode
from mediation_desk.exchange.sealing import DeskKey, Sealer, Succession, new_seed
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.exchange.setup_writing import write_setup_file
from mediation_desk.store import keys
from mediation_desk.store.keys import WrongCode, WrongPassword
from mediation_desk.store.opening import open_by_code, open_by_office, open_register
from mediation_desk.store.register import Register

PASSWORD, NEW, CLERK, RECORDER = "梨花-2026", "新的密码-2027", "罗晓", "陶素芬"
WHO = "陶素芬，本人到所"


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    made = Ways(village, office, tmp_path)
    made.enrol()
    return made


def _told(register: Register) -> list[str]:
    return [act.what.name.lower() for act in key_log(register)]


def test_help_by_phone_after_a_package(ways: Ways, tmp_path: Path) -> None:
    code = recovering.new_code()
    recovering.use_code(ways.village, code, RECORDER)
    ways.record()
    ways.up()
    folder = ways.village.folder
    ways.village.close()

    asked = office_way.request(folder)
    assert office_way.request(folder) == asked
    seen = helping.asked_by_phone(ways.office, "500230124200", asked.code.replace(" ", ""))
    assert (seen.unit.name, seen.known) == ("梨子园村", True)
    answer = tmp_path / "answer.txt"
    spoken = helping.help_open(ways.office, seen, WHO, CLERK, answer)
    assert key_log(ways.office)[0].told == f"帮村里打开登记簿（梨子园村，申请人：{WHO}）"

    with office_way.open_by_answer(folder, answer, spoken, NEW) as opened:
        first = key_log(opened)[0]
        assert first.what is LogAct.OPENED
        assert "双龙司法所罗晓" in first.told
        assert WHO in first.told
        assert opened.verify() == []
    open_register(folder, NEW).close()
    with pytest.raises(WrongPassword):
        open_register(folder, PASSWORD)
    # The lost sheet opens it no more, nor does the same answer again.
    with pytest.raises(DeskError, match="没有做过恢复码"):
        open_by_code(folder, code)
    with pytest.raises(DeskError, match="不是现在这次申请"):
        office_way.open_by_answer(folder, answer, spoken, PASSWORD)
    with pytest.raises(WrongCode):
        open_by_office(folder, escrow.read_answer(answer, spoken).secret)


def test_help_by_file_before_any_package(ways: Ways, tmp_path: Path) -> None:
    folder = ways.village.folder
    ways.village.close()
    asked, file, answer = office_way.request(folder), tmp_path / "ask.txt", tmp_path / "a.txt"
    with pytest.raises(DeskError, match="申请文件送来"):
        helping.asked_by_phone(ways.office, "500230124200", asked.code)
    office_way.save_request(asked, file)
    seen = helping.asked_by_file(ways.office, file)
    assert not seen.known
    spoken = helping.help_open(ways.office, seen, WHO, CLERK, answer)
    before = (folder / keys.FILE).read_bytes()
    with pytest.raises(WrongSpokenCode):
        office_way.open_by_answer(folder, answer, asked.code, NEW)
    with pytest.raises(DeskError, match="至少输入"):
        office_way.open_by_answer(folder, answer, spoken, "短")
    assert (folder / keys.FILE).read_bytes() == before
    office_way.open_by_answer(folder, answer, spoken, NEW).close()
    open_register(folder, NEW).close()


def test_nobody_opens_by_half(ways: Ways, tmp_path: Path) -> None:
    """Neither what the office holds nor what lies beside the register opens it alone."""
    ways.up()
    folder = ways.village.folder
    ways.village.close()
    asked, answer = office_way.request(folder), tmp_path / "answer.txt"
    seen = helping.asked_by_phone(ways.office, "500230124200", asked.code)
    with pytest.raises(DeskError, match="是谁申请"):
        helping.help_open(ways.office, seen, "  ", CLERK, answer)
    assert not answer.exists()
    assert _told(ways.office) == []
    helping.help_open(ways.office, seen, WHO, CLERK, answer)
    # Another request voids the answer to the one before.
    assert office_way.request(folder, anew=True).code != asked.code
    with pytest.raises(DeskError, match="不是现在这次申请"):
        office_way.check_answer(folder, answer)
    text = answer.read_text(encoding="utf-8")
    for told in (WHO, CLERK, "secret"):
        assert told not in text


def test_a_request_gets_only_its_own_secret(ways: Ways, tmp_path: Path) -> None:
    """What the office reads for somebody is a secret of that unit, and of no other kind."""
    ways.up()
    folder = ways.village.folder
    ways.village.close()
    asked, file = office_way.request(folder), tmp_path / "ask.txt"
    # The key of a package sealed to the office is no such secret.
    office_key = _public(ways.office)

    foreign = Sealer(office_key).sealed_key
    code = escrow.new_request_code(foreign, 5)
    forged = escrow.Request(asked.unit_id, asked.unit, asked.office, foreign, code)
    escrow.write_request(file, forged)
    with pytest.raises(DeskError, match="不是这个单位的钥匙"):
        helping.asked_by_file(ways.office, file)
    other = escrow.sealed_secret(escrow.new_secret(), "another", office_key)
    code = escrow.new_request_code(other, 5)
    escrow.write_request(file, escrow.Request(asked.unit_id, "x", "y", other, code))
    with pytest.raises(DeskError, match="不是这个单位的钥匙"):
        helping.asked_by_file(ways.office, file)
    file.write_bytes(b"\xff" * 70_000)
    with pytest.raises(DeskError, match="不是打开登记簿的申请文件"):
        helping.asked_by_file(ways.office, file)


def _public(office: Register) -> str:
    key = own_key(office)
    assert key is not None
    return key.public


def test_without_an_office_there_is_nobody_to_ask(village: Register) -> None:
    folder = village.folder
    village.close()
    assert not office_way.can_ask(folder)
    with pytest.raises(DeskError, match="没有用司法所的开户文件"):
        office_way.request(folder)


def test_a_village_founded_by_its_file_can_ask_at_once(office: Register, tmp_path: Path) -> None:
    ways = Ways(office, office, tmp_path)

    unit = enrolling.new_unit(office, "500230124203", "石坪村", "", UnitKind.VILLAGE)
    path = make_setup_file(office, unit, ways.folder / "s.xlsx", CLERK, TODAY).path
    with create(tmp_path / "new", found_by(read_setup_file(path), RECORDER), PASSWORD) as made:
        assert _told(made) == ["sealed"]
    assert office_way.can_ask(tmp_path / "new")


def test_the_office_changes_its_key_and_the_villages_follow(ways: Ways, tmp_path: Path) -> None:
    ways.record()
    ways.up()
    before = own_fingerprint(ways.office)
    old = ways.village.escrow
    on_the_way = ways.sent("on-the-way")
    assert helping.renew_key(ways.office, CLERK) == own_fingerprint(ways.office) != before
    # What was sealed to the key before is still read.
    assert ways.take(ways.office, on_the_way).look.state.value in {"ready", "same"}
    ways.take(ways.village, ways.back())
    office, now = known_office(ways.village), ways.village.escrow
    assert office is not None
    assert office.fingerprint == own_fingerprint(ways.office)
    assert now is not None
    assert old is not None
    assert now.to == office.key != old.to
    assert _told(ways.village) == ["sealed", "sealed"]
    # Both ways go on as before.
    ways.record()
    assert ways.up().look.state.value == "ready"
    helping.renew_key(ways.office, CLERK)
    unit = ways.village.unit
    path = make_setup_file(ways.office, unit, tmp_path / "again.xlsx", CLERK, TODAY).path
    opened = open_setup_file(ways.village, path, RECORDER, TODAY)
    assert own_fingerprint(ways.office) in opened.changes[0]
    assert ways.up().look.state.value == "ready"


def test_an_old_backup_is_still_opened_after_the_office_changed_its_key(
    ways: Ways, tmp_path: Path
) -> None:
    backup = ways.village.back_up()
    helping.renew_key(ways.office, CLERK)
    ways.record()
    ways.up()
    ways.take(ways.village, ways.back())
    asked, file = office_way.request(backup), tmp_path / "ask.txt"
    office_way.save_request(asked, file)
    seen = helping.asked_by_file(ways.office, file)
    spoken = helping.help_open(ways.office, seen, WHO, CLERK, tmp_path / "a.txt")
    office_way.open_by_answer(backup, tmp_path / "a.txt", spoken, NEW).close()


def test_a_strange_office_is_not_followed(ways: Ways, tmp_path: Path) -> None:

    unit = ways.village.unit
    path = make_setup_file(ways.office, unit, tmp_path / "s.xlsx", CLERK, TODAY).path
    thief, known = DeskKey(new_seed()), known_office(ways.village)
    assert known is not None
    forged = Succession(known.key, thief.public, thief.hand_on(thief.public))
    setup = replace(read_setup_file(path), office_key=thief.public, succession=(forged,))
    write_setup_file(setup, thief, tmp_path / "forged.xlsx")
    with pytest.raises(AnotherOffice):
        open_setup_file(ways.village, tmp_path / "forged.xlsx", RECORDER, TODAY)
