"""What a desk does that may be cut off in the middle, each act telling what is done for good.

A round has a folder of its own: `register`, `incoming` with the packages to receive, `out` for what
is exported and `medium` for the second disk. An act may do its work several times over, so that a
kill does not meet the loading of the program only.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
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
# Does in the folder of a round what it does, so many times over.
Act = Callable[[Path, Tell, int], None]

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


def write_lists(register: Register, out: Path, tell: Tell) -> None:
    """The list of cases and a table."""
    taking = Taking(RECORDER, TODAY, Find(), told="全部")
    export_list(register, taking, out / "list.xlsx")
    tell("list.xlsx")
    calibre = calibre_of(register, year(2026))
    shown = reporting.table(register, reporting.tables()[1].id, calibre)
    reporting.write_table(register, shown, out / "table.xlsx", RECORDER, TODAY)
    tell("table.xlsx")


def write_report(register: Register, out: Path, tell: Tell) -> None:
    """The report of a year."""
    calibre = calibre_of(register, year(2026))
    reporting.write_report(register, calibre, out / "report.xlsx", RECORDER, TODAY)
    tell("report.xlsx")


def write_file(register: Register, out: Path, tell: Tell) -> None:
    """The file of a case, to print and for Word."""
    case = register.case(register.page(Find()).rows[-1].dispute.id)
    assert case is not None
    made = case_papers.whole(register, case)
    for name in ("file.pdf", "file.docx"):
        papers_out.write(made, out / name)
        tell(name)


def write_scan(register: Register, out: Path, tell: Tell) -> None:
    """A scan, and the sheet with the recovery code."""
    case = register.case(register.page(Find()).rows[-1].dispute.id)
    assert case is not None
    save_out(register, case.attachments[0], out / "scan.jpg")
    tell("scan.jpg")
    recovering.save_sheet(recovering.sheet_pages(register, code(0), TODAY), out / "code.pdf")
    tell("code.pdf")


def write_archive(register: Register, out: Path, tell: Tell, number: int = 0) -> None:
    """What goes to the archive, in a folder that may be there for it."""
    target = out / f"archive {number}"
    if not target.exists():
        target.mkdir()
    archiving.archive(register, archiving.Archiving(2026, RECORDER, TODAY, "档案室"), target)
    tell(f"archive {number}")


def write_templates(out: Path, tell: Tell, number: int = 0) -> None:
    """The templates of all papers."""
    papers_out.write_templates(out / f"templates {number}")
    tell(f"templates {number}")


def write_out(register: Register, out: Path, tell: Tell) -> None:
    """Everything that leaves as a file of its own, each under the same name as before."""
    for write in (write_lists, write_report, write_file, write_scan):
        write(register, out, tell)


def export(place: Path, tell: Tell, times: int) -> None:
    """Lists, tables, papers, scans and archives written over those of before."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in range(times):
            write_out(register, place / "out", tell)
            write_archive(register, place / "out", tell, number)
            write_templates(place / "out", tell, number)


def send_once(number: int, register: Register, place: Path, tell: Tell) -> None:
    """The month's package, and another case after it."""
    target = place / "out" / f"package {number}.xlsx"
    sent = send(register, month(2026, 9), target, RECORDER, TODAY)
    tell(f"package {sent.package.id} {target.name}")
    one_more(register)


def package(place: Path, tell: Tell, _times: int) -> None:
    """The month's package, and once more after another case."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in (1, 2):
            send_once(number, register, place, tell)


def make_file(register: Register, place: Path, tell: Tell, number: int = 0) -> None:
    """The transfer file."""
    moving.make(register, place / "out" / MOVED, PASSWORD, RECORDER)
    tell(f"file {number}")


def move(place: Path, tell: Tell, times: int) -> None:
    """A transfer file written over the one before, and the register settled in beside."""
    with open_register(place / "register", PASSWORD) as register:
        tell("ready")
        for number in range(times):
            make_file(register, place, tell, number)
    settle(place, tell)


def settle(place: Path, tell: Tell, _times: int = 1) -> None:
    """What came in a transfer file settled in as the register of a new computer."""
    moving.settle(place / "there", place / "out" / MOVED, PASSWORD, PASSWORD).register.close()
    tell("done 1")


def wipe(place: Path, tell: Tell, _times: int) -> None:
    """A register taken off its computer."""
    tell("ready")
    wiping.wipe(place / "register")
    tell("done 1")


def _of_open(write: Callable[[Register, Path, Tell], None]) -> Act:
    """A part of an act that is done with an open register."""

    def act(place: Path, tell: Tell, _times: int) -> None:
        with open_register(place / "register", PASSWORD) as register:
            tell("ready")
            write(register, place, tell)

    return act


def _exporting(write: Callable[[Register, Path, Tell], None]) -> Act:
    return _of_open(lambda register, place, tell: write(register, place / "out", tell))


# Whoever adds an act adds how it is judged in `after_acts`, and its share of the kills.
ACTS: dict[str, Act] = {
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
# Long acts in parts that together write the same: to let each write of an act fail, the act is done
# as often as it writes. How they are judged stands in `after_parts`.
PARTS: dict[str, dict[str, Act]] = {
    "export": {
        "export: lists": _exporting(write_lists),
        "export: report": _exporting(write_report),
        "export: file": _exporting(write_file),
        "export: scan": _exporting(write_scan),
        "export: archive": _exporting(write_archive),
        "export: templates": _exporting(lambda _, out, tell: write_templates(out, tell)),
    },
    "package": {f"package: {number}": _of_open(partial(send_once, number)) for number in (1, 2)},
    "move": {
        "move: file": _of_open(make_file),
        "move: settle": settle,
    },
}
# Every act, those in parts by their parts.
IN_PARTS: dict[str, Act] = {
    part: act
    for name, whole in ACTS.items()
    for part, act in PARTS.get(name, {name: whole}).items()
}


def warm() -> None:
    """Load what is loaded only when first used, and let deriving keys take next to no time."""
    import docx  # noqa: F401, PLC0415
    import nacl.pwhash  # noqa: PLC0415
    import nacl.secret  # noqa: F401, PLC0415
    import openpyxl.packaging.extended  # noqa: F401, PLC0415
    import playhouse.migrations  # noqa: F401, PLC0415
    import segno  # noqa: F401, PLC0415

    from mediation_desk.exchange import (  # noqa: F401, PLC0415
        incoming,
        list_writing,
        report_writing,
        table_writing,
        writing,
    )
    from mediation_desk.exchange.archive import folder  # noqa: F401, PLC0415
    from mediation_desk.papers import (  # noqa: F401, PLC0415
        case_papers,
        case_word,
        drawing,
        recovery_sheet,
        word,
    )
    from mediation_desk.store import upgrading  # noqa: F401, PLC0415

    keys._PASSES, keys._MEMORY = 1, 64 * 1024
    transfer_file._PASSES, transfer_file._MEMORY = 1, 64 * 1024
