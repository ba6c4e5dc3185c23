"""Whatever stands in the way of opening or creating a register is told in its own sentence."""

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import VILLAGE_CODE, a_case
from other_process import running, said
from store_basics import PASSWORD

from mediation_desk.desk.setting_up import found_village
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import closing_seal, keys, looking_over, schema
from mediation_desk.store.connection import Connections, RegisterBusy, RegisterDamaged
from mediation_desk.store.keys import WrongPassword
from mediation_desk.store.opening import create_register, is_register, open_register, open_with_key
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.schema import RegisterTooNew

_FOUNDING = found_village("丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, VILLAGE_CODE, "陶素芬")


def _contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != "in-use")
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_a_register_opens_by_its_folder_or_its_file(folder: Path) -> None:
    for path in (folder, folder / FILE):
        with open_register(path, PASSWORD) as register:
            assert register.unit.name == "梨子园村"
            assert register.verify() == []
    assert sorted(file.name for file in folder.iterdir()) == [
        "closed.json",
        "in-use",
        "keys.json",
        FILE,
    ]


def _flip(place: int) -> Callable[[bytes], bytes]:
    def flipped(whole: bytes) -> bytes:
        return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]

    return flipped


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda whole: whole[:100],
        lambda whole: whole[:4096],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[: len(whole) // 2 + 99],
        lambda whole: bytes(len(whole)),
        lambda whole: os.urandom(len(whole)),
        lambda whole: b"SQLite format 3\0" + whole[16:],
        _flip(30),
        _flip(4000),
    ],
    ids="empty stump page half torn zeroed garbage plain first-page last-of-page".split(),
)
def test_a_damaged_file_is_told_and_not_touched(
    folder: Path, key: bytes, damage: Callable[[bytes], bytes]
) -> None:
    file = folder / FILE
    file.write_bytes(damage(file.read_bytes()))
    before = _contents(folder)
    with pytest.raises(RegisterDamaged, match=r"损坏.*备份"):
        open_with_key(folder, key)
    assert _contents(folder) == before


def test_a_flipped_bit_anywhere_is_found(folder: Path, key: bytes) -> None:
    whole = (folder / FILE).read_bytes()
    pages = len(whole) // 4096
    for page in range(1, pages, pages // 12):
        (folder / FILE).write_bytes(_flip(page * 4096 + 77 * page % 4096)(whole))
        try:
            with open_with_key(folder, key) as register:
                rules = {problem.rule for problem in register.verify()}
        except RegisterDamaged:
            continue
        assert "V1" in rules, page
    (folder / FILE).write_bytes(whole)
    with open_with_key(folder, key) as register:
        assert register.verify() == []


def test_reading_past_damage_is_told(
    register: Register, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with register.change("陶素芬", "登记") as change:
        for number in range(200):
            change.adopt(a_case(number=number).records())
    register.close()
    file = register.folder / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + bytes(8192) + whole[len(whole) // 2 + 8192 :])
    with pytest.raises(RegisterDamaged, match="备份"):
        open_with_key(register.folder, key)
    # One that was not sealed when it was closed, and is too large to be read through at once.
    (register.folder / closing_seal.FILE).unlink()
    monkeypatch.setattr(looking_over, "READ_THROUGH", 0)
    with open_with_key(register.folder, key) as opened:
        assert opened.verify()
        with pytest.raises(RegisterDamaged, match="备份"):
            list(opened.dump())


def test_a_wrong_password_changes_nothing(folder: Path) -> None:
    before = _contents(folder)
    with pytest.raises(WrongPassword, match="密码不对"):
        open_register(folder, PASSWORD + " ")
    assert _contents(folder) == before


def test_a_folder_that_is_no_register_is_told(tmp_path: Path) -> None:
    (tmp_path / "file.xlsx").write_bytes(b"PK")
    (tmp_path / "empty").mkdir()
    for path in (tmp_path, tmp_path / "file.xlsx", tmp_path / "empty"):
        with pytest.raises(DeskError, match="不是调解台的登记簿"):
            open_register(path, PASSWORD)
    with pytest.raises(DeskError, match="找不到"):
        open_register(tmp_path / "nowhere" / "at all", PASSWORD)


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null", '{"format": "1"}', '{"format": 1}', '{"format": 1, "slots": [3]}',
        '{"format": 1, "slots": [{"kind": "password"}]}', "\x00\xff",
    ],
)  # fmt: skip
def test_damaged_keys_are_told(folder: Path, content: str) -> None:
    (folder / keys.FILE).write_text(content, encoding="latin-1")
    with pytest.raises(DeskError, match="钥匙文件缺失或已损坏"):
        open_register(folder, PASSWORD)


@pytest.mark.parametrize(
    ("name", "value"), [("memory", 2**50), ("passes", 10**9), ("passes", -1), ("salt", "AAAA")]
)
def test_keys_that_ask_the_impossible_are_damaged(folder: Path, name: str, value: object) -> None:
    stored = json.loads((folder / keys.FILE).read_text())
    stored["slots"][0][name] = value
    (folder / keys.FILE).write_text(json.dumps(stored))
    with pytest.raises(DeskError, match="钥匙文件缺失或已损坏"):
        open_register(folder, PASSWORD)


def test_missing_newer_and_empty_keys_are_told(folder: Path) -> None:
    stored = json.loads((folder / keys.FILE).read_text())
    (folder / keys.FILE).write_text(json.dumps(stored | {"format": 99}))
    with pytest.raises(DeskError, match="先升级"):
        open_register(folder, PASSWORD)
    (folder / keys.FILE).write_text(json.dumps(stored | {"slots": []}))
    with pytest.raises(DeskError, match="没有密码"):
        open_register(folder, PASSWORD)
    (folder / keys.FILE).unlink()
    with pytest.raises(DeskError, match="钥匙文件缺失"):
        open_register(folder, PASSWORD)


def test_a_newer_register_is_refused_and_not_touched(folder: Path, key: bytes) -> None:
    connections = Connections(folder / FILE, key)
    columns = [row[1] for row in connections.rows("PRAGMA table_info(schema_migration)")]
    names = ", ".join(columns)
    taken = connections.rows(f"SELECT {names} FROM schema_migration")[-1]
    newer = [
        "9999_from_the_future" if isinstance(value, str) and value[:2] == "00" else value
        for value in taken
    ]
    newer = [value + 1 if isinstance(value, int) else value for value in newer]
    marks = ", ".join("?" * len(columns))
    connections.run(f"INSERT INTO schema_migration ({names}) VALUES ({marks})", newer)
    connections.close()
    before = _contents(folder)
    with pytest.raises(RegisterTooNew, match="更新版本"):
        open_with_key(folder, key)
    assert _contents(folder) == before


def test_the_scripts_of_this_program_are_known_and_taken(folder: Path, key: bytes) -> None:
    connections = Connections(folder / FILE, key)
    try:
        assert schema.known_steps()[0] == "0001_first_tables"
        assert schema.steps_taken(connections) == schema.known_steps()
        assert schema.steps_wanted(connections) == []
    finally:
        connections.close()


def test_a_register_open_elsewhere_is_told_until_it_is_closed(folder: Path, key: bytes) -> None:
    hold = (
        "from pathlib import Path\n"
        "from mediation_desk.store.opening import open_with_key\n"
        f"register = open_with_key(Path({str(folder)!r}), bytes.fromhex({key.hex()!r}))\n"
        "print('open', flush=True); input()"
    )
    with running(hold) as child:
        with pytest.raises(RegisterBusy, match="另一个窗口"):
            open_with_key(folder, key)
        # However the other one ends, the register is free again.
        child.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        child.wait()
        with open_with_key(folder, key) as register:
            assert register.verify() == []
            with pytest.raises(RegisterBusy):
                open_with_key(folder, key)


@pytest.fixture
def in_public(folder: Path) -> Iterator[Path]:
    """The register where even a user without rights can reach it, but not write."""
    public = Path(tempfile.mkdtemp())
    public.chmod(0o755)
    copy = Path(shutil.copytree(folder, public / "register"))
    (copy / "in-use").unlink()
    for path in (copy / FILE, copy / keys.FILE):
        path.chmod(0o444)
    copy.chmod(0o555)
    yield copy
    copy.chmod(0o755)
    shutil.rmtree(public)


_ASK = """
try:
    {call}
    print(json.dumps("done"))
except DeskError as error:
    print(json.dumps(str(error)))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights on folders")
def test_a_folder_without_rights_is_told(in_public: Path) -> None:
    before = _contents(in_public)

    def answer(call: str) -> str:
        return str(json.loads(said(_ASK.format(call=call), rights=False)))

    told = answer(f"open_register(Path({str(in_public)!r}), {PASSWORD!r})")
    assert "不能写入" in told
    told = answer(f"create_register(Path({str(in_public / 'new')!r}), {PASSWORD!r})")
    assert "不能写入" in told
    in_public.chmod(0o000)
    told = answer(f"open_register(Path({str(in_public)!r}), {PASSWORD!r})")
    assert "检查文件夹权限" in told
    in_public.chmod(0o755)
    assert _contents(in_public) == before


def test_a_register_is_created_in_an_empty_place_only(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("不要动")
    (tmp_path / "file").write_text("不要动")
    before = _contents(tmp_path)
    for name in ("taken", "file"):
        with pytest.raises(DeskError, match="已经存在"):
            create_register(tmp_path / name, PASSWORD)
    assert _contents(tmp_path) == before
    (tmp_path / "empty").mkdir()
    with create_register(tmp_path / "empty", PASSWORD) as register:
        assert register.units() == []
        assert register.verify() == []


def test_a_register_whose_founding_fails_is_not_there(tmp_path: Path) -> None:
    def found(register: Register) -> None:
        register.set("person", "陶素芬")
        raise DeskError("不行")

    with pytest.raises(DeskError, match="不行"):
        create_register(tmp_path / "new", PASSWORD, found)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_set_up_leaves_no_register_and_the_next_clears_it_away(tmp_path: Path) -> None:
    target = tmp_path / "new"
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from mediation_desk.store.opening import create_register\n"
        "def found(register):\n"
        "    register.set('person', '陶素芬'); print('half', flush=True); input()\n"
        f"create_register(Path({str(target)!r}), 'abcdef-1', found)"
    )
    with running(code) as child:
        assert not target.exists()
        # Somebody else who wants the same place does not disturb the one at work.
        with create_register(target, PASSWORD) as register:
            assert register.verify() == []
        assert [path for path in tmp_path.iterdir() if path.suffix == ".part"]
        child.kill()
        child.wait()
    shutil.rmtree(target)
    create_register(target, PASSWORD).close()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert is_register(target)
