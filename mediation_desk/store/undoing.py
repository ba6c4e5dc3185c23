"""Taking back one act: exactly the state before it, as long as nothing was built on it."""

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.reporting import Act, Change
from mediation_desk.store import history
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.connection import Connections, NotAllowed
from mediation_desk.words import tr

UNDO = "undo"
FOUNDING = "founding"


class CannotUndo(DeskError):
    """Something stands in the way of taking an act back."""


def _act(connections: Connections, number: int) -> Act:
    act = history.act(connections, number)
    if act is None:
        words = tr("没有第{number}批。请用“批次列表”里的编号。").format(number=number)
        raise CannotUndo(words)
    if act.kind in {UNDO, FOUNDING}:
        words = tr("第{number}批是开户或撤销，不能再撤销。").format(number=number)
        raise CannotUndo(words)
    if act.undone_by is not None:
        words = tr("第{number}批已经撤销过，没有变化。").format(number=number)
        raise CannotUndo(words)
    return act


def _built_on(connections: Connections, act: Act) -> list[int]:
    """Later acts that changed a record of this one and stand."""
    sql = (
        "SELECT DISTINCT later.act FROM change mine JOIN change later "
        "ON later.kind = mine.kind AND later.record_id = mine.record_id "
        "AND later.sequence > mine.sequence AND later.act <> mine.act "
        "WHERE mine.act = ? AND later.sequence = (SELECT max(c.sequence) FROM change c "
        "WHERE c.kind = mine.kind AND c.record_id = mine.record_id) ORDER BY later.act"
    )
    found = []
    for (number,) in connections.rows(sql, (act.number,)):
        later = history.act(connections, number)
        # What an undo left behind is again the state of this act.
        if later and later.kind != UNDO:
            found.append(number)
    return found


def check(connections: Connections, number: int) -> Act:
    """The act `number` if it can be taken back; else `CannotUndo` says what stands in the way."""
    act = _act(connections, number)
    later = _built_on(connections, act)
    if later:
        acts = "、".join(str(entry) for entry in later)
        words = tr("第{number}批之后，其中的记录又被第{acts}批改动。请先撤销第{acts}批。")
        raise CannotUndo(words.format(number=number, acts=acts))
    return act


def _before(connections: Connections, change: Change) -> Record | None:
    earlier = [
        entry
        for entry in history.changes_of_record(connections, change.kind, change.record_id)
        if entry.sequence < change.sequence and entry.act != change.act
    ]
    return history.record_in(earlier[-1]) if earlier else None


def take_back(connections: Connections, act: Act, door: ChangeDoor) -> None:
    """Write the state before `act` through the open `door`."""
    restored, seen = [], set()
    changes = history.changes_of_act(connections, act.number)
    for change in reversed(changes):
        key = (change.kind, change.record_id)
        if key in seen:
            continue
        seen.add(key)
        record = _before(connections, change)
        if record is not None:
            restored.append(record)
            continue
        try:
            door.withdraw(change.kind, change.record_id)
        except NotAllowed as error:
            words = tr(
                "第{number}批带来的记录上已经有别的记录，不能撤销。请先作废或撤销后来的记录。"
            )
            raise CannotUndo(words.format(number=act.number)) from error
    door.adopt(restored)
