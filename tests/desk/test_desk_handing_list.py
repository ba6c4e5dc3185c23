"""The list for a successor: every dispute counted once, every open one with its next day."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from builders import TODAY, a_case, an_open_case

from mediation_desk.desk import handing_list
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register

# What draws must not make an application of its own, which tests of windows would then have.
pytestmark = pytest.mark.usefixtures("qapp")


def _keep(register: Register, *, settled: bool, year: int = 2026) -> None:
    unit = register.committee
    assert unit is not None
    case = a_case(unit_id=unit.id) if settled else an_open_case(unit_id=unit.id)
    dispute = replace(case.dispute, number=0, year=year)
    keep_case(register, None, replace(case, dispute=dispute), "陶素芬", "登记", TODAY)


def test_counts_and_open_disputes(village: Register, tmp_path: Path) -> None:
    _keep(village, settled=True)
    _keep(village, settled=True)
    _keep(village, settled=False)
    with village.change("陶素芬", "作废") as change:
        (first, *_) = village.all("dispute")
        change.keep(replace(first, void_reason="登记错了"))
    told = handing_list.handed_over(village, "陶素芬", "李有田", "罗晓", TODAY)
    every = told.years[-1]
    assert every[:2] == ("合计", "3")
    for line in told.years:
        assert int(line[1]) == sum(map(int, line[2:]))
    assert every[-1] == "1"
    live = [entry for entry in village.all("dispute") if not entry.void_reason]
    assert len(told.open) == sum(entry.outcome is None for entry in live)  # type: ignore[attr-defined]
    for entry in told.open:
        assert entry.number
        assert entry.next
    handing_list.save_list(told, tmp_path / "list.pdf")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    handing_list.save_list(told, tmp_path / "list.docx")
    with ZipFile(tmp_path / "list.docx") as written:
        text = written.read("word/document.xml").decode()
    assert all(words in text for words in ("合计", "未办结", "李有田", "罗晓"))
    with pytest.raises(DeskError, match="只能写成"):
        handing_list.save_list(told, tmp_path / "list.txt")
    with pytest.raises(DeskError, match="移交给谁"):
        handing_list.handed_over(village, "陶素芬", " ", "", TODAY)
    text = "\n".join(handing_list.handing_list(told).texts())
    for words in ("李有田", "罗晓", "未办结", "（签名）", "完好"):
        assert words in text
    # It is carried about: nobody's name but those who sign and the mediators'.
    for party in village.all("party"):
        assert str(getattr(party, "name", "")) not in text


def test_an_empty_register_can_be_handed_over(village: Register) -> None:
    told = handing_list.handed_over(village, "陶素芬", "李有田", "", TODAY)
    assert told.open == []
    assert len(handing_list.list_made(told).pages) == 1
