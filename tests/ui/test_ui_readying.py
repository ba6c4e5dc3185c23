"""While the password is typed the program gets ready, and no key is lost by it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, settle

from mediation_desk.store.register import Register
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.pages.workbench import WorkbenchPage
from mediation_desk.ui.window import DeskWindow

_ROOT = Path(__file__).resolve().parents[2]
# A process of its own, because in this one everything has long been loaded.
_UNLOCKING = """
import sys
from pathlib import Path
from mediation_desk.ui import app
application = app.make_application()
app.dress(application)
from mediation_desk.ui.window import DeskWindow
from mediation_desk.ui.pages.unlock import UnlockPage
window = DeskWindow(Path(sys.argv[1]))
window.show_start()
window.show()
page = window.findChild(UnlockPage)
before = set(sys.modules)
while not page.readying.ready:
    application.processEvents()
ready = set(sys.modules)
page.password.setText(sys.argv[2])
page.unlocked.connect(application.quit)
page.unlock()
application.exec()
application.processEvents()
print("loaded while typing", len(ready - before))
print("loaded after Enter", sorted(set(sys.modules) - ready))
window.put_away()
"""


def _page(window: DeskWindow) -> UnlockPage:
    page = window.findChild(UnlockPage)
    assert isinstance(page, UnlockPage)
    return page


def test_nothing_is_left_to_load_after_enter(village: Register, tmp_path: Path) -> None:
    village.close()
    done = subprocess.run(
        [sys.executable, "-c", _UNLOCKING, str(tmp_path / "village"), PASSWORD],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert not done.returncode, done.stderr
    first, second = done.stdout.splitlines()
    assert int(first.rpartition(" ")[2]) > 50
    assert second == "loaded after Enter []"


def test_keys_typed_while_it_gets_ready_all_arrive(
    village: Register, tmp_path: Path, qtbot: QtBot, open_window: Callable[..., DeskWindow]
) -> None:
    village.close()
    page = _page(open_window(folder=tmp_path / "village"))
    assert not page.readying.ready
    typed = "".join(str(place % 10) for place in range(40))
    for key in typed:
        # Between two keys there is time for a step or two.
        qtbot.keyClicks(page.password, key, delay=3)
    assert page.password.text() == typed
    qtbot.waitUntil(lambda: page.readying.ready)


def test_it_goes_on_getting_ready_after_a_wrong_password(
    village: Register, tmp_path: Path, qtbot: QtBot, open_window: Callable[..., DeskWindow]
) -> None:
    village.close()
    window = open_window(folder=tmp_path / "village")
    page = _page(window)
    page.password.setText("不对的密码")
    page.unlock()
    assert not page.readying.ready
    qtbot.waitUntil(page.told.isVisible)
    qtbot.waitUntil(lambda: page.readying.ready)
    page.password.setText(PASSWORD)
    page.unlock()
    settle(qtbot, window)
    assert window.findChild(WorkbenchPage) is not None
