"""Who sits at an open register: somebody who works with it, or who only reads."""

from mediation_desk.store.connection import NotAllowed
from mediation_desk.words import tr


class OnlyReads(NotAllowed):
    """Who sits at the desk may look at everything and write nothing."""


class Seated:
    """The part of a register that knows whether the one at the desk may write."""

    # The name of who sits at the desk, if only to read; all doors for writing are closed then.
    reader = ""

    def refuse_reader(self) -> None:
        """Raises `OnlyReads` if who sits at the desk may not write."""
        if self.reader:
            happened = tr("{name}是只读人员，只能查看，不能改动、导出。")
            mend = tr("要办理，请点右上角的姓名换人。")
            raise OnlyReads(happened.format(name=self.reader) + mend)
