"""Taking back one act: exactly the state before it, as long as nothing was built on it."""

from collections.abc import Iterable

from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KEEPING_ORDER
from mediation_desk.domain.reporting import Act
from mediation_desk.store import history
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.connection import Connections, NotAllowed
from mediation_desk.store.links import POINTS_TO
from mediation_desk.words import tr

UNDO = "undo"
FOUNDING = "founding"
# The log of what was done at the desk is not taken back, else it would tell nothing.
LOG = "log"
# Answers to questions, which go to the other side with the next file.
DECISION = "decision"
_LONG = 40
# What a file leaves behind beside the records that it brought.
OF_THE_FILE = frozenset(("package", "receipt", "proposal", "enrolment", "accepted_findings"))


class CannotUndo(DeskError):
    """Something stands in the way of taking an act back."""


def _act(connections: Connections, number: int) -> Act:
    act = history.act(connections, number)
    if act is None:
        words = tr("没有第{number}批。请用“批次列表”里的编号。").format(number=number)
        raise CannotUndo(words)
    if act.kind in {UNDO, FOUNDING, LOG}:
        words = tr("第{number}批是开户、撤销或操作记录，不能撤销。").format(number=number)
        raise CannotUndo(words)
    if act.undone_by is not None:
        words = tr("第{number}批已经撤销过，没有变化。").format(number=number)
        raise CannotUndo(words)
    return act


def _built_on(connections: Connections, act: Act) -> list[int]:
    """Later acts that changed a record of this one and stand.

    What was undone since, and the undoing itself, leave the record as this act left it.
    """
    sql = (
        "SELECT DISTINCT later.act FROM change mine JOIN change later "
        "ON later.kind = mine.kind AND later.record_id = mine.record_id "
        "AND later.sequence > mine.sequence AND later.act <> mine.act "
        "JOIN act a ON a.number = later.act "
        "WHERE mine.act = ? AND a.undoes IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = later.act) ORDER BY later.act"
    )
    return [int(row[0]) for row in connections.rows(sql, (act.number,))]


# Records that this act brought into the world, and for each link those of others that hang on them.
_BORN = (
    "WITH born AS (SELECT kind, record_id FROM change c WHERE c.act = ?1 AND NOT EXISTS (SELECT 1 "
    "FROM change e WHERE e.kind = c.kind AND e.record_id = c.record_id AND e.sequence < c.sequence "
    "AND e.act <> c.act AND e.content <> '')) "
)
_HANGING = " UNION ".join(
    f"SELECT (SELECT l.act FROM change l WHERE l.kind = '{kind}' AND l.record_id = r.id "
    f'ORDER BY l.sequence DESC LIMIT 1) FROM born b JOIN "{kind}" r ON r."{column}" = b.record_id '
    f"WHERE b.kind = '{parent}' AND NOT EXISTS "
    f"(SELECT 1 FROM change m WHERE m.act = ?1 AND m.kind = '{kind}' AND m.record_id = r.id)"
    for kind, links in POINTS_TO.items()
    for column, parent in links.items()
)


def _hanging_on(connections: Connections, act: Act) -> list[int]:
    """Acts that brought records which hang on what this one brought."""
    rows = connections.rows(_BORN + _HANGING, (act.number,))
    return sorted(int(row[0]) for row in rows if row[0] is not None)


# A question about a record that came; a suspected pair is asked again when both are there.
_ASKED = _BORN + (
    "SELECT DISTINCT (SELECT l.act FROM change l WHERE l.kind = 'proposal' AND l.record_id = p.id "
    "ORDER BY l.sequence DESC LIMIT 1) FROM born b JOIN proposal p ON p.about_id = b.record_id "
    "AND p.about_kind = b.kind WHERE p.state = ?2 AND p.sort <> ?3 AND NOT EXISTS "
    "(SELECT 1 FROM change m WHERE m.act = ?1 AND m.kind = 'proposal' AND m.record_id = p.id)"
)


def _asked_about(connections: Connections, act: Act) -> list[int]:
    """Acts that ask something about what this one brought, which nobody has answered."""
    open_, pair = ProposalState.OPEN.value, ProposalSort.DUPLICATE.value
    rows = connections.rows(_ASKED, (act.number, open_, pair))
    return [int(row[0]) for row in rows if row[0] is not None]


# Files of the same unit that came later and carry again what this one brought: each has all since
# its base. Found here already, it stands in no line of theirs, at most as unchanged in the receipt.
# Ledgers kept by hand all have the number 0 and repeat one another.
_CARRIED = (
    "SELECT DISTINCT c.act FROM package mine JOIN package other ON other.unit_id = mine.unit_id "
    "AND other.received = 1 AND other.id <> mine.id "
    "AND mine.number - mine.span < other.number AND other.number - other.span < mine.number "
    "JOIN change c ON c.kind = 'package' AND c.record_id = other.id AND c.act > ?1 "
    "JOIN act a ON a.number = c.act "
    "WHERE mine.received = 1 AND mine.id IN "
    "(SELECT record_id FROM change WHERE act = ?1 AND kind = 'package') "
    "AND a.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.number) "
    "AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.package_id = other.id "
    "AND r.unchanged + r.older = 0) "
    "AND EXISTS (SELECT 1 FROM change w WHERE w.act = ?1 AND w.kind NOT IN ({file}))"
).format(file=", ".join(f"'{kind}'" for kind in sorted(OF_THE_FILE)))


def _carried_again(connections: Connections, act: Act) -> list[int]:
    """Later imports that found what this one brought already there."""
    return [int(row[0]) for row in connections.rows(_CARRIED, (act.number,))]


# The first file made since to the unit that answers are about. What was decided comes back with its
# next one, as if it still stood. Answers that changed no record are only told of, and an entry of a
# file that came back from the other side was not made here.
_TOLD_IN = (
    "SELECT min(c.act) FROM change mine JOIN proposal p ON p.id = mine.record_id "
    "JOIN package g ON g.unit_id = p.unit_id AND g.received = 0 "
    "JOIN change c ON c.kind = 'package' AND c.record_id = g.id AND c.act > ?1 AND c.lineage = '' "
    "WHERE mine.act = ?1 AND mine.kind = 'proposal' AND p.sort <> ?2 "
    "AND EXISTS (SELECT 1 FROM change w WHERE w.act = ?1 AND w.kind <> 'proposal')"
)


def _told_in(connections: Connections, act: Act) -> list[int]:
    """The act that made the file which told the other side of these answers, if one did."""
    if act.kind != DECISION:
        return []
    rows = connections.rows(_TOLD_IN, (act.number, ProposalSort.DUPLICATE.value))
    return [int(row[0]) for row in rows if row[0] is not None]


def built_on(connections: Connections, number: int) -> list[Act]:
    """The acts that changed or used what the act `number` brought, the newest first.

    In this order they can be taken back. Raises `CannotUndo` where it was never to be undone.
    """
    return sorted(_later(connections, number), key=lambda act: -act.number)


def _later(connections: Connections, number: int) -> dict[Act, bool]:
    """The same in no order, each with whether it made a file, which cannot be taken back."""
    act = _act(connections, number)
    ways = (_built_on, _hanging_on, _asked_about, _carried_again)
    found = {number for way in ways for number in way(connections, act)}
    later = [entry for number in found if (entry := history.act(connections, number)) is not None]
    files = {number for entry in (act, *later) for number in _told_in(connections, entry)}
    made = [entry for number in files if (entry := history.act(connections, number)) is not None]
    return {entry: entry in made for entry in (*later, *made)}


def check(connections: Connections, number: int) -> Act:
    """The act `number` if it can be taken back; else `CannotUndo` says what stands in the way."""
    found = _later(connections, number)
    if found:
        later = sorted(found, key=lambda act: act.number)
        words = tr("第{number}批带来的记录后来被第{acts}批改动或用到（{told}）。")
        told = tr("；").join(_told(entry) for entry in reversed(later))
        happened = words.format(number=number, acts=_numbers(later), told=told)
        files = [entry for entry in later if found[entry]]
        mend = tr("请先撤销第{acts}批。").format(acts=_numbers(later))
        if files:
            words = tr("第{files}批做的文件已经把处理结果告诉对方，所以不能撤销。")
            mend = words.format(files=_numbers(files)) + tr("请直接更正有误的记录。")
        raise CannotUndo(happened + mend)
    return _act(connections, number)


def _numbers(acts: Iterable[Act]) -> str:
    return tr("、").join(str(act.number) for act in acts)


def _told(act: Act) -> str:
    """An act as people know it: its number, what it did, by whom and when."""
    short = act.reason if len(act.reason) <= _LONG else act.reason[:_LONG] + "…"
    at = act.at[:16].replace("T", " ")
    words = tr("第{number}批：{reason}，{actor}，{at}")
    return words.format(number=act.number, reason=short, actor=act.actor, at=at)


def take_back(connections: Connections, act: Act, door: ChangeDoor) -> None:
    """Write the state before `act` through the open `door`."""
    restored: dict[tuple[str, str], Record] = {}
    born: set[tuple[str, str]] = set()
    for change in history.changes_of_act(connections, act.number):
        key = (change.kind, change.record_id)
        record = history.record_before(connections, change)
        if record is not None:
            restored[key] = record
        else:
            born.add(key)
    try:
        # What the act moved goes back first, off the records that the act brought.
        door.adopt(restored.values())
        for kind, record_id in sorted(born, key=lambda key: (-KEEPING_ORDER[key[0]], key[1])):
            door.withdraw(kind, record_id)
    except NotAllowed as error:
        words = tr("第{number}批的记录上已经有别的记录，不能撤销。请先作废或撤销后来的记录。")
        raise CannotUndo(words.format(number=act.number)) from error
