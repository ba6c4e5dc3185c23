"""The tabs of a dispute's file: what each is called and what it shows.

The views are imported when one is shown: the list is painted before the file of its first dispute
is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.ui.widgets import Slot
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

COURSE, BASICS, PARTIES, AGREEMENT, LINKING, ATTACHMENTS, INSPECTION, PAPERS = range(8)
# What tabs say where all their words have no room.
SHORTER = {BASICS: tr("基本"), AGREEMENT: tr("协议")}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tabs show a file with.

    `wanted` is told what its owner wants done, `office` what an office wants done with any
    case; None for who may only read. `scans_changed` and `looked_through` say that something was
    written besides the forms.
    """

    case: CaseFile
    workplace: Workplace
    wanted: SignalInstance | None
    office: SignalInstance | None
    mediators: list[str]
    scans_changed: Callable[[object], None]
    looked_through: Slot


def _counted(label: str, count: int) -> str:
    return tr("{label} {count}").format(label=label, count=count) if count else label


def labels(case: CaseFile) -> tuple[str, ...]:
    """What the tabs are called for a file."""
    links = len(case.referrals) + len(case.risks) + len(case.preventions)
    links += len(case.warnings) + len(case.reports)
    return (
        tr("经过"),
        tr("基本情况"),
        _counted(tr("当事人"), len(case.parties)),
        tr("协议与履行"),
        _counted(tr("衔接"), links),
        _counted(tr("附件"), len(case.attachments)),
        tr("体检"),
        tr("卷宗"),
    )


def view_of(tab: int, shown: Shown) -> QWidget:
    """What a tab shows."""
    return _VIEWS[max(tab, COURSE)](shown)


def _course(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.course_view import course_view  # noqa: PLC0415

    return course_view(shown.case, shown.workplace, shown.wanted, shown.office)


def _basics(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.case_views import basics_view  # noqa: PLC0415

    return basics_view(shown.case, shown.workplace, shown.mediators, shown.wanted)


def _parties(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.case_views import parties_view  # noqa: PLC0415

    return parties_view(shown.case, shown.workplace)


def _agreement(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.agreement_view import agreement_view  # noqa: PLC0415

    limits = shown.workplace.register.limits
    return agreement_view(shown.case, limits, _of_live(shown))


def _linking(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.linking_view import linking_view  # noqa: PLC0415

    limits = shown.workplace.register.limits
    return linking_view(shown.case, limits, _of_live(shown))


def _of_live(shown: Shown) -> SignalInstance | None:
    """Who is told what is wanted of a dispute that is not void."""
    return None if shown.case.dispute.void_reason else shown.wanted


def _attachments(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.attachments_view import AttachmentsView  # noqa: PLC0415

    view = AttachmentsView(shown.workplace, shown.case, shown.wanted)
    view.changed.connect(shown.scans_changed)
    return view


def _inspection(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.inspection_view import InspectionView  # noqa: PLC0415

    view = InspectionView(shown.workplace, shown.case, _of_live(shown), shown.office)
    view.changed.connect(shown.looked_through)
    return view


def _papers(shown: Shown) -> QWidget:
    from mediation_desk.ui.pages.papers_view import PapersView  # noqa: PLC0415

    return PapersView(shown.workplace, shown.case)


_VIEWS: tuple[Callable[[Shown], QWidget], ...] = (
    _course,
    _basics,
    _parties,
    _agreement,
    _linking,
    _attachments,
    _inspection,
    _papers,
)
