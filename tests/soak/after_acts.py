"""What must hold after an act was cut off, whenever that was: nothing told is lost, nothing torn.

Every act has a `Judge`: how a round's folder is laid out for it, and how what is left is judged by
what had been told. Each answers in a word how far the act had come.
"""

import importlib.util
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from desk_acts import (
    MOVED,
    RECORDER,
    code,
    draft,
    found,
    one_more,
    password,
    scan,
    write_out,
)
from judging import (
    Judge,
    Moulds,
    States,
    Told,
    assert_files,
    assert_known,
    assert_nothing_left,
    assert_placed,
    reading,
    steps_done,
    told_of,
    whole,
)
from outcomes import Outcomes
from register_moulds import Mould
from soak_desks import CLERK, PASSWORD, TODAY, a_package, a_village, an_office, digest

from mediation_desk.desk import moving, recovering
from mediation_desk.desk.looking import RECEIVABLE
from mediation_desk.desk.papers_out import write_templates
from mediation_desk.desk.receiving import look, receive
from mediation_desk.desk.sending import send, sent
from mediation_desk.domain.finding import Find
from mediation_desk.domain.periods import month
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.transfer_file import open_transfer
from mediation_desk.store import keys, schema
from mediation_desk.store.backups import checked
from mediation_desk.store.keys import WrongCode, WrongPassword
from mediation_desk.store.opening import is_register, open_by_code, open_register, open_with_key
from mediation_desk.store.register import FILE

# Before this many upgrade scripts a register was an old one.
_OLD_STEPS = 5
_ROOM = Path(__file__).resolve().parents[1] / "fixtures" / "registers"


# Each act's own


def _kept(place: Path, told: Told) -> str:
    with whole(place) as register:
        cases = told_of(told, "case")
        for one in cases:
            assert register.case(one) is not None, "a case told to be kept is lost"
        have = {entry.id: entry.typed for entry in register.drafts()}
        for number, one in enumerate(told_of(told, "draft")):
            assert have[one] == draft(number).typed
        for number, sha256 in enumerate(told_of(told, "scan")):
            assert register.attachment_bytes(sha256) == scan(number).content
        assert len(register.all("dispute")) in {len(cases), len(cases) + 1}
        one_more(register)
    assert_nothing_left(place)
    return f"{min(len(cases), 3)} kept"


def _backed_up(place: Path, told: Told) -> str:
    with whole(place) as register:
        cases, made = told_of(told, "case"), told_of(told, "backup")
        for one in cases:
            assert register.case(one) is not None
        for place_, name in enumerate(made):
            folder = place / "register" / "backups" / name
            with reading(folder / FILE, register._key) as sql:
                there = {row[0] for row in sql.rows("SELECT id FROM dispute")}
            assert set(cases[: place_ + 1]) <= there
        for name in told_of(told, "copy"):
            assert (place / "medium" / name).is_dir()
        for copy in (place / "medium").glob("*[0-9]"):
            assert checked(copy / FILE, register._key)
        register.copy_out(register.back_up(), place / "medium")
    assert_nothing_left(place)
    return f"{min(len(made), 3)} backups"


def _found() -> Judge:
    outcomes = Outcomes()

    def left(place: Path, told: Told) -> str:
        there = is_register(place / "register")
        assert there or not steps_done(told)
        if not there and outcomes.first(place, told):
            found(place, lambda _: None, 1)
            there_now = True
        else:
            there_now = there
        if there_now:
            with whole(place):
                pass
            assert_nothing_left(place)
        return "there" if there else "not there"

    return Judge(lambda _: None, left, 40)


def _password(place: Path, told: Told) -> str:
    last = steps_done(told)
    opening = [number for number in (last, last + 1) if _opens(place, password(number))]
    assert len(opening) == 1, (last, opening)
    with open_by_code(place / "register", code(0)) as register:
        recovering.change_password(register, password(opening[0]), PASSWORD, RECORDER)
    with whole(place):
        pass
    assert_nothing_left(place)
    return "the last told" if opening[0] == last else "the next"


def _opens(place: Path, secret: str) -> bool:
    try:
        open_register(place / "register", secret).close()
    except WrongPassword:
        return False
    return True


def _code(place: Path, told: Told) -> str:
    last = steps_done(told)
    opening = []
    for number in (last, last + 1):
        try:
            open_by_code(place / "register", code(number)).close()
            opening.append(number)
        except WrongCode:
            continue
    assert len(opening) == 1, (last, opening)
    with whole(place) as register:
        recovering.use_code(register, code(5), RECORDER)
    assert_nothing_left(place)
    return "the last told" if opening[0] == last else "the next"


def _exported(place: Path, told: Told) -> str:
    assert_files(place / "out")
    for name in told_of(told, "archive"):
        assert list((place / "out" / f"archive {name}").glob("[!.]*"))
    for name in before_export():
        assert (place / "out" / name).exists(), "what stood there before is gone"
    templates = {path.name: path.read_bytes() for path in write_templates(place / "fresh")}
    for path in (place / "out").glob("templates */[!.]*"):
        assert path.name not in templates or path.read_bytes() == templates[path.name], path
    with whole(place) as register:
        write_out(register, place / "out", lambda _: None)
    assert_files(place / "out")
    return f"{min(len(told), 8)} files"


def before_export() -> tuple[str, ...]:
    """The names under which files lie before an export begins."""
    return ("list.xlsx", "table.xlsx", "report.xlsx", "file.pdf", "file.docx", "scan.jpg",
            "code.pdf")  # fmt: skip


def _moved(place: Path, told: Told) -> str:
    file, there = place / "out" / MOVED, place / "there"
    assert file.exists() or not told_of(told, "file")
    assert is_register(there) or not steps_done(told)
    if file.exists():
        opened = open_transfer(file, PASSWORD)
        assert checked(place / "copy", opened.place(place / "copy"))
        (place / "copy").unlink()
        assert_known(place, opened)
    found = "file" if file.exists() else "nothing"
    with whole(place) as register:
        before = digest(register)
        if not is_register(there):
            moving.make(register, file, PASSWORD, RECORDER)
    if is_register(there):
        found = "there"
    else:
        moving.settle(there, file, PASSWORD, PASSWORD).register.close()
    with open_register(there, PASSWORD) as moved:
        assert moved.verify() == []
        assert digest(moved) == before
    assert_placed(place)
    return found


def _wiped(place: Path, told: Told) -> str:
    folder = place / "register"
    if not folder.exists():
        return "gone"
    assert not steps_done(told)
    try:
        with whole(place):
            return "whole"
    except DeskError:
        # Nothing of it can be read any more, and the opening has removed the rest.
        assert not folder.exists()
        return "gone after all"


# Acts whose outcome is one of few states


def judges(moulds: Moulds) -> dict[str, Judge]:
    """All acts with their judges; the shares of all rounds are parts of 1,000."""
    return {
        "keep": Judge(moulds.lay_village, _kept, 160, 12),
        "import": _import(moulds.place),
        "backup": Judge(moulds.lay_village, _backed_up, 120, 4),
        "restore": _restore(moulds),
        "upgrade": _upgrade(moulds),
        "found": _found(),
        "password": Judge(moulds.lay_village, _password, 90, 30),
        "code": Judge(moulds.lay_village, _code, 80, 30),
        "recover": Judge(moulds.lay_village, _password, 60, 10),
        "export": _export(moulds),
        "package": package_judge(moulds, moulds.lay_lived),
        "move": Judge(moulds.lay_lived, _moved, 60, 3),
        "wipe": Judge(moulds.lay_lived, _wiped, 30),
    }


def _import(place: Path) -> Judge:
    office, states = an_office(place / "office"), States()
    (place / "packages").mkdir()
    for number in (0, 1):
        home = place / f"sender {number}"
        home.mkdir()
        made = a_package(a_village(place / f"sending {number}", number), home, 6, "双龙司法所")
        made.rename(place / "packages" / f"{number}.xlsx")

    def lay(round_: Path) -> None:
        office.copy(round_ / "register")
        shutil.copytree(place / "packages", round_ / "incoming")

    measured = place / "measured"
    measured.mkdir()
    lay(measured)
    with open_with_key(office.folder, office.key) as register:
        states.digests.append(digest(register))
    with open_with_key(measured / "register", office.key) as register:
        for file in sorted((measured / "incoming").iterdir()):
            receive(register, look(register, file, TODAY), CLERK)
            states.digests.append(digest(register))
    # The last one is taken back.
    states.digests.append(states.digests[1])

    outcomes = Outcomes()

    def left(round_: Path, told: Told) -> str:
        with whole(round_) as register:
            found = states.of(register, told)
            if outcomes.first(round_, told, register):
                for file in sorted((round_ / "incoming").iterdir()):
                    seen = look(register, file, TODAY)
                    if seen.state in RECEIVABLE:
                        receive(register, seen, CLERK)
                assert digest(register) == states.digests[2], "receiving again does not complete it"
            register.back_up()
        assert_nothing_left(round_)
        return found

    return Judge(lay, left, 100, 2)


def _restore(moulds: Moulds) -> Judge:
    states = States()
    old = Mould(moulds.place / "restored", moulds.village.key)
    with moulds.lived.open(old.folder) as register:
        new = digest(register)
        register.back_up()
        recovering.change_password(register, PASSWORD, password(1), RECORDER)
        one_more(register)
        states.digests += [digest(register), new]

    def left(place: Path, told: Told) -> str:
        opening = [secret for secret in (PASSWORD, password(1)) if _opens(place, secret)]
        assert len(opening) == 1
        with whole(place, opening[0]) as register:
            found = states.of(register, told)
            assert (digest(register) == new) == (opening[0] == PASSWORD), "keys of another state"
            register.back_up()
        assert_nothing_left(place)
        return "restored" if opening[0] == PASSWORD else found

    return Judge(lambda place: old.copy(place / "register"), left, 120)


def _an_old_register(folder: Path) -> Path:
    """The register of a program of some versions ago, with our password."""
    spec = importlib.util.spec_from_file_location("make_registers", _ROOM / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = make
    spec.loader.exec_module(make)
    folder.mkdir()
    old = Path(make.unpacked(_ROOM / f"{_OLD_STEPS:04d}.tar.xz", folder))
    key = keys.unlock(old, make.PASSWORD)
    keys.write_slots(old, [keys.wrap(key, keys.PASSWORD, PASSWORD)])
    return old


def _upgrade(moulds: Moulds) -> Judge:
    old, states = _an_old_register(moulds.place / "old"), States()
    key = keys.unlock(old, PASSWORD)
    with open_with_key(shutil.copytree(old, moulds.place / "upgraded"), key) as register:
        states.digests += [digest(register)] * 2

    def left(place: Path, told: Told) -> str:
        with reading(place / "register" / FILE, key) as sql:
            wanted = schema.steps_wanted(sql)
        assert not wanted or not steps_done(told)
        # What it was before stands in a backup before the first table changes.
        begun = len(wanted) < len(schema.known_steps()) - _OLD_STEPS
        assert not begun or list((place / "register" / "backups").glob("*[0-9]"))
        with whole(place) as register:
            rows = register.page(Find(text="2025")).rows
            assert rows, "the search does not know the old cases"
            states.of(register, told)
            register.back_up()
        assert_nothing_left(place)
        return "upgraded" if not wanted else "in between" if begun else "not begun"

    return Judge(lambda place: shutil.copytree(old, place / "register"), left, 100)


def _export(moulds: Moulds) -> Judge:
    before = moulds.place / "before"
    before.mkdir()
    with open_with_key(moulds.lived.folder, moulds.lived.key) as register:
        write_out(register, before, lambda _: None)
    assert {path.name for path in before.iterdir()} == set(before_export())

    def lay(place: Path) -> None:
        moulds.lived.copy(place / "register")
        shutil.copytree(before, place / "out")
        (place / "out" / "archive 0").mkdir()

    return Judge(lay, _exported, 100)


def package_judge(moulds: Moulds, lay: Callable[[Path], object], known_before: int = 0) -> Judge:
    """Of packages sent, where so many were sent before."""
    office, outcomes = moulds.receiving, Outcomes()
    id_of = cache(lambda content: _package_id(moulds.place / "read.xlsx", content))

    def left(place: Path, told: Told) -> str:
        files = sorted((place / "out").glob("*.xlsx"))
        with whole(place) as register:
            known = {entry.id for entry in sent(register)}
            lying = {id_of(path.read_bytes()) for path in files}
            told_ids = {line.split(" ")[0] for line in told_of(told, "package")}
            assert told_ids <= known & lying, "a package told to be sent is lost"
            assert known_before <= len(lying), "a package sent before is gone"
            assert lying <= known, "a package lies there that the village knows nothing of"
            assert len(known) <= known_before + len(told_ids) + 1
            if first := outcomes.first(place, told, register):
                further = place / "out" / "z.xlsx"
                send(register, month(2026, 9), further, RECORDER, TODAY)
                cases = {entry.id for entry in register.all("dispute")}
        if first:
            _converges(office, place, [*files, further], cases)
        return f"{len(known)} known, {len(files)} there"

    return Judge(lay, left, 70)


def _package_id(aside: Path, content: bytes) -> str:
    aside.write_bytes(content)
    return read_package(aside, TODAY).head.id


def _converges(office: Mould, place: Path, files: Sequence[Path], cases: set[str]) -> None:
    """Whatever lies there, an office that receives it all has what the village has."""
    with office.open(place / "office") as register:
        for file in files:
            seen = look(register, file, TODAY)
            assert seen.state in RECEIVABLE, (file.name, seen.words)
            receive(register, seen, CLERK)
        assert {entry.id for entry in register.all("dispute")} == cases
        assert register.verify() == []
