"""The office's reporting: what came in, what has to be decided, what goes back, who is set up."""

from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.enrolment_view import EnrolmentView
from mediation_desk.ui.pages.inbox_columns import months
from mediation_desk.ui.pages.inbox_view import InboxView
from mediation_desk.ui.pages.reporting import ReportingPage
from mediation_desk.ui.pages.returns_view import ReturnsView
from mediation_desk.ui.widgets import button
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

INBOX, QUESTIONS, RETURNS, ENROLMENT, ALLOWANCE, FILES = range(6)
_VERBS = {
    "inbox": INBOX,
    "questions": QUESTIONS,
    "returns": RETURNS,
    "enrolment": ENROLMENT,
    "allowance": ALLOWANCE,
    "files": FILES,
}


class ReceivingPage(ReportingPage):
    """The reporting of the office."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.inbox = InboxView(workplace, self.notice)
        self.returns = ReturnsView(workplace, self.notice)
        self.enrolment = EnrolmentView(workplace, self.notice)
        self.merged = button(tr("合并报表 (&M)"), self._go_to_figures)
        views = (
            (tr("收件"), self.inbox),
            (tr("待核对"), self.questions),
            (tr("回件"), self.returns),
            (tr("开户"), self.enrolment),
            (tr("以案定补"), self.allowance),
            (tr("卷宗"), self.files),
        )
        self._offer(views, _VERBS, [self.merged])
        self.inbox.turned.connect(self.questions.refresh)
        for view in (self.inbox, self.returns, self.enrolment):
            view.going.connect(self.going)

    def _go_to_figures(self) -> None:
        """Go to the statistic of the month that was last due."""
        self.going.emit(Go("statistics", "period", what=months(today())[-2]))
