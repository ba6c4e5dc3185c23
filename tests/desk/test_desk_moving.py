"""One register on two computers: moved whole, or merged with nothing lost on either side."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from builders import TODAY, a_case, an_open_case
from builders import moved as in_month_of
from two_ways import PNG, Ways

from mediation_desk.desk import moving, recovering
from mediation_desk.desk.attaching import Scan, attach
from mediation_desk.desk.desk_key import own_fingerprint
from mediation_desk.desk.key_log import SEALED, SETTLED, key_log
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.transfer_file import WrongTransferPassword
from mediation_desk.store.keys import WrongCode, WrongPassword
from mediation_desk.store.opening import open_by_code, open_register
from mediation_desk.store.register import Register

PASSWORD, SECRET, NEW = "梨花-2026", "转移-4711", "新的密码-2027"
TAO, LI = "陶素芬", "李有田"


def _record(register: Register, *, settled: bool = False, facts: str = "") -> CaseFile:
    unit = register.committee
    assert unit is not None
    case = a_case(unit_id=unit.id) if settled else an_open_case(unit_id=unit.id)
    dispute = replace(case.dispute, number=0, facts=facts or case.dispute.facts)
    return keep_case(register, None, replace(case, dispute=dispute), TAO, "登记", TODAY)


def _edit(register: Register, dispute_id: str, **changes: str) -> None:
    dispute = cast(Dispute, register.get("dispute", dispute_id))
    with register.change(TAO, "改") as change:
        change.keep(replace(dispute, **changes))


def _draft(id_: str, typed: str) -> Draft:
    return Draft(id_, "quick", "", "口头调解", "", typed, "2026-10-23T09:00:00+08:00")


def _moved(register: Register, folder: Path, name: str = "moved") -> moving.Taken:
    file = folder / f"{name}.transfer"
    moving.make(register, file, SECRET, TAO)
    return moving.settle(folder / name, file, SECRET, NEW, LI)


def test_a_new_computer_has_everything_and_opens_by_its_own_password(
    village: Register, office: Register, tmp_path: Path
) -> None:
    ways = Ways(village, office, tmp_path)
    ways.enrol()
    case = ways.record()
    attach(village, case, [Scan("a.png", PNG)], AttachmentKind.OTHER, TAO, TODAY)
    ways.up()
    ways.take(village, ways.back())
    village.keep_draft(_draft("d1", "写了一半"))
    code = recovering.new_code()
    recovering.use_code(village, code, TAO)
    history = [(act.at, act.actor, act.reason) for act in village.acts()]
    records, key = list(village.dump()), own_fingerprint(village)
    taken = _moved(village, tmp_path)
    with taken.register as moved:
        assert list(moved.dump()) == records
        # The newest two tell of the move itself.
        assert [(act.at, act.actor, act.reason) for act in moved.acts()][2:] == history
        assert [draft.typed for draft in moved.drafts()] == ["写了一半"]
        assert moved.verify() == []
        assert own_fingerprint(moved) == key
        assert (moved.person, moved.opened_by()) == (LI, {"password", "office"})
        assert [act.what for act in key_log(moved)][:2] == [SEALED, SETTLED]
        # It goes on where the other one stood.
        again = Ways(moved, office, tmp_path)
        again.record()
        assert again.up().look.state.value == "ready"
    assert moving.taken_of(village, taken.receipt).id == moving.transfers(village)[0].id
    folder = tmp_path / "moved"
    for wrong in (PASSWORD, SECRET):
        with pytest.raises(WrongPassword):
            open_register(folder, wrong)
    with pytest.raises((WrongCode, DeskError)):
        open_by_code(folder, code)
    open_register(folder, NEW).close()
    # Nor does the old key, with which an old backup could be opened, open the new file.
    village.close()
    shutil.copy(folder / "register.db", village.folder / "register.db")
    with pytest.raises(DeskError, match="损坏"):
        open_register(village.folder, PASSWORD)


@pytest.fixture
def both(village: Register, tmp_path: Path) -> Iterator[tuple[Register, Register, str]]:
    """Two computers with a common past, and a dispute of it."""
    case = _record(village)
    with _moved(village, tmp_path, "laptop").register as laptop:
        yield village, laptop, case.dispute.id


def _merge(here: Register, there: Register, folder: Path) -> moving.Merged:
    file = folder / f"{there.folder.name}-back.transfer"
    moving.make(there, file, SECRET, LI)
    seen = moving.look_into(here, file, SECRET)
    done = moving.merge(here, file, SECRET, TAO)
    assert (seen.words, seen.conflicts, seen.doubles) == (done.words, done.conflicts, done.doubles)
    return done


def test_two_computers_merge_and_nothing_is_lost(
    both: tuple[Register, Register, str], tmp_path: Path
) -> None:
    here, there, common = both
    _edit(here, common, requests="疏通水沟。")
    _edit(there, common, facts="水沟堵了三天。")
    ours, theirs = _record(here), _record(there)
    attach(there, theirs, [Scan("b.png", PNG)], AttachmentKind.OTHER, LI, TODAY)
    here.keep_draft(_draft("d", "这边"))
    there.keep_draft(_draft("d", "那边"))
    there.keep_draft(_draft("e", "只有那边"))
    done = _merge(here, there, tmp_path)
    assert (done.conflicts, done.other_key) == (0, False)
    merged = cast(Dispute, here.get("dispute", common))
    assert (merged.requests, merged.facts) == ("疏通水沟。", "水沟堵了三天。")
    assert here.case(ours.dispute.id) is not None
    assert here.case(theirs.dispute.id) is not None
    # Both gave the same number, which is told and not settled by itself.
    assert len(done.doubles) == 1
    (scan,) = here.all("attachment")
    assert here.attachment_bytes(scan.sha256) == PNG  # type: ignore[attr-defined]
    assert sorted(draft.typed for draft in here.drafts()) == ["只有那边", "这边", "那边"]
    assert here.verify() == []
    # The other one is kept as it came, with all its history.
    assert done.kept is not None
    with open_register(done.kept, SECRET) as kept:
        assert list(kept.dump()) == list(there.dump())
    # Once more changes nothing.
    again = moving.merge(here, tmp_path / "laptop-back.transfer", SECRET, TAO)
    assert "新增0" in again.words
    assert "更新0" in again.words


def test_what_both_changed_becomes_a_question(
    both: tuple[Register, Register, str], tmp_path: Path
) -> None:
    here, there, common = both
    _edit(here, common, facts="这边写的。")
    _edit(there, common, facts="那边写的。")
    done = _merge(here, there, tmp_path)
    assert done.conflicts == 1
    assert cast(Dispute, here.get("dispute", common)).facts == "这边写的。"
    (asked,) = here.all("proposal")
    assert "那边写的。" in asked.theirs  # type: ignore[attr-defined]
    # And it can be taken back whole.
    here.undo(done.act, TAO, "撤销")
    assert here.all("proposal") == []
    assert cast(Dispute, here.get("dispute", common)).facts == "这边写的。"


def test_both_ways_come_to_the_same(both: tuple[Register, Register, str], tmp_path: Path) -> None:
    here, there, common = both
    _edit(here, common, requests="疏通水沟。")
    _edit(there, common, facts="水沟堵了三天。")
    _record(there)
    _merge(here, there, tmp_path)
    _merge(there, here, tmp_path)
    assert list(here.dump()) == list(there.dump())


def test_packages_of_two_computers_reach_the_office_without_a_gap(
    village: Register, office: Register, tmp_path: Path
) -> None:
    ways = Ways(village, office, tmp_path)
    ways.enrol()
    ways.record()
    ways.up()
    with _moved(village, tmp_path, "laptop").register as laptop:
        there = Ways(laptop, office, tmp_path)
        # Here something of another month is written and never sent; there a package is sent and
        # its receipt taken, after which only what changed since would go.
        unit = village.committee
        assert unit is not None
        old = in_month_of(a_case(unit_id=unit.id, number=0), date(2026, 8, 3))
        kept_here = keep_case(village, None, old, TAO, "登记", TODAY)
        there.record()
        assert there.up().look.state.value == "ready"
        there.take(laptop, there.back("receipt"))
        _merge(village, laptop, tmp_path)
        assert ways.up().look.state.value == "ready"
        assert office.get("dispute", kept_here.dispute.id) is not None
        assert len(office.all("dispute")) == len(village.all("dispute"))


def test_another_unit_is_refused(village: Register, office: Register, tmp_path: Path) -> None:
    file = tmp_path / "office.transfer"
    moving.make(office, file, SECRET, "罗晓")
    before = list(village.dump())
    with pytest.raises(DeskError, match="不是本单位的"):
        moving.merge(village, file, SECRET, TAO)
    assert list(village.dump()) == before
    with pytest.raises(DeskError, match="整本搬到新电脑"):
        moving.merge(office, file, SECRET, "罗晓")
    # But the office's own register moves as well.
    with moving.settle(tmp_path / "o", file, SECRET, NEW).register as moved:
        assert moved.role is office.role


def test_what_is_not_in_order_changes_nothing(village: Register, tmp_path: Path) -> None:
    file, folder = tmp_path / "f.transfer", tmp_path / "new"
    with pytest.raises(DeskError, match="至少输入"):
        moving.make(village, file, "短", TAO)
    head = moving.make(village, file, SECRET, TAO)
    assert moving.read_head(file) == replace(
        head, size=moving.read_head(file).size, sha256=moving.read_head(file).sha256
    )
    with pytest.raises(WrongTransferPassword):
        moving.settle(folder, file, "不对的密码", NEW)
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole[:5000], b"PK" + whole, whole[:-9] + b"x" + whole[-8:]):
        file.write_bytes(damaged)
        with pytest.raises(DeskError):
            moving.settle(folder, file, SECRET, NEW)
        with pytest.raises(DeskError):
            moving.merge(village, file, SECRET, TAO)
        assert not folder.exists()
        assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["village"]
        assert not any("part" in path.name for path in village.folder.rglob("*"))
    file.write_bytes(whole)
    with pytest.raises(DeskError, match="已经存在"):
        moving.settle(village.folder, file, SECRET, NEW)
    with pytest.raises(DeskError, match="对不上"):
        moving.taken_of(village, "0000 0000 0000")


def test_nothing_in_the_file_can_be_read(village: Register, tmp_path: Path) -> None:
    case = _record(village, settled=True)
    file = tmp_path / "f.transfer"
    moving.make(village, file, SECRET, TAO)
    content = file.read_bytes()
    for party in case.parties:
        for text in (party.name, party.id_number, case.dispute.facts[:6]):
            for coding in ("utf-8", "utf-16-le", "gbk"):
                assert text.encode(coding) not in content
