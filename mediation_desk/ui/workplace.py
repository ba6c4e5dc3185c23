"""What every page works with: the open register, who sits at it, and the worker."""

from dataclasses import dataclass

from mediation_desk.desk.clock import today, wall_clock
from mediation_desk.domain.codes import Role
from mediation_desk.store.register import Register
from mediation_desk.ui.jobs import Jobs

__all__ = ["Workplace", "today", "wall_clock"]


@dataclass(frozen=True, slots=True)
class Workplace:
    """An open register with the person at it."""

    register: Register
    jobs: Jobs
    actor: str
    demo: bool = False

    @property
    def office(self) -> bool:
        """Whether this is the judicial office's desk."""
        return self.register.role is Role.OFFICE

    @property
    def reads(self) -> bool:
        """Whether who sits here may only read."""
        return bool(self.register.reader)
