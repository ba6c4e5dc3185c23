"""What every register and every file must be after an act, and from which registers acts start."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import openpyxl
from desk_acts import (
    MOVED,
    RECORDER,
    code,
    one_more,
    scan,
)
from plain_text import files, telling
from register_moulds import Mould
from soak_desks import PASSWORD, TODAY, a_village, an_office, digest

from mediation_desk.desk import moving, recovering
from mediation_desk.desk.attaching import attach
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.exchange.archive.folder import wrong_files
from mediation_desk.exchange.transfer_file import Opened
from mediation_desk.store import keys
from mediation_desk.store.backups import checked
from mediation_desk.store.connection import Connections
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import FILE, Register

Told = Sequence[str]


@dataclass
class Judge:
    """How a round is laid out and judged; `times` an act does its work, `share` of all rounds."""

    lay: Callable[[Path], object]
    left: Callable[[Path, Told], str]
    share: int
    times: int = 1


# What every register must be


@contextmanager
def whole(place: Path, secret: str = PASSWORD) -> Iterator[Register]:
    """The register of a round, opened as a person opens it, verified when all else is judged."""
    with open_register(place / "register", secret) as register:
        assert_backups(register)
        yield register
        assert register.verify() == [], register.verify()


def assert_backups(register: Register) -> None:
    """Every backup under its final name opens with the register's key and is whole."""
    for backup in (register.folder / "backups").glob("*[0-9]"):
        assert checked(backup / FILE, register._key), backup.name
        assert keys.read_slots(backup), backup.name


def assert_nothing_left(place: Path) -> None:
    """After the next act of the same kind nothing is left of the one that was cut off."""
    left = [path for path in place.rglob("*") if path.name.endswith((".part", ".new"))]
    assert left == []
    assert not list((place / "register").glob("coming-back*"))


def assert_silent(*places: Path) -> None:
    """What was cut off has left no name, number or narrative that can be read."""
    told = telling(files(*places), ("秦德珍", "蒋仕文", "13900000001", "排水沟堵塞", "尉迟"))
    assert told == []


def assert_files(out: Path) -> None:
    """Every file under its final name is whole."""
    for path in out.rglob("*"):
        if path.is_file() and not any(part.startswith(".") for part in path.parts):
            assert_file(path)
    for page in out.glob("archive */[!.]*"):
        assert wrong_files(page) == []


def assert_file(path: Path) -> None:
    """A file is whole, by what its kind knows of itself."""
    if path.suffix in {".xlsx", ".docx"}:
        with zipfile.ZipFile(path) as opened:
            assert opened.testzip() is None, path
    if path.suffix == ".xlsx":
        assert openpyxl.load_workbook(path, read_only=True).sheetnames
    elif path.suffix == ".pdf":
        content = path.read_bytes()
        assert content.startswith(b"%PDF"), path
        assert content.rstrip().endswith(b"%%EOF"), path
    elif path.name == "scan.jpg":
        assert path.read_bytes() == scan(0).content


def assert_known(place: Path, opened: Opened) -> None:
    """The register that wrote a transfer file can take its receipt."""
    with open_register(place / "register", PASSWORD) as register:
        known = {entry.id for entry in moving.transfers(register)}
    assert opened.head.id in known, "a file lies there whose receipt nobody knows"


def assert_placed(place: Path) -> None:
    """Nothing is left of a move that was cut off but what nobody can read."""
    left = [path for path in place.rglob("*") if path.name.endswith((".part", ".new"))]
    # A building of another process is left to it while it lives; nothing is readable in it.
    assert all(path.parent == place / "out" or "moving.part" in path.parts for path in left), left


def told_of(told: Told, what: str) -> list[str]:
    """What was told of one kind, in order."""
    return [line.partition(" ")[2] for line in told if line.startswith(what + " ")]


def steps_done(told: Told) -> int:
    """How many steps of an act were told to be done."""
    return max(map(int, told_of(told, "done")), default=0)


@contextmanager
def reading(file: Path, key: bytes) -> Iterator[Connections]:
    """The tables of a file that nobody opens as a register."""
    sql = Connections(file, key)
    try:
        yield sql
    finally:
        sql.close()


@dataclass
class States:
    """A mould with the digests that a register may have, in the order in which they come."""

    digests: list[str] = field(default_factory=list)

    def of(self, register: Register, told: Told) -> str:
        """How far the act came; never less far than was told."""
        found, last = digest(register), steps_done(told)
        assert found in self.digests[last : last + 2], (last, "is lost, or half there")
        return "before" if found == self.digests[0] and not last else f"step {last}"


class Moulds:
    """The registers from which the rounds start, made once."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.village = a_village(place / "village", 0)
        with open_register(self.village.folder, PASSWORD) as register:
            recovering.use_code(register, code(0), RECORDER)
        self.lived = Mould(self._lived(place / "lived"), self.village.key)

    def _lived(self, folder: Path) -> Path:
        with self.village.open(folder) as register:
            case = one_more(register)
            attach(register, case, [scan(0)], AttachmentKind.EVIDENCE, RECORDER, TODAY)
            one_more(register)
        return folder

    @cached_property
    def receiving(self) -> Mould:
        """An office that receives packages."""
        return an_office(self.place / "receiving office")

    @cached_property
    def transfer(self) -> Path:
        """The transfer file of the village with cases."""
        made = self.place / MOVED
        with self.lived.open(self.place / "moving") as register:
            moving.make(register, made, PASSWORD, RECORDER)
        return made

    def lay_village(self, place: Path) -> None:
        """An empty village."""
        self.village.copy(place / "register")
        (place / "medium").mkdir()
        (place / "out").mkdir()

    def lay_lived(self, place: Path) -> None:
        """A village with cases."""
        self.lived.copy(place / "register")
        (place / "out").mkdir()
