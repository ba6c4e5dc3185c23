"""Archives a year of a village's files, or writes their PDFs alone, and tells its memory."""

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path += [str(Path(__file__).resolve().parents[up]) for up in range(3)]

from bench_answering import answer
from builders import TODAY, a_case, moved

from mediation_desk.desk import archiving, case_papers, papers_out
from mediation_desk.desk.attaching import Scan, attach
from mediation_desk.desk.demo.drawing import identity_sheet, site_photo
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.domain.codes import AttachmentKind, Sex, UnitKind
from mediation_desk.papers.drawing import ready
from mediation_desk.store.register import Register

job, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
WHO = "陶素芬"
FIRST, DAYS = date(2026, 1, 5), 250


def a_year(register: Register) -> None:
    """Files of one year, each with two pictures."""
    pictures = (
        (AttachmentKind.IDENTITY, Scan("身份证", identity_sheet(1))),
        (AttachmentKind.EVIDENCE, Scan("现场", site_photo(1))),
    )
    for place in range(count):
        told = moved(a_case(), FIRST + timedelta(days=place % DAYS))
        case = keep_case(register, None, told, WHO, "登记", TODAY + timedelta(days=60))
        for kind, scan in pictures:
            attach(register, case, [scan], kind, WHO, TODAY)


def archived(register: Register) -> None:
    wanted = archiving.Archiving(FIRST.year, WHO, TODAY, "镇档案室")
    written = archiving.archive(register, wanted, folder)
    assert written.count == count


def printed(register: Register) -> None:
    for place, dispute in enumerate(register.all("dispute")):
        case = register.case(dispute.id)
        assert case is not None
        papers_out.write(case_papers.whole(register, case), folder / f"{place}.pdf")


def main() -> None:
    ready()
    act: Callable[[Register], None] = {"archive": archived, "pdf": printed}[job]
    founding = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", WHO, Sex.FEMALE
    )
    folder.mkdir(parents=True)
    with create(folder / "register", founding, "梨花-2026") as register:
        a_year(register)
        begun = time.perf_counter()
        act(register)
        answer((time.perf_counter() - begun) / count)


main()
