"""Setting up, unlocking, and choosing where to practise."""

from pathlib import Path

from camera import Camera


def first_pages(camera: Camera, home: Path, village: Path) -> None:
    """The pages before a register is open."""
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
        page.practice_wanted.emit()
        camera.take(window, "04-practice-choice")
