"""A picture of every page, at 1366×768 pixels with 100 and 150 % scaling, under build/shots.

Run by `python dev.py shots`. Each scaling needs a process of its own, because Qt reads it once.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "shots"
PIXELS = (1366, 768)
SCALES = ("1", "1.25", "1.5")
_MARK = "MEDIATION_DESK_SHOTS"

sys.path[:0] = [str(ROOT)]


class Camera:
    """Shows a window in one scaling and takes its pictures."""

    def __init__(self, scale: float, out: Path) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - after the scaling is set

        from mediation_desk.ui import app  # noqa: PLC0415

        self._application = QApplication(sys.argv[:1])
        app.dress(self._application)
        self._scale = scale
        self._out = out
        self.taken = 0

    def wait(self, milliseconds: int = 150) -> None:
        from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    @contextmanager
    def window(self, folder: Path) -> Iterator:
        from mediation_desk.ui.window import DeskWindow  # noqa: PLC0415

        made = DeskWindow(folder)
        made.resize(*(int(side / self._scale) for side in PIXELS))
        made.show()
        yield made
        self.settle(made)
        made.put_away()
        made.close()
        made.deleteLater()
        self.wait()

    def settle(self, window) -> None:
        while window.jobs.running:
            self.wait(20)

    def take(self, window, name: str) -> None:
        self.settle(window)
        self.wait()
        picture = window.grab()
        for side, wanted in zip(picture.size().toTuple(), PIXELS, strict=True):
            # A page that needs more than the screen has would make the window larger.
            assert wanted - 2 <= side <= wanted, (name, picture.size())
        assert picture.save(str(self._out / f"{name}.png"))
        self.taken += 1


def _first_pages(camera: Camera, home: Path, village: Path) -> None:
    with camera.window(home / "none") as window:
        window.show_start()
        camera.take(window, "01-first-start")
        page = window.centralWidget().currentWidget()
        page.office.click()
        page.fields["password"].editor.typed.setText("123456")
        page.fields["password"].changed.emit()
        page.found()
        camera.take(window, "02-first-start-wrong")
    with camera.window(village) as window:
        window.show_start()
        page = window.centralWidget().currentWidget()
        page.password.setText("1234")
        page.unlock()
        camera.take(window, "03-unlock-wrong")


def _village_pages(camera: Camera, home: Path, village: Path, password: str) -> None:
    from mediation_desk.store.opening import open_register  # noqa: PLC0415
    from mediation_desk.ui import messages  # noqa: PLC0415

    with camera.window(village) as window:
        window.open_desk(open_register(village, password))
        shell = window.centralWidget().currentWidget()
        disputes = shell.turn_to("disputes")
        camera.take(window, "10-village-disputes")
        browse = disputes.browse
        row = next(
            number
            for number, line in enumerate(browse.rows.all_shown())
            if line.dispute.outcome is not None
        )
        browse.table.selectRow(row)
        browse._opened(row)
        for number, name in enumerate(("course", "particulars", "parties", "agreement")):
            browse.card.tabs.setCurrentIndex(number)
            camera.take(window, f"11-village-{name}")
        browse._back()
        disputes.register()
        camera.take(window, "12-village-register")
        disputes.form.parties[0].form.boxes["id_number"].editor.typed.setText("990001196208170000")
        disputes.form.dispute.boxes["claim_fen"].editor.typed.setText("约五千")
        disputes.form.save()
        camera.take(window, "13-village-register-wrong")
        disputes.close_form()
        browse.table.selectRow(row)
        for step in ("visit", "edit", "reopen"):
            disputes.step(step)
            camera.take(window, f"14-village-{step}")
            disputes.close_form()
        browse.search.setText("纠")
        camera.wait(300)
        browse.search.setText("没有这样的纠纷")
        camera.wait(300)
        camera.take(window, "15-village-nothing-found")
        shell.turn_to("statistics")
        camera.take(window, "16-village-statistics")
        sending = shell.turn_to("sending")
        camera.take(window, "17-village-sending")
        messages.choose_folder = lambda *_: home
        sending.choose_and_send()
        camera.take(window, "18-village-sent")


def _office_pages(camera: Camera, demo: Path, password: str) -> None:
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415

    from mediation_desk.desk.demonstration import WORKBOOKS, office_of  # noqa: PLC0415
    from mediation_desk.store.opening import open_register  # noqa: PLC0415

    office = office_of(demo)
    broken = demo / WORKBOOKS / "回龙场村10月(1).xlsx"
    broken.write_bytes(next((demo / WORKBOOKS).glob("回龙场村*.xlsx")).read_bytes()[:9000])
    with camera.window(office) as window:
        window._demo = True
        window.open_desk(open_register(office, password))
        shell = window.centralWidget().currentWidget()
        disputes = shell.turn_to("disputes")
        camera.take(window, "20-office-disputes")
        for step in ("session", "agree", "terminate", "transfer", "void"):
            disputes.step(step)
            if step == "agree":
                disputes.form.add_promise.click()
            camera.take(window, f"21-office-{step}")
            disputes.close_form()
        browse = disputes.browse
        theirs = next(
            number
            for number, line in enumerate(browse.rows.all_shown())
            if "双龙" not in line.number
        )
        browse.table.selectRow(theirs)
        browse._opened(theirs)
        camera.take(window, "22-office-read-only")
        browse._back()
        statistics = shell.turn_to("statistics")
        camera.take(window, "23-office-statistics")
        statistics.view.totals.horizontalScrollBar().setValue(1500)
        statistics.picker.kind.show_value(5)
        statistics.picker._kind_changed()
        camera.take(window, "24-office-statistics-right")
        statistics._number_opened(2)
        camera.take(window, "25-office-behind")
        inbox = shell.turn_to("sending")
        camera.take(window, "30-office-inbox-empty")
        inbox.look_at([demo / WORKBOOKS])
        camera.take(window, "31-office-inbox")
        inbox.show_file(next(entry for entry in inbox.files.seen if entry.problems))
        camera.take(window, "32-office-inbox-file")
        inbox.receive_all()
        camera.settle(window)
        inbox.tabs.setCurrentIndex(0)
        camera.take(window, "33-office-received")
        inbox.tabs.setCurrentIndex(2)
        camera.take(window, "34-office-history")
        inbox.undo_chosen()
        camera.wait()
        question = window.findChild(QMessageBox)
        assert question.grab().save(str(OUT / os.environ[_MARK] / "35-question.png"))
        question.close()


def _take_all(scale: str) -> None:
    from mediation_desk.desk.clock import today  # noqa: PLC0415
    from mediation_desk.desk.demonstration import PASSWORD, build  # noqa: PLC0415

    out = OUT / scale
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        os.environ["MEDIATION_DESK_HOME"] = str(home)
        demo = build(home / "demo", today())
        camera = Camera(float(scale), out)
        village = demo / "梨子园村"
        _first_pages(camera, home, village)
        _village_pages(camera, home, village, PASSWORD)
        _office_pages(camera, demo, PASSWORD)
    sys.stdout.write(f"{camera.taken} pictures at {float(scale):.0%} in {out}\n")


def main() -> int:
    if scale := os.environ.get(_MARK):
        _take_all(scale)
        return 0
    for scale in sys.argv[1:] or SCALES:
        env = {**os.environ, _MARK: scale, "QT_SCALE_FACTOR": scale}
        if code := subprocess.run([sys.executable, __file__], env=env, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
