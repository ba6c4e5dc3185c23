"""The house: what sets the project up, what it is made of, and what must not slip in."""

import importlib.util
import os
import re
import stat
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def pins() -> dict[str, str]:
    return dict(PIN.findall(LOCK))


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_pin_of_the_lock_has_a_hash() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)
    entries = [entry for entry in entries if entry.strip()]
    assert len(entries) == len(pins()) > 20
    bare = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert bare == []


def test_the_lock_names_no_address_and_no_path() -> None:
    assert re.findall(r".*(?:://|--index|--find-links|file:|/home|/root).*", LOCK) == []


def test_the_lock_holds_everything_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    names = {re.split(r"[<>=\[; ]", line)[0].lower().replace("_", "-") for line in asked}
    assert names - pins().keys() == set()


def test_qt_is_not_the_one_that_loses_references() -> None:
    assert tuple(map(int, pins()["pyside6-essentials"].split(".")))[:2] < (6, 12)


def test_qt_survives_many_signals_and_calls() -> None:
    """PySide6 6.12.0 on Python 3.11 aborts the process after about 600 signals."""
    many = """
        from PySide6.QtCore import QObject, Signal
        from PySide6.QtWidgets import QApplication, QLabel

        class Bell(QObject):
            rung = Signal(object)

        app, bell, heard = QApplication(["-platform", "offscreen"]), Bell(), []
        bell.rung.connect(heard.append)
        for number in range(1_000):
            bell.rung.emit(number)
        label = QLabel()
        for number in range(20_000):
            label.setText(str(number))
        assert len(heard) == 1_000 and label.text() == "19999"
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(many)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_ci_does_what_a_newcomer_does_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[1] == "set -e"
    assert [line for line in lines if "dev.py" in line] == ['exec "$python" dev.py test "$@"']
    assert not re.search(r"pip|apt|export|\|\| true", "\n".join(lines))
    if sys.platform != "win32":
        assert script.stat().st_mode & stat.S_IXUSR


def test_a_kept_environment_is_recognised(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "set-up.json")
    assert dev.kept_stamp() == {}
    dev.STAMP.write_text('{"lock": "half', encoding="utf-8")
    assert dev.kept_stamp() == {}
    dev.STAMP.write_text('{"lock": "whole"}', encoding="utf-8")
    assert dev.kept_stamp() == {}, "the python of .venv is gone"
    python = Path(dev.venv_program("python"))
    python.parent.mkdir()
    python.touch()
    assert dev.kept_stamp() == {"lock": "whole"}


def test_a_changed_lock_asks_for_a_new_environment(dev: ModuleType) -> None:
    before = dev.environment_stamp(b"one==1", b"project")
    assert before == dev.environment_stamp(b"one==1", b"project")
    after = dev.environment_stamp(b"one==2", b"project")
    assert {name for name in before if before[name] != after[name]} == {"lock"}


def missing(dev: ModuleType, package: str, *, needed: bool) -> object:
    return dev.Need(package, lambda: False, needed=needed)


def test_what_cannot_be_installed_is_named_with_its_command(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    wanted = "apt-get update && apt-get install -y --no-install-recommends"
    with pytest.raises(dev.SetUpError, match=f"sudo sh -c '{wanted} libegl1'"):
        dev.prepare_system([missing(dev, "libegl1", needed=True)], all_needed=False)
    with pytest.raises(dev.SetUpError, match="fonts-noto-cjk"):
        dev.prepare_system([missing(dev, "fonts-noto-cjk", needed=False)], all_needed=True)
    dev.prepare_system([missing(dev, "fonts-noto-cjk", needed=False)], all_needed=False)
    assert f"{wanted} fonts-noto-cjk" in capsys.readouterr().out


def test_what_is_there_is_left_alone(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setattr(dev, "apt_install", lambda packages: pytest.fail(str(packages)))
    dev.prepare_system([dev.Need("python3", lambda: True)], all_needed=True)


def test_help_names_every_verb(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 2
    told = capsys.readouterr().out
    wanted = ["run", "test", "check", "bench", "soak", "shots", "build"]
    assert [verb for verb in wanted if f"  {verb} " in told] == wanted


def test_the_rest_of_the_line_reaches_the_program(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[list[str]] = []
    monkeypatch.setitem(dev.VERBS, "run", lambda rest: heard.append(rest) or 0)
    assert dev.main(["run", "--demo", "somewhere", "-v"]) == 0
    assert heard == [["--demo", "somewhere", "-v"]]


def test_tests_run_on_all_cores_unless_the_line_says_otherwise(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[list[str]] = []
    monkeypatch.setattr(dev, "prepare", lambda *_, **__: None)
    monkeypatch.setattr(dev, "check", lambda _: 0)
    monkeypatch.setattr(dev, "call", lambda command: lines.append(list(command)) or 0)
    assert dev.main(["test", "tests/store", "-k", "x", "-n", "0"]) == 0
    (line,) = lines
    assert line[1:3] == ["-m", "pytest"]
    # Of options that are given twice pytest takes the last.
    assert line[3:] == [*dev.SPREAD, "tests/store", "-k", "x", "-n", "0"]


@pytest.mark.parametrize(("checked", "tested"), [(1, 0), (0, 1), (1, 1), (0, 0)])
def test_neither_a_check_nor_a_test_that_fails_is_forgotten(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, checked: int, tested: int
) -> None:
    monkeypatch.setattr(dev, "prepare", lambda *_, **__: None)
    monkeypatch.setattr(dev, "check", lambda _: checked)
    monkeypatch.setattr(dev, "call", lambda _: tested)
    assert dev.main(["test"]) == max(checked, tested)


@pytest.fixture
def few_tests(tmp_path: Path) -> Path:
    """Tests that tell in which process they ran."""
    (tmp_path / "test_few.py").write_text(
        textwrap.dedent(
            """
            import os, pathlib, time, pytest

            @pytest.mark.parametrize("number", range(4))
            def test_one(number):
                pathlib.Path(f"{number}.pid").write_text(str(os.getpid()))
                time.sleep(0.2)

            def test_other():
                assert not pathlib.Path("fail").exists()
            """
        ),
        encoding="utf-8",
    )
    return tmp_path


def pytest_in(dev: ModuleType, folder: Path, *rest: str) -> subprocess.CompletedProcess[str]:
    # Neither what this very run was told nor which worker it is may reach the inner one.
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *dev.SPREAD, *rest],
        cwd=folder,
        env={**kept, "PYTEST_XDIST_AUTO_NUM_WORKERS": "2"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_last_line_counts_the_tests_of_all_processes(dev: ModuleType, few_tests: Path) -> None:
    done = pytest_in(dev, few_tests)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\b5 passed\b", done.stdout.splitlines()[-1])
    assert len({file.read_text() for file in few_tests.glob("*.pid")}) == 2


def test_what_is_given_on_the_line_still_counts(dev: ModuleType, few_tests: Path) -> None:
    done = pytest_in(dev, few_tests, "-n", "0", "-k", "one")
    assert done.returncode == 0, done.stdout
    assert re.search(r"\b4 passed, 1 deselected\b", done.stdout.splitlines()[-1])
    assert len({file.read_text() for file in few_tests.glob("*.pid")}) == 1
    (few_tests / "fail").touch()
    done = pytest_in(dev, few_tests, "-k", "other")
    assert done.returncode == 1
    assert re.search(r"\b1 failed\b", done.stdout.splitlines()[-1])
