"""The imports made here, and taking one back."""

from dataclasses import dataclass

from mediation_desk.desk import built_on
from mediation_desk.desk.looking import IMPORT
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register, Why
from mediation_desk.store.undoing import OF_THE_FILE
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Batch:
    """One import that was made; `why_not` says what keeps it from being taken back."""

    act: int
    at: str
    actor: str
    words: str
    undone: bool
    undoable: bool
    why_not: str = ""


def undo(register: Register, act: int, actor: str) -> str:
    """Take a batch back, exactly to the state before it; what was undone, in words."""
    found = register.act(act)
    if found is None or found.kind not in built_on.UNDOABLE:
        words = tr("第{act}批不是导入，不能在这里撤销。请用“批次列表”里的编号。")
        raise DeskError(words.format(act=act))
    register.back_up(Why.IMPORT)
    done = register.undo(act, actor, tr("撤销第{act}批").format(act=act))
    return tr("已撤销第{act}批（{words}），登记簿回到接收之前。").format(act=act, words=done.reason)


def undo_words(register: Register, batch: Batch) -> str:
    """What taking a batch back does to the disputes and the records that it brought."""
    # A merged record has two lines; what is noted of the file itself was not counted on coming.
    changes = {(entry.kind, entry.record_id) for entry in register.changes_of_act(batch.act)
               if entry.kind not in OF_THE_FILE}  # fmt: skip
    new = before = 0
    for kind, record_id in changes:
        if kind == "dispute":
            known = register.history(kind, record_id)[0].act != batch.act
            new, before = new + (not known), before + known
    parts = (
        tr("这次新来的 {count} 件纠纷从登记簿里拿走").format(count=new) if new else "",
        tr("改过的 {count} 件恢复成接收前的内容").format(count=before) if before else "",
        tr("连同当事人、协议等，一共退回 {count} 条记录").format(count=len(changes)),
    )
    told = tr("撤销后，{parts}。收到的文件不会删，以后可以再接收。")
    return told.format(parts=tr("，").join(part for part in parts if part))


def batches(register: Register) -> list[Batch]:
    """The imports made here, newest first."""
    found = []
    for act in register.acts(IMPORT):
        undone = act.undone_by is not None
        why_not = "" if undone else built_on.why_not(register, act.number)
        undoable = not undone and not why_not
        found.append(Batch(act.number, act.at, act.actor, act.reason, undone, undoable, why_not))
    return found
