"""Whether this installation is whole: the main job once, in a temporary folder, with every part."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from mediation_desk.desk import (
    annual_report,
    case_papers,
    enrolling,
    papers_out,
    receiving,
    recording,
    reporting,
    sending,
    setting_up,
    taking_back,
)
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AgreementForm, CaseStatus, UnitKind
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.lifecycle import settle
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_PASSWORD = "self-test"
_DAY = date(2026, 10, 22)
_PERSON = "自检"

Say = Callable[[str], None]


def _settled(case: CaseFile) -> CaseFile:
    agreement = Agreement(
        id=new_id(),
        dispute_id=case.dispute.id,
        form=AgreementForm.ORAL,
        agreed_on=_DAY,
        content=tr("双方和好。"),
        on_the_spot=True,
    )
    dispute = settle(replace(case.dispute, status=CaseStatus.ACCEPTED), agreement)
    return replace(case, dispute=dispute, agreement=agreement)


def _record(village: Register) -> None:
    blank = recording.blank_case(village, _DAY, _PERSON)
    dispute = replace(blank.dispute, type="02", facts=tr("自检记录。"), place=tr("自检"))
    parties = tuple(
        replace(party, name=name)
        for party, name in zip(blank.parties, ("甲某", "乙某"), strict=True)
    )
    case = _settled(replace(blank, dispute=dispute, parties=parties))
    recording.keep_case(village, None, case, _PERSON, tr("自检"), _DAY)


def _expect(true: bool, words: str) -> None:  # noqa: FBT001 - the condition itself
    if not true:
        raise DeskError(tr("自检未通过：{words}。请重新安装程序。").format(words=words))


def _papers(village: Register, folder: Path) -> None:
    """Every paper of the file, whose fonts and templates come with the installation."""
    (dispute,) = village.all("dispute")
    case = village.case(dispute.id)
    if case is not None:
        made = case_papers.whole(village, case)
        for name in ("file.pdf", "file.docx"):
            path = papers_out.write(made, folder / name)
            _expect(path.stat().st_size > 0, tr("文书"))
    made = case_papers.blanks(village)
    papers_out.write(made, folder / "blank.pdf")


def _round_trip(folder: Path, say: Say) -> None:
    office_desk = setting_up.found_office("丰都县", "双龙镇", "500230124000", _PERSON)
    month = month_of(_DAY)
    with setting_up.create(folder / "office", office_desk, _PASSWORD) as office:
        unit = enrolling.new_unit(office, "500230124200", "梨子园村", "", UnitKind.VILLAGE)
        enrolling.make_setup_file(office, unit, folder / "setup.xlsx", _PERSON, _DAY)
    village_desk = setting_up.found_by(read_setup_file(folder / "setup.xlsx"), _PERSON)
    with setting_up.create(folder / "village", village_desk, _PASSWORD) as village:
        _record(village)
        _expect(not village.verify(), tr("登记簿"))
        say(tr("登记簿：正常"))
        _papers(village, folder)
        say(tr("文书和卷宗：正常"))
        sent = sending.send(village, month, folder / "package.xlsx", _PERSON, _DAY)
        _expect(sent.package.sealed, tr("签名与封存"))
        say(tr("报送文件：正常"))
    with open_register(folder / "office", _PASSWORD) as office:
        (got,) = receiving.receive_all(office, [folder / "package.xlsx"], _PERSON, _DAY)
        _expect(got.look.state is receiving.LookState.READY, tr("接收"))
        calibre = sending.calibre_of(office, month)
        table = reporting.township_table(office, calibre)
        _expect(table.grand_total.values[0] == 1, tr("统计"))
        reporting.write_report(office, calibre, folder / "report.xlsx", _PERSON, _DAY)
        paper = annual_report.draft(office, calibre, _DAY)
        annual_report.write(paper, folder / "report.docx")
        taking_back.undo(office, got.act, _PERSON)
        _expect(not office.verify(), tr("撤销"))
    say(tr("接收、统计、年度报告、撤销：正常"))


def run(say: Say) -> None:
    """Run the main job once; raises `DeskError` naming the part that fails."""
    with tempfile.TemporaryDirectory(prefix="mediation-desk-") as folder:
        _round_trip(Path(folder), say)
