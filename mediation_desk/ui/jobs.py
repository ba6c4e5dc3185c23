"""Work on worker threads, its progress and its result brought back to the window."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.words import tr

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Work = Callable[[], Any]
Done = Callable[[Any], None]
Failed = Callable[[DeskError], None]


# Not dataclasses: the password page gets by without them, and so without loading what makes them.
class _Job(NamedTuple):
    words: str
    owner: QObject
    done: Done
    failed: Failed


class _Report(NamedTuple):
    job: _Job
    result: Any
    error: BaseException | None


class Jobs(QObject):
    """Runs `desk` functions one after the other; results arrive in the window's thread."""

    busy = Signal(object)
    progressed = Signal(object)
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._waiting: list[_Job] = []
        self._beside: list[_Job] = []
        self._reported.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether any work has not reported yet, what is done beside left out."""
        return bool(self._waiting)

    @property
    def doing(self) -> str:
        """What is being done, in words; empty if nothing."""
        return self._waiting[0].words if self._waiting else ""

    def run(self, work: Work, *, owner: QObject, done: Done, failed: Failed, words: str) -> None:
        """Do `work`, which touches no widget; `words` says meanwhile what is being done.

        `done` or `failed` is called in the window's thread unless `owner` is gone by then. Anything
        but a `DeskError` is a bug and goes to the crash window.
        """
        job = _Job(words, owner, done, failed)
        # A cyclic collection on the worker thread would delete widgets there and crash Qt.
        gc.disable()
        self._waiting.append(job)
        self.busy.emit(self._waiting[0].words)
        self._submit("desk", work, job)

    def run_beside(self, work: Work, *, owner: QObject, done: Done, failed: Failed) -> None:
        """Do short `work` unseen, on a thread that no long work holds up; else like `run`."""
        job = _Job("", owner, done, failed)
        gc.disable()
        self._beside.append(job)
        self._submit("beside", work, job)

    def _submit(self, thread: str, work: Work, job: _Job) -> None:
        future: Future[Any] = self._worker(thread).submit(work)
        future.add_done_callback(lambda ended: self._report(job, ended))

    def _worker(self, thread: str) -> "ThreadPoolExecutor":
        if thread not in self._pools:
            # The first page needs no worker, and start-up has no time to give away.
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

            self._pools[thread] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=thread)
        return self._pools[thread]

    def _report(self, job: _Job, ended: "Future[Any]") -> None:
        if ended.cancelled():
            # The window is closing and nobody waits any more.
            return
        error = ended.exception()
        if isValid(self):
            self._reported.emit(_Report(job, None if error else ended.result(), error))

    def say(self, words: str) -> None:
        """What the running work has come to; may be called from the worker."""
        self.progressed.emit(words)

    def _arrived(self, report: _Report) -> None:
        jobs = self._waiting if report.job in self._waiting else self._beside
        if report.job not in jobs:
            # Reported while the window closed.
            return
        jobs.remove(report.job)
        if not self._waiting and not self._beside:
            gc.enable()
        if jobs is self._waiting:
            self.busy.emit(self._waiting[0].words if self._waiting else "")
        if not isValid(report.job.owner):
            return
        if report.error is None:
            report.job.done(report.result)
        elif isinstance(report.error, DeskError):
            report.job.failed(report.error)
        else:
            # The page is told as well, so that its buttons work again behind the crash window.
            words = tr("程序出了差错，这一步没有做完；已经保存的内容不受影响。请再试一次。")
            report.job.failed(DeskError(words))
            raise report.error

    def finish_beside(self) -> None:
        """Let what is done beside come to its end, though nobody waits for its result any more."""
        pool = self._pools.pop("beside", None)
        if pool is not None:
            pool.shutdown(wait=True)
        if self._beside:
            self._beside.clear()
            if not self._waiting:
                gc.enable()

    def close(self) -> None:
        """Wait for the running work and take no more."""
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        if self._waiting or self._beside:
            self._waiting.clear()
            self._beside.clear()
            gc.enable()
