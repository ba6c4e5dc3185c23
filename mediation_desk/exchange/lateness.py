"""Ending what takes too long."""

import math
import threading
import time
from collections.abc import Callable


class Lateness:
    """Ends what takes too long; one thread for all, as starting one takes as long as some files."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._late: dict[object, tuple[float, Callable[[], None]]] = {}
        self._wakes = math.inf
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, call: Callable[[], None]) -> object:
        """Call something so many seconds from now, unless it is forgotten before."""
        token, due = object(), time.monotonic() + seconds
        with self._changed:
            self._late[token] = due, call
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif due < self._wakes:
                self._changed.notify()
        return token

    def forget(self, token: object) -> None:
        """Do not call it any more."""
        with self._changed:
            self._late.pop(token, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for token, (due, call) in list(self._late.items()):
                    if due <= now:
                        del self._late[token]
                        call()
                self._wakes = min((due for due, _ in self._late.values()), default=math.inf)
                self._changed.wait(None if self._wakes == math.inf else self._wakes - now)


limits_of_time = Lateness()
