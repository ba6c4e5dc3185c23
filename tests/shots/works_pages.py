"""The ledgers: lists, cards, forms that are written in, histories, and what is asked there."""

from dataclasses import replace

from camera import Camera
from filling import fill

from mediation_desk.desk import ledger_history, ledgers
from mediation_desk.desk.clock import today
from mediation_desk.domain import aiding
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.works_card import HISTORY, STATE, VOID
from mediation_desk.ui.pages.works_kinds import ADVISER


def works_pages(camera: Camera, window, shell) -> None:
    """Every ledger of a village, and what is done with its records."""
    works = shell.turn_to("works")
    for number, kind in enumerate(ledgers.DAYS):
        works.browse.turn_to(kind)
        camera.take(window, f"40-works-{number}-{kind}")
        _card(camera, window, works.browse, f"40-works-{number}-{kind}-card")
        works.begin(kind)
        camera.take(window, f"41-works-{number}-{kind}-form")
        if kind == "screening":
            works.form.add_finding.click()
        fill(works.form)
        camera.take_through(window, works.form.view, f"41-works-{number}-{kind}-written")
        if kind == "screening":
            works.form._remove(works.form.findings[0].finding_id)
            camera.question(window, "42-remove-finding")
            works.arrive(Go("works", "publicity"))
            camera.question(window, "42-go-while-writing")
        works.form._throw_away()
        camera.wait(200)
    _looking(camera, window, works)
    _records(camera, window, works)


def _card(camera: Camera, window, browse, name: str) -> None:
    """The card of the chosen record, where it does not stand beside the list."""
    if browse._one_pane and browse.card.record is not None:
        browse._opened()
        camera.take(window, name)
        browse._back()


def _looking(camera: Camera, window, works) -> None:
    browse = works.browse
    browse.turn_to("consultation")
    browse.bar.which.show_value(ADVISER)
    browse.look_up()
    camera.take(window, "43-works-advisers")
    _card(camera, window, browse, "43-works-adviser")
    browse._not_read(DeskError("登记簿正被别的程序占用。请稍等片刻再试。"))
    camera.question(window, "43-works-not-read")
    browse.turn_to("publicity")
    browse.bar.search.setText("没有这样的活动")
    camera.wait(300)
    camera.take(window, "43-works-nothing-found")
    browse.bar.search.clear()
    camera.wait(300)
    text = '{"typed":{"a":{"topic":"雨季排水与相邻关系"}},"began":{},"base":{}}'
    gone = Draft("lost", "publicity", "gone", "修改普法 · 排水", "", text, f"{today()}T10:00:00")
    works.take_up(gone)
    camera.question(window, "43-works-draft-gone")


def _records(camera: Camera, window, works) -> None:
    register = window._register
    publicity = ledgers.entries(register, "publicity", year(today().year))[0]
    changed = replace(publicity, audience=publicity.audience + 12)
    ledgers.keep(register, (publicity,), (changed,), register.person, "补报人数", today())
    works.browse.show_record(register.get("publicity", publicity.id))
    works.act(HISTORY)
    camera.take(window, "44-works-history")
    history = works.form
    versions = ledger_history.history(register, publicity)
    earlier = next(one for one in versions if not one.latest)
    history._ask(earlier)
    camera.question(window, "44-works-restore")
    history._refused(DeskError("这条记录已经不在登记簿里，不能恢复。请重新打开列表核对。"))
    camera.question(window, "44-works-not-restored")
    works.close_form()
    works.act(VOID)
    fill(works.form)
    camera.take(window, "44-works-void")
    works.close_form()
    aid = next(one for one in _aids(register) if aiding.next_states(one))
    works.browse.show_record(aid)
    camera.take(window, "45-legal-aid")
    works.act(STATE + aiding.next_states(aid)[0].value)
    camera.take(window, "45-legal-aid-step")
    works.form._throw_away()
    camera.wait(200)


def _aids(register) -> list:
    this = today().year
    return [
        aid
        for past in range(3)
        for aid in ledgers.entries(register, "legal_aid", year(this - past))
    ]
