"""What the window says to who only reads, before a form is opened that could not be saved."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


def may_write(parent: QWidget, workplace: Workplace) -> bool:
    """Whether who sits here may write; if not, it is said why."""
    try:
        workplace.register.refuse_reader()
    except DeskError as error:
        # Said to few people.
        from mediation_desk.ui import messages  # noqa: PLC0415

        messages.fail(parent, tr("现在是只读。"), str(error))
        return False
    return True
