"""What a desk does that may be cut off in the middle, each act telling what is done for good.

A round has a folder of its own: `register`, `incoming` with the packages to receive, `out` for what
is exported and `medium` for the second disk. An act may do its work several times over, so that a
kill does not meet the loading of the program only.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from builders import a_case, moved
from soak_desks import CLERK, PASSWORD, TODAY

from mediation_desk.desk import archiving, case_papers, moving, papers_out, recovering, reporting
from mediation_desk.desk.attaching import Scan, attach, save_out
from mediation_desk.desk.listing_out import Taking, export_list
from mediation_desk.desk.receiving import look, receive
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import calibre_of, send
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.desk.taking_back import undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AttachmentKind, UnitKind
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.finding import Find
from mediation_desk.domain.periods import month, year
from mediation_desk.domain.recovery_code import DRAWN, code_from
from mediation_desk.exchange import transfer_file
from mediation_desk.store import keys, wiping
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register, Why

Tell = Callable[[str], None]

RECORDER = "陶素芬"
# The transfer file of a round.
MOVED = "moved.transfer"


def password(number: int) -> str:
    """The password after so many changes."""
    return f"password {number}" if number else PASSWORD


def code(number: int) -> str:
    """The recovery code after so many exchanges."""
    return code_from([number % 29] * DRAWN)


def scan(number: int) -> Scan:
    """A picture of some size that is like no other."""
    return Scan(f"scan {number}", b"\xff\xd8\xff" + f"picture {number} ".encode() * 2000)


def draft(number: int) -> Draft:
    """What somebody has typed."""
    typed = f"typed {number}"
    return Draft(f"draft{number}", "form", "", "title", "field", typed, TODAY.isoformat())


def one_more(register: Register) -> CaseFile:
    """A case registered as the window does it."""
    case = moved(a_case(unit_id=register.unit.id), date(2026, 9, 1))
    return keep_case(register, None, case, RECORDER, "登记", TODAY)


def keep(place: Path, tell: Tell, times: int) -> None:
    """Cases, what is typed meanwhile, and a scan."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in range(times):
            case = one_more(register)
            tell(f"case {case.dispute.id}")
            register.keep_draft(draft(number))
            tell(f"draft {draft(number).id}")
            attach(register, case, [scan(number)], AttachmentKind.EVIDENCE, RECORDER, TODAY)
            tell(f"scan {scan(number).sha256}")


def take_in(place: Path, tell: Tell, times: int) -> None:
    """A package received, and a second one that is taken back afterwards."""
    with open_register(place / "register", PASSWORD) as register:
        files = sorted((place / "incoming").glob("*.xlsx"))
        seen = look(register, files[0], TODAY)
        tell("ready")
        receive(register, seen, CLERK)
        tell("done 1")
        if times == 1:
            return
        taken = receive(register, look(register, files[1], TODAY), CLERK)
        tell("done 2")
        undo(register, taken.act, CLERK)
        tell("done 3")


def back_up(place: Path, tell: Tell, times: int) -> None:
    """A backup after each case, and a copy on the second disk."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for _ in range(times):
            case = one_more(register)
            tell(f"case {case.dispute.id}")
            backup = register.back_up(Why.ASKED)
            tell(f"backup {backup.name}")
            register.copy_out(backup, place / "medium")
            tell(f"copy {backup.name}")


def restore(place: Path, tell: Tell, _times: int) -> None:
    """The oldest backup in the register's place."""
    with open_register(place / "register", password(1)) as register:
        backup = min((place / "register" / "backups").iterdir())
        tell("ready")
        register.restore(backup)
    tell("done 1")


def upgrade(place: Path, tell: Tell, _times: int) -> None:
    """A register of an older program opened."""
    tell("ready")
    with open_register(place / "register", PASSWORD):
        tell("done 1")


def found(place: Path, tell: Tell, _times: int) -> None:
    """A new register."""
    named = "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", RECORDER
    tell("ready")
    create(place / "register", found_village(*named), PASSWORD).close()
    tell("done 1")


def change_password(place: Path, tell: Tell, times: int) -> None:
    """One password after the other."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in range(times):
            recovering.change_password(register, password(number), password(number + 1), RECORDER)
            tell(f"done {number + 1}")


def exchange_code(place: Path, tell: Tell, times: int) -> None:
    """One recovery code after the other."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in range(1, times + 1):
            recovering.use_code(register, code(number), RECORDER)
            tell(f"done {number}")


def recover(place: Path, tell: Tell, times: int) -> None:
    """The password set anew by the recovery code, over and over."""
    tell("ready")
    for number in range(1, times + 1):
        recovering.recover(place / "register", code(0), password(number)).close()
        tell(f"done {number}")


def write_out(register: Register, out: Path, tell: Tell) -> None:
    """Everything that leaves as a file of its own, each under the same name as before."""
    taking = Taking(RECORDER, TODAY, Find(), told="全部")
    export_list(register, taking, out / "list.xlsx")
    tell("list.xlsx")
    calibre = calibre_of(register, year(2026))
    shown = reporting.table(register, reporting.tables()[1].id, calibre)
    reporting.write_table(register, shown, out / "table.xlsx", RECORDER, TODAY)
    tell("table.xlsx")
    reporting.write_report(register, calibre, out / "report.xlsx", RECORDER, TODAY)
    tell("report.xlsx")
    case = register.case(register.page(Find()).rows[-1].dispute.id)
    assert case is not None
    made = case_papers.whole(register, case)
    for name in ("file.pdf", "file.docx"):
        papers_out.write(made, out / name)
        tell(name)
    save_out(register, case.attachments[0], out / "scan.jpg")
    tell("scan.jpg")
    recovering.save_sheet(recovering.sheet_pages(register, code(0), TODAY), out / "code.pdf")
    tell("code.pdf")


def export(place: Path, tell: Tell, times: int) -> None:
    """Lists, tables, papers, scans and archives written over those of before."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in range(times):
            write_out(register, place / "out", tell)
            target = place / "out" / f"archive {number}"
            target.mkdir()
            wanted = archiving.Archiving(2026, RECORDER, TODAY, "档案室")
            archiving.archive(register, wanted, target)
            tell(f"archive {number}")
            papers_out.write_templates(place / "out" / f"templates {number}")
            tell(f"templates {number}")


def package(place: Path, tell: Tell, _times: int) -> None:
    """The month's package, and once more after another case."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in (1, 2):
            target = place / "out" / f"package {number}.xlsx"
            sent = send(register, month(2026, 9), target, RECORDER, TODAY)
            tell(f"package {sent.package.id} {target.name}")
            one_more(register)


def move(place: Path, tell: Tell, times: int) -> None:
    """A transfer file written over the one before, and the register settled in beside."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in range(times):
            moving.make(register, place / "out" / MOVED, PASSWORD, RECORDER)
            tell(f"file {number}")
    moving.settle(place / "there", place / "out" / MOVED, PASSWORD, PASSWORD).register.close()
    tell("done 1")


def wipe(place: Path, tell: Tell, _times: int) -> None:
    """A register taken off its computer."""
    tell("ready")
    wiping.wipe(place / "register")
    tell("done 1")


# Whoever adds an act adds how it is judged in `after_acts`, and its share of the kills.
ACTS: dict[str, Callable[[Path, Tell, int], None]] = {
    "keep": keep,
    "import": take_in,
    "backup": back_up,
    "restore": restore,
    "upgrade": upgrade,
    "found": found,
    "password": change_password,
    "code": exchange_code,
    "recover": recover,
    "export": export,
    "package": package,
    "move": move,
    "wipe": wipe,
}


def warm() -> None:
    """Load what is loaded only when first used, and let deriving keys take next to no time."""
    import docx  # noqa: F401, PLC0415
    import nacl.secret  # noqa: F401, PLC0415
    import openpyxl  # noqa: F401, PLC0415
    import playhouse.migrations  # noqa: F401, PLC0415

    from mediation_desk.exchange import (  # noqa: F401, PLC0415
        incoming,
        list_writing,
        report_writing,
        table_writing,
        writing,
    )
    from mediation_desk.exchange.archive import folder  # noqa: F401, PLC0415
    from mediation_desk.papers import drawing, word  # noqa: F401, PLC0415

    keys._PASSES, keys._MEMORY = 1, 64 * 1024
    transfer_file._PASSES, transfer_file._MEMORY = 1, 64 * 1024
