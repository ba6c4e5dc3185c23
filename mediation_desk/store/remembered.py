"""What a register reads again and again, remembered until somebody writes."""

from collections.abc import Callable
from typing import Generic, TypeVar

from mediation_desk.store.connection import Connections

T = TypeVar("T")


class Remembered(Generic[T]):
    """A value read once for each version of the register.

    Inside a transaction it is read anew: there the thread sees what others may never see.
    """

    def __init__(self, connections: Connections, read: Callable[[], T]) -> None:
        self._sql = connections
        self._read = read
        # Version and value in one, so that another thread never sees one without the other.
        self._held: tuple[int, T] | None = None

    def __call__(self) -> T:
        """The value as it stands now."""
        if self._sql.writing:
            return self._read()
        # The version comes first: what is written while reading makes the value stale at once.
        version = self._sql.version
        held = self._held
        if held is None or held[0] != version:
            held = self._held = (version, self._read())
        return held[1]
