"""The forms of the organisation and of the settings, written in, refused and kept."""

from camera import Camera
from filling import fill


def organisation_forms(camera: Camera, window, page, *, office: bool) -> None:
    """Units, mediators and advisers: to correct, to add, and what is wrong."""
    prefix = "59-office" if office else "60"
    if office:
        page.add_unit.click()
        fill(page.form)
        page.form.form.boxes["name"].put_back("石门槛村")
        page.form.form.boxes["code"].put_back("50023012420")
        page.form.save()
        camera.take(window, f"{prefix}-unit-wrong")
        page.form._throw_away()
        camera.wait(200)
        return
    page.card.correct.click()
    camera.take(window, f"{prefix}-unit")
    page.form._throw_away()
    camera.wait(200)
    page.card.add_mediator.click()
    fill(page.form)
    page.form.form.boxes["name"].put_back("向明贵")
    camera.take(window, f"{prefix}-mediator")
    page.form._throw_away()
    camera.wait(200)
    page._mediator(page.card.mediators.row(0))
    camera.wait()
    page.form.strike_button.click()
    camera.take(window, f"{prefix}-mediator-strike")
    page.form._throw_away()
    camera.wait(200)
    page._adviser(None)
    fill(page.form)
    page.form.form.boxes["name"].put_back("罗映")
    camera.take(window, f"{prefix}-adviser")
    page.form._throw_away()
    camera.wait(200)
    page.card.reveal.click()
    camera.take_page(window, f"{prefix}-phones")


def settings_pages(camera: Camera, window, shell) -> None:
    """Every part of the settings, and what is said of what was set."""
    settings = shell.turn_to("settings")
    for number in range(settings.tabs.count()):
        settings.tabs.setCurrentIndex(number)
        camera.take(window, f"61-settings-{number}")
    limits = settings.part("limits")
    box = next(box for box in limits.boxes.values() if isinstance(box.value(), int))
    before = box.value()
    box.editor.typed.setText("三十")
    limits.save()
    camera.take(window, "61-settings-wrong")
    box.put_back(str(before + 15))
    limits.save()
    camera.take(window, "61-settings-kept")
    types = settings.part("types")
    types.add()
    fill(types.form)
    camera.take(window, "61-settings-type-form")
    types.form.save()
    camera.settle(window)
    camera.take(window, "61-settings-types")
    numbering = settings.part("numbering")
    numbering.pattern.put_back("梨民调〔年份〕号")
    camera.take(window, "61-settings-numbering-wrong")
    numbering.touched = False
    numbering.refresh()
    settings.part("backup").button.click()
    camera.take(window, "61-settings-backed-up")
    shell.show_guide()
    camera.take(window, "62-guide")


def busy(camera: Camera, window, shell) -> None:
    """Who wants to leave while something is being done is asked to wait."""
    shell.turn_to("settings").part("backup").button.click()
    window.close()
    camera.question(window, "35-wait")
