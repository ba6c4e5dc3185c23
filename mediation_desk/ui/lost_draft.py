"""What becomes of a draft whose record is gone: its words can be copied, and it can be dropped."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


def show_lost(
    page: QWidget, workplace: Workplace, draft: Draft, dropped: Callable[[object], None]
) -> None:
    """Show the words of `draft`, so that they can be copied; `dropped` follows its end."""
    # What was typed is loaded with the forms.
    from mediation_desk.ui.drafting import texts  # noqa: PLC0415

    gone = tr("“{title}”所写的记录已经作废或不在登记簿里，这份草稿不能接着写。")
    typed = texts(draft.typed)
    said = tr("草稿里写的是：") + "\n" + typed if typed else tr("草稿里没有写字。")
    drop = partial(_drop, page, workplace, draft.id, dropped)
    acts = ((tr("先留着"), None), (tr("丢弃草稿"), drop))
    messages.ask_which(page, gone.format(title=draft.title), said, acts)


def _drop(
    page: QWidget,
    workplace: Workplace,
    draft_id: str,
    dropped: Callable[[object], None],
    _checked: object = None,
) -> None:
    workplace.jobs.run_beside(
        partial(workplace.register.drop_draft, draft_id),
        owner=page,
        done=dropped,
        failed=partial(draft_stays, page),
    )


def draft_stays(page: QWidget, error: DeskError) -> None:
    """Say why a draft could not be dropped."""
    messages.fail(page, tr("草稿没有丢弃。"), str(error))
