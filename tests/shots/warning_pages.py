"""The register of warnings, the four forms about a warning, and its settings."""

from camera import Camera

from mediation_desk.desk.warning_register import Ask
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.warning_codes import NoticeState


def warnings_at_the_office(camera: Camera, window, shell) -> None:
    """Everything about early warning at an office that has received its villages' packages."""
    works = shell.turn_to("works")
    works.browse.turn_to_warnings()
    camera.take(window, "59-warnings")
    view = works.browse.warnings
    view.waiting.show_value(False)
    view._narrow()
    camera.take(window, "59-warnings-all")
    rows = view.rows.all_shown()
    asked = next(row for row in rows if row.ask is Ask.VERIFY)
    if view._one_pane:
        view._opened(None)
        camera.take(window, "59-warning-card")
        view._back()
    view._offer_out()
    camera.take(window, "59-warnings-out")
    view.out.hide()
    view.rule.show_value(asked.rule)
    view.level.show_value(RiskLevel.RED)
    view._narrow()
    camera.take(window, "59-warnings-nothing-found")
    _forms(camera, window, shell, asked)
    shell.turn_to("settings").part("warnings")
    camera.take_page(window, "59-warnings-settings")


def _forms(camera: Camera, window, shell, asked) -> None:
    disputes = shell.turn_to("disputes")
    disputes.browse.show_case(asked.line.dispute.id)
    camera.take(window, "59-warning-on-the-card")
    rule = asked.rule.value
    for name in (f"warning:{rule}", "report", f"disposal:{rule}", f"instruction:{rule}"):
        disputes.step(name)
        form = disputes.form
        camera.take_page(window, f"59-{name.partition(':')[0]}-form")
        if name.startswith("warning"):
            form.form.boxes["level"].show_value(RiskLevel.RED)
            form._levelled()
            camera.take_page(window, "59-warning-form-red")
            form.form.boxes["state"].show_value(NoticeState.REJECTED)
            form._arrange()
            form.save()
            camera.take_page(window, "59-warning-form-unfounded")
        form._throw_away()
        camera.wait(200)
    disputes.browse._back()
