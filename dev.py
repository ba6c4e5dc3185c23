"""Set up, run and test Mediation Desk from a clone: `python dev.py` says how."""

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)
# Before anything that an older Python could not read.
if sys.version_info < OLDEST:
    sys.exit("dev: Python 3.11 or newer is needed; this one is " + sys.version.split()[0])

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
LOCK = ROOT / "requirements.lock"
# Somebody may work with .venv activated; it must still be able to be made anew.
BASE_PYTHON: str = getattr(sys, "_base_executable", sys.executable)
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")

# The tests' window is drawn on a virtual screen big enough for 1366 x 768 at 150 percent and more.
SCREEN = "-screen 0 2880x1800x24"
# Pages are looked at on the smallest screen, because menus and lists find their room on it.
SMALL_SCREEN = "-screen 0 1366x768x24"

# A process of tests for each core, and who is done first takes over from the others. What is typed
# later wins, so `-n 0` brings all tests back into one process; with `--pdb` that happens by itself.
SPREAD = ("-n", "auto", "--dist", "worksteal")
# What would lead to another Python, and what forbids it to keep what it has compiled: the tests
# start the program some thousand times, and each time it would be compiled anew, for a second.
UNWANTED = {"PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}
# What is run at full counts: the long runs, and the properties that stand among the tests.
SOAKED = (
    "tests/soak",
    "tests/soak/soaked_archive_page.py",
    "tests/soak/soaked_full_disk.py",
    "tests/exchange/defects/test_defects_conservation.py",
)


class SetUpError(Exception):
    """What keeps this machine from going on, in words for the person at it."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something of the system that a verb needs: how it is found and its Debian package."""

    package: str
    found: Callable[[], bool]
    needed: bool = True


def library(soname: str) -> Callable[[], bool]:
    """A test of whether the shared library `soname` can be loaded."""

    def found() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return found


def tool(*names: str) -> Callable[[], bool]:
    """A test of whether one of the programs `names` is on the path."""
    return lambda: any(shutil.which(name) for name in names)


def chinese_font() -> bool:
    """Whether a font with Chinese characters is installed; without one all Chinese is boxes."""
    if shutil.which("fc-list"):
        told = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
        return bool(told.stdout.strip())
    # A bare machine has no fontconfig tool yet; then the names of the files must do.
    known = ("cjk", "wqy", "uming", "ukai", "simsun", "simhei", "msyh", "sourcehan", "fallback")
    folders = [Path(folder, "fonts") for folder in ("/usr/share", "/usr/local/share")]
    folders += [Path.home() / ".fonts", Path.home() / ".local" / "share" / "fonts"]
    files = (file.name.lower() for folder in folders for file in folder.rglob("*.[to]t[fc]"))
    return any(name in file for file in files for name in known)


def of_the_suite(name: str) -> Callable[[], bool]:
    """A test of whether LibreOffice has the part in this file; Debian packs its parts apart."""

    def found() -> bool:
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            return False
        beside = list(Path(program).resolve().parent.glob("lib*lo.so"))
        # Who else packs it packs it whole.
        return not beside or any(path.name == name for path in beside)

    return found


# Debian packs this part of Python apart.
VENV_MAKER = (Need(f"python3.{sys.version_info.minor}-venv", lambda: bool(find_spec("ensurepip"))),)
# The wheels of Qt bring everything but these; without any of them Qt does not import.
QT = (
    Need("libegl1", library("libEGL.so.1")),
    Need("libgl1", library("libGL.so.1")),
    Need("libglib2.0-0", library("libglib-2.0.so.0")),
    Need("libfontconfig1", library("libfontconfig.so.1")),
    Need("libdbus-1-3", library("libdbus-1.so.3")),
    Need("libxkbcommon0", library("libxkbcommon.so.0")),
)
# A window on an X11 screen needs these too; on Wayland it opens without them.
X11 = (
    Need("libxcb-cursor0", library("libxcb-cursor.so.0"), needed=False),
    Need("libxcb-icccm4", library("libxcb-icccm.so.4"), needed=False),
    Need("libxcb-image0", library("libxcb-image.so.0"), needed=False),
    Need("libxcb-keysyms1", library("libxcb-keysyms.so.1"), needed=False),
    Need("libxcb-render-util0", library("libxcb-render-util.so.0"), needed=False),
    Need("libxcb-shape0", library("libxcb-shape.so.0"), needed=False),
    Need("libxcb-xkb1", library("libxcb-xkb.so.1"), needed=False),
    Need("libxkbcommon-x11-0", library("libxkbcommon-x11.so.0"), needed=False),
)
FONT = (Need("fonts-noto-cjk", chinese_font, needed=False),)
# LibreOffice recalculates the formulas of our workbooks and counts the pages of our Word papers;
# poppler reads our PDF files.
READERS = (
    Need("libreoffice-calc", tool("soffice", "libreoffice")),
    Need("libreoffice-writer", of_the_suite("libswlo.so")),
    Need("poppler-utils", tool("pdftoppm")),
)
VIRTUAL_SCREEN = (Need("xvfb", tool("xvfb-run")), Need("xauth", tool("xauth")))
# One soak run types into the real window and kills it.
TYPING = (*X11, Need("xvfb", tool("Xvfb")), Need("xdotool", tool("xdotool")))

# A disk that fails is made by a small piece of C before the C library.
COMPILER = (Need("gcc", tool("cc", "gcc")),) if LINUX else ()

# The page of an archive is opened in a real browser.
BROWSER = (Need("chromium", tool("chromium", "google-chrome")),)


def say(text: str) -> None:
    """One line to the person at the machine, in order with what the tools print."""
    print(f"dev: {text}", flush=True)


def is_root() -> bool:
    """Whether system packages can be installed without asking."""
    return sys.platform != "win32" and os.geteuid() == 0


def apt_command(packages: Iterable[str]) -> list[str]:
    """The command that installs Debian `packages` and nothing they merely recommend."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian `packages`, or raise SetUpError with the command to type."""
    command = apt_command(packages)
    typed = "apt-get update && " + " ".join(command)
    if not shutil.which("apt-get"):
        raise SetUpError(f"please install what Debian calls: {' '.join(packages)}")
    if not is_root():
        raise SetUpError(f"please run: sudo sh -c '{typed}'")
    say(f"installing {' '.join(packages)}")
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(
            [*step, "-qq"], env=silent, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SetUpError(f"this command failed: {typed}\n{done.stderr.strip()}")


def prepare_system(needs: Iterable[Need], *, all_needed: bool) -> None:
    """Install what is missing of `needs`; go on without what the verb can do without."""
    missing = [need for need in needs if not need.found()] if LINUX else []
    if not missing:
        return
    try:
        apt_install([need.package for need in missing])
    except SetUpError as problem:
        if all_needed or any(need.needed for need in missing):
            raise
        say(f"going on without {', '.join(need.package for need in missing)}; {problem}")


def venv_program(name: str) -> str:
    """The path of the program `name` inside .venv."""
    return str(VENV / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name))


def environment_stamp(lock: bytes, project: bytes) -> dict[str, str]:
    """What .venv was made from; where it differs from the stamp kept there, .venv is made anew."""
    return {
        "lock": hashlib.sha256(lock).hexdigest(),
        "python": sys.version,
        "folder": str(ROOT),
        "project": hashlib.sha256(project).hexdigest(),
    }


def kept_stamp() -> dict[str, str]:
    """The stamp of the .venv that is there; empty if there is none or it was left half made."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and Path(venv_program("python")).exists() else {}


def pip_install(*what: str) -> None:
    """Install `what` into .venv; pip is kept quiet because it prints addresses of indexes."""
    command = [venv_program("python"), "-m", "pip", "--disable-pip-version-check", "install"]
    if call([*command, "-qq", "--no-deps", *what]):
        raise SetUpError("pip could not install what the program needs; its reason stands above")


def make_venv() -> None:
    """Make .venv anew with exactly the packages of requirements.lock."""
    say("setting up .venv (the first time this downloads about 150 MB)")
    if call([BASE_PYTHON, "-m", "venv", "--clear", str(VENV)]):
        raise SetUpError("python could not make .venv; its reason stands above")
    pip_install("--require-hashes", "-r", str(LOCK))


def prepare(*needs: Need, all_needed: bool = False) -> None:
    """Bring the system's packages and .venv in line with the project, or leave them when they are.

    Tests can do without nothing (`all_needed`): a test that is skipped unseen proves nothing.
    """
    wanted = environment_stamp(LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes())
    kept = kept_stamp()
    anew = any(kept.get(name) != wanted[name] for name in ("lock", "python", "folder"))
    prepare_system((*VENV_MAKER, *needs) if anew else needs, all_needed=all_needed)
    if kept == wanted:
        return
    if anew:
        make_venv()
    STAMP.unlink(missing_ok=True)
    pip_install("--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def child_env(**more: str) -> dict[str, str]:
    """The environment for programs of .venv: its folder first on the path, no other Python's."""
    kept = {name: text for name, text in os.environ.items() if name not in UNWANTED}
    path = os.pathsep.join([str(Path(venv_program("python")).parent), kept.get("PATH", "")])
    return {**kept, "PATH": path, "VIRTUAL_ENV": str(VENV), **more}


def call(command: Sequence[str], *, here: bool = True, env: Mapping[str, str] | None = None) -> int:
    """Run `command` to its end and answer its exit code; `here` means in the project's folder."""
    folder = ROOT if here else None
    return subprocess.run(command, cwd=folder, env=env or child_env(), check=False).returncode


def run(rest: list[str]) -> int:
    """Open the program, with the rest of the line as its arguments."""
    prepare(*QT, *X11, *FONT)
    # Registers and workbooks are named from where the user stands, not from the clone.
    return call([venv_program("python"), "-m", "mediation_desk", *rest], here=False)


def check(rest: list[str]) -> int:
    """Format, lint, types and layers; everything is checked even if one of them fails."""
    prepare()
    python = venv_program("python")
    steps = {
        "ruff format": [python, "-m", "ruff", "format", "--check", *rest],
        "ruff check": [python, "-m", "ruff", "check", *rest],
        "mypy": [python, "-m", "mypy", "--strict", *rest],
        "lint-imports": [venv_program("lint-imports"), "--no-logo"],
    }
    failed = []
    for name, command in steps.items():
        say(name)
        if call(command):
            failed.append(name)
    say(f"not in order: {', '.join(failed)}" if failed else "all checks in order")
    return 1 if failed else 0


def test(rest: list[str]) -> int:
    """All checks, and beside them pytest with the rest of the line as its arguments."""
    prepare(*QT, *FONT, *READERS, *TYPING, *COMPILER, all_needed=True)
    with ThreadPoolExecutor(1) as beside:
        # Of them only one keeps a processor busy for long, and that for a minute.
        checked = beside.submit(check, [])
        say("pytest")
        tested = call([venv_program("python"), "-m", "pytest", *SPREAD, *rest])
    if checked.result():
        say("the checks are not in order; what they said stands above, among pytest's dots")
    return tested or checked.result()


def bench(rest: list[str]) -> int:
    """Measurements, each as a ratio to its floor in the same run."""
    prepare(*QT, *FONT, *READERS, all_needed=True)
    return call([venv_program("python"), "tests/bench", *rest])


def soak(rest: list[str]) -> int:
    """Kills, fuzz and simulations at full counts; `test` runs a small slice of each."""
    prepare(*QT, *FONT, *READERS, *TYPING, *COMPILER, *BROWSER, all_needed=True)
    # Most take longer than what is given to a test that hangs, and asking where it is may end it.
    patient = ["-o", "faulthandler_timeout=0"]
    command = [venv_program("python"), "-m", "pytest", *SOAKED, "-m", "", *patient, *rest]
    return call(command, env=child_env(MEDIATION_DESK_SOAK="full"))


def shots(rest: list[str]) -> int:
    """A picture of every page under build/shots."""
    prepare(*QT, *X11, *FONT, *VIRTUAL_SCREEN, all_needed=True)
    command = [venv_program("python"), "tests/shots", *rest]
    if not LINUX:
        return call(command)
    on_screen = ["xvfb-run", "-a", "-s", SMALL_SCREEN, *command]
    return call(on_screen, env=child_env(QT_QPA_PLATFORM="xcb"))


def build(rest: list[str]) -> int:
    """The program packed under build/dist, and its own self-test."""
    # All of X11 must be there: PyInstaller only warns about a library it cannot find.
    prepare(*QT, *X11, *FONT, Need("binutils", tool("objdump")), all_needed=True)
    folders = ["--distpath", "build/dist", "--workpath", "build/parts"]
    command = [venv_program("python"), "-m", "PyInstaller", "--noconfirm", *folders, *rest]
    if call([*command, "build.spec"]):
        return 1
    program = ROOT / "build" / "dist" / "mediation-desk"
    console = program / ("mediation-desk.exe" if WINDOWS else "mediation-desk")
    return call([str(console), "self-test"], env=child_env(QT_QPA_PLATFORM="offscreen"))


VERBS: dict[str, Callable[[list[str]], int]] = {
    verb.__name__: verb for verb in (run, test, check, bench, soak, shots, build)
}


def main(line: Sequence[str]) -> int:
    """Do the verb that `line` names and answer its exit code."""
    verbs = "\n".join(f"  {name:6} {verb.__doc__}" for name, verb in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=f"{__doc__}\n\n{verbs}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=VERBS, metavar="verb")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to the verb")
    if not line:
        parser.print_help()
        return 2
    asked = parser.parse_args(line)
    try:
        return VERBS[asked.verb](asked.rest)
    except SetUpError as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
