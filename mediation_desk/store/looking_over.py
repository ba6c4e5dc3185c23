"""Looking over a register while it is opened: quick where its seal fits, thorough where not."""

from dataclasses import dataclass
from pathlib import Path

from mediation_desk.domain.problems import Problem
from mediation_desk.store import history, verifying
from mediation_desk.store.closing_seal import Since
from mediation_desk.store.connection import RESTORE, Connections, RegisterDamaged
from mediation_desk.words import tr

# How large a file is read through at once when nobody knows whether it is whole: half a second for
# each 10 megabytes. The window reads through larger ones later, beside the work.
READ_THROUGH = 16 * 1024 * 1024
_TAIL = 50


@dataclass(frozen=True, slots=True)
class Opening:
    """How a register was found when it was opened.

    `thorough`: all of it is known to be whole but for `problems`, by its seal or by reading.
    """

    since: Since = Since.UNKNOWN
    thorough: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.thorough and not self.problems


def looked_over(connections: Connections, file: Path, since: Since) -> Opening:
    """See whether a register of today's tables is whole, as thoroughly as there is cause to.

    Raises `RegisterDamaged` where the file itself cannot be trusted.
    """
    if since is Since.SAME:
        _check_tail(connections)
        return Opening(since, thorough=True)
    if since is not Since.CHANGED and file.stat().st_size > READ_THROUGH:
        _check_tail(connections)
        return Opening(since)
    if not verifying.file_whole(connections):
        raise RegisterDamaged(tr("登记簿文件已损坏，检查没有通过。") + tr(RESTORE))
    return Opening(since, thorough=True, problems=tuple(verifying.verify(connections)))


def _check_tail(connections: Connections) -> None:
    """The newest lines of the history must follow one from the other."""
    sql = (
        "SELECT c.kind, c.record_id, c.revision, c.content, c.lineage, c.hash_before, c.hash, "
        "a.id, a.kind, a.actor, a.reason, a.at, a.undoes "
        "FROM change c JOIN act a ON a.number = c.act ORDER BY c.sequence DESC LIMIT ?"
    )
    after = ""
    for *line, before, hash_, id_, kind, actor, reason, at, undoes in connections.rows(
        sql, (_TAIL,)
    ):
        head = history.ActHead(id_, kind, actor, reason, at, undoes)
        told = history.link(before, head, history.Line(*line))
        if told != hash_ or (after and after != hash_):
            raise RegisterDamaged(tr("登记簿的修改历史断开了。") + tr(RESTORE))
        after = before
