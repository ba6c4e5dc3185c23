"""The list of disputes with all that opens above it, and what the card beside it can turn to."""

from pathlib import Path

from camera import Camera
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from mediation_desk.desk import recording, saved_finds
from mediation_desk.domain.codes import CaseStatus, RiskLevel
from mediation_desk.domain.finding import Order, Span, Wanted
from mediation_desk.store import listing
from mediation_desk.ui import messages
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.concealed import Concealed
from mediation_desk.ui.pages.paper_window import PaperWindow

_MOST = 3


def list_pages(camera: Camera, home: Path, window, shell) -> None:
    """Filters, taking the list away, the menus and the card of a village."""
    disputes = shell.turn_to("disputes")
    browse, register = disputes.browse, window._register
    _filters(camera, window, browse, register)
    _out(camera, home, window, browse)
    _banners(camera, window, browse)
    _card(camera, window, browse, register)


def _filters(camera: Camera, window, browse, register) -> None:
    asked = Wanted(type="02", span=Span.YEAR, order=Order.NAME)
    saved_finds.keep_find(register, "今年邻里纠纷", asked)
    saved_finds.keep_find(register, "高风险没办完的", Wanted(level=RiskLevel.RED))
    browse.show_wanted(asked)
    browse.bar.turn.setChecked(True)
    camera.take(window, "15-filters")
    saved = browse.bar._more.parts[-1]
    _pop(camera, window, saved.menu(), saved, "15-filters-saved")
    browse.bar._ask_name()
    browse.bar._naming.name.editor.typed.setText("今年的邻里纠纷")
    camera.take(window, "15-filters-naming")
    browse.bar._naming.keep.click()
    camera.take(window, "15-filters-named")
    browse.bar._notice.hide()
    browse.bar.turn.setChecked(False)
    browse.show_all()


def _out(camera: Camera, home: Path, window, browse) -> None:
    browse._offer_out()
    camera.take(window, "15-out")
    browse.bar._out_line.masked.setChecked(False)
    browse.bar._out_line.export.click()
    camera.take(window, "15-out-in-full")
    browse.bar._out_line.masked.setChecked(True)
    messages.choose_target = lambda *_: home / "人民调解纠纷清单.xlsx"
    browse.bar._out_line.export.click()
    camera.take(window, "15-out-done")
    messages.choose_target = lambda *_: home / "no such folder" / "清单.xlsx"
    browse._offer_out()
    browse.bar._out_line.export.click()
    camera.take(window, "15-out-failed")
    browse.bar._notice.hide()


def _banners(camera: Camera, window, browse) -> None:
    browse.bar.show_wanted(Wanted(status=CaseStatus.CLOSED, order=Order.NAME))
    # A village with thousands of disputes would take minutes to make.
    most, listing.SORTED_AMONG = listing.SORTED_AMONG, _MOST
    browse.look_up()
    camera.take(window, "15-cut")
    listing.SORTED_AMONG = most
    browse.show_all()
    shown = browse.rows.all_shown()[:_MOST]
    browse.show_behind(Behind("本月新收 · 邻里纠纷", lambda: shown))
    camera.take(window, "15-behind")
    browse.show_behind(Behind("本月逾期", lambda: ()))
    camera.take(window, "15-behind-nothing")
    browse.show_all()


def _card(camera: Camera, window, browse, register) -> None:
    lines = browse.rows.all_shown()
    under_way = next(line for line in lines if line.dispute.outcome is None)
    browse.show_case(under_way.dispute.id)
    browse.card.tabs.setCurrentIndex(2)
    for number in browse.card.findChildren(Concealed):
        number.reveal()
    camera.take(window, "12-parties-in-full")
    browse.card.show_inspection()
    camera.take(window, "12-inspection")
    browse.card.show_papers()
    camera.take(window, "12-papers")
    papers = browse.card.show_papers()
    papers.show_whole()
    shown = papers.findChild(PaperWindow)
    camera.settle(window)
    camera.wait()
    camera.settle(window)
    camera.take_over(window, shown, "12-whole-file")
    shown.close()
    browse.card.tabs.setCurrentIndex(0)
    menu = browse.card.steps.menu
    _pop(camera, window, menu, browse.card._bar, "12-menu")
    further = next(action.menu() for action in menu.actions() if action.menu() is not None)
    _pop(camera, window, further, browse.card._bar, "12-menu-further")
    case = register.case(under_way.dispute.id)
    recording.void_case(register, case, register.person, "同一件纠纷登记了两次")
    browse.refresh()
    browse.show_case(case.dispute.id)
    camera.take(window, "12-void")
    browse._back()


def _pop(camera: Camera, window, menu: QMenu, below, name: str) -> None:
    """A menu as it stands open over the window."""
    menu.aboutToShow.emit()
    corner = QPoint(below.width() - menu.sizeHint().width(), below.height())
    menu.popup(below.mapToGlobal(corner))
    camera.take_over(window, menu, name)
    menu.close()
