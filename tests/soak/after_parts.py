"""What must hold after a part of a long act was cut off; the same as after the whole act.

A part is laid out with what the parts before it leave, and judged by what it writes itself.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from after_acts import judges, package_judge
from desk_acts import (
    MOVED,
    PARTS,
    Tell,
    make_file,
    one_more,
    send_once,
    settle,
    write_archive,
    write_file,
    write_lists,
    write_report,
    write_scan,
    write_templates,
)
from judging import Judge, Moulds, Told, assert_files, assert_known, assert_placed, told_of, whole
from outcomes import Outcomes
from register_moulds import Mould
from soak_desks import PASSWORD, digest

from mediation_desk.exchange.transfer_file import open_transfer
from mediation_desk.store.backups import checked
from mediation_desk.store.opening import is_register, open_register, open_with_key
from mediation_desk.store.register import Register

Writes = Callable[[Register, Path, Tell], None]


def judges_in_parts(moulds: Moulds) -> dict[str, Judge]:
    """All acts with their judges, those in parts by their parts."""
    found = judges(moulds)
    return {name: judge for name, judge in found.items() if name not in PARTS} | {
        "export: lists": _exported(moulds, write_lists),
        "export: report": _exported(moulds, write_report),
        "export: file": _exported(moulds, write_file),
        "export: scan": _exported(moulds, write_scan),
        "export: archive": _archived(moulds),
        "export: templates": _templates(moulds),
        "package: 1": package_judge(moulds, moulds.lay_lived),
        "package: 2": _second_package(moulds),
        "move: file": _file_made(moulds),
        "move: settle": _settled(moulds),
    }


def _nothing(_line: str) -> None:
    """Nobody is told."""


def _exported(moulds: Moulds, write: Writes) -> Judge:
    """Of files written over those of before."""
    before = moulds.place / write.__name__
    before.mkdir()
    with open_with_key(moulds.lived.folder, moulds.lived.key) as register:
        write(register, before, _nothing)
    names = {path.name for path in before.iterdir()}
    outcomes = Outcomes()

    def lay(place: Path) -> None:
        moulds.lived.copy(place / "register")
        shutil.copytree(before, place / "out")

    def left(place: Path, told: Told) -> str:
        out = place / "out"
        assert_files(out)
        assert names <= {path.name for path in out.iterdir()}, "what stood there before is gone"
        with whole(place) as register:
            if first := outcomes.first(place, told, register):
                write(register, out, _nothing)
        if first:
            assert_files(out)
        return f"{len(told)} files"

    return Judge(lay, left, 0)


def _archived(moulds: Moulds) -> Judge:
    outcomes = Outcomes()

    def lay(place: Path) -> None:
        moulds.lay_lived(place)
        (place / "out" / "archive 0").mkdir()

    def left(place: Path, told: Told) -> str:
        out = place / "out"
        assert_files(out)
        for number in told_of(told, "archive"):
            assert list((out / f"archive {number}").glob("[!.]*"))
        with whole(place) as register:
            if first := outcomes.first(place, told, register):
                write_archive(register, out, _nothing, 1)
        if first:
            assert_files(out)
        return f"{len(told)} archives"

    return Judge(lay, left, 0)


def _templates(moulds: Moulds) -> Judge:
    wanted = moulds.place / "templates"
    write_templates(wanted, _nothing)
    templates = {path.name: path.read_bytes() for path in (wanted / "templates 0").iterdir()}

    def left(place: Path, told: Told) -> str:
        out = place / "out"
        for path in out.glob("templates */[!.]*"):
            assert path.read_bytes() == templates[path.name], path
        for number in told_of(told, "templates"):
            there = {path.name for path in (out / f"templates {number}").glob("[!.]*")}
            assert there == set(templates)
        write_templates(out, _nothing)
        for name, content in templates.items():
            assert (out / "templates 0" / name).read_bytes() == content
        with whole(place):
            pass
        return f"{len(told)} times"

    return Judge(moulds.lay_lived, left, 0)


def _second_package(moulds: Moulds) -> Judge:
    """Of the package after another one and one more case."""
    place = moulds.place / "sent once"
    (place / "out").mkdir(parents=True)
    with moulds.lived.open(place / "register") as register:
        send_once(1, register, place, _nothing)
    sent = Mould(place / "register", moulds.lived.key)

    def lay(round_: Path) -> None:
        sent.copy(round_ / "register")
        shutil.copytree(place / "out", round_ / "out")

    return package_judge(moulds, lay, 1)


def _file_made(moulds: Moulds) -> Judge:
    """Of a transfer file written over the one before."""
    before = moulds.transfer
    with open_with_key(moulds.lived.folder, moulds.lived.key) as register:
        state = digest(register)
    outcomes = Outcomes()

    def lay(place: Path) -> None:
        moulds.lay_lived(place)
        shutil.copy(before, place / "out" / MOVED)

    def left(place: Path, told: Told) -> str:
        file = place / "out" / MOVED
        new = file.read_bytes() != before.read_bytes()
        if new:
            opened = open_transfer(file, PASSWORD)
            assert checked(place / "copy", opened.place(place / "copy"))
            assert_known(place, opened)
        assert new or not told_of(told, "file")
        with whole(place) as register:
            assert digest(register) == state
            if first := outcomes.first(place, told, register):
                make_file(register, place, _nothing)
        if first:
            assert_placed(place)
            settle(place, _nothing)
            _assert_is(place / "there", state)
        return "new" if new else "as before"

    return Judge(lay, left, 0)


def _settled(moulds: Moulds) -> Judge:
    """Of a register that settles in where none was."""
    file = moulds.transfer
    with open_with_key(moulds.lived.folder, moulds.lived.key) as register:
        state = digest(register)
    outcomes = Outcomes()

    def lay(place: Path) -> None:
        (place / "out").mkdir()
        shutil.copy(file, place / "out" / MOVED)

    def left(place: Path, told: Told) -> str:
        there = place / "there"
        assert (place / "out" / MOVED).read_bytes() == file.read_bytes()
        found = is_register(there)
        assert found or "done 1" not in told
        first = outcomes.first(place, told)
        if not found and first:
            settle(place, _nothing)
        if found or first:
            _assert_is(there, state)
        assert_placed(place)
        return "there" if found else "not there"

    return Judge(lay, left, 0)


def _assert_is(folder: Path, state: str) -> None:
    with open_register(folder, PASSWORD) as register:
        assert digest(register) == state
        one_more(register)
        assert register.verify() == []
