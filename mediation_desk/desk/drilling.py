"""The backup drill: once a month the newest backups are restored aside, and it is said how it went.

A backup that nobody ever restored is a hope. Everything happens in a folder of its own beside the
register, encrypted like it, and is gone afterwards.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from mediation_desk.desk.putting_back import counted_words
from mediation_desk.desk.second_medium import medium, shelf_name
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.backups import Backup
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_NOTE = "drills"
# As many as in two years of one a month.
_REMEMBERED = 24


@dataclass(frozen=True, slots=True)
class Tried:
    """One backup restored aside: whether that worked, and a sentence that says so."""

    good: bool
    said: str


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill, in the words in which it is remembered; `seconds` is how long it took."""

    at: str
    good: bool
    said: tuple[str, ...]
    seconds: int

    @property
    def moment(self) -> datetime:
        """When it was."""
        return datetime.fromisoformat(self.at)


def drill(register: Register, now: Callable[[], datetime], actor: str) -> Drill:
    """Restore the newest backup aside, and the one on the other disk where that is at hand.

    What came of it is remembered; a register without any backup gets its first one.
    """
    begun = now()
    found = register.backups()
    if not found:
        register.back_up()
        found = register.backups()
    tried = [_tried(register, found[0], tr("电脑上"), tr("还是不行就找司法所帮忙。"))]
    tried += _on_the_medium(register)
    said = tuple(one.said for one in tried)
    good = all(one.good for one in tried)
    seconds = max(1, round((now() - begun).total_seconds()))
    done = Drill(begun.isoformat(timespec="seconds"), good, said, seconds)
    log = [asdict(done) | {"actor": actor}, *_stored(register)]
    register.set(_NOTE, json.dumps(log[:_REMEMBERED], ensure_ascii=False))
    return done


def _on_the_medium(register: Register) -> list[Tried]:
    known = medium(register)
    if known.folder is None:
        return [Tried(good=True, said=tr("U盘上还没有备份，只试了电脑上的。"))]
    shelf = known.folder / shelf_name(register)
    newest = next(iter(register.backups_on(shelf)), None)
    if newest is None:
        words = tr("没有找到U盘上的备份（{folder}），只试了电脑上的。插好U盘可以再演练一次。")
        return [Tried(good=True, said=words.format(folder=known.folder))]
    return [_tried(register, newest, tr("U盘上"), tr("还是不行就换一个U盘。"))]


def _tried(register: Register, backup: Backup, where: str, else_: str) -> Tried:
    """Restore one backup into the sandbox, open it, check all of it, and compare it."""
    when = f"{backup.at:%Y-%m-%d %H:%M}"
    try:
        disputes = _restored(register, backup)
        loss = register.loss(backup.folder)
    except DeskError as error:
        # What to do about it is another thing here than where one wants to go back.
        why = str(error).partition(tr("。"))[0]
        words = tr("{where} {when} 的备份恢复不了：{why}。请现在就再做一份备份，再演练一次；")
        return Tried(good=False, said=words.format(where=where, when=when, why=why) + else_)
    words = tr("{where} {when} 的备份能恢复：打开了，从头到尾检查过，里面有纠纷{count}件。")
    said = words.format(where=where, when=when, count=disputes)
    counted = counted_words(loss)
    if counted:
        since = tr("那以后又登记或改动过的不在里面：{counted}。")
        return Tried(good=True, said=said + since.format(counted=tr("；").join(counted)))
    return Tried(good=True, said=said + tr("和现在的登记簿一样。"))


def _restored(register: Register, backup: Backup) -> int:
    """How many disputes there are in a backup that was restored aside and is whole."""
    with register.aside(backup.folder, open_with_key) as restored:
        wrong = restored.verify()
        disputes = restored.disputes
    if wrong:
        raise DeskError(tr("里面有{count}处不对。").format(count=len(wrong)))
    return disputes


def _stored(register: Register) -> list[dict[str, object]]:
    stored = register.setting(_NOTE)
    return list(json.loads(stored)) if stored else []


def drills(register: Register) -> list[Drill]:
    """The drills that are remembered, the newest first."""
    found = []
    for one in _stored(register):
        said = tuple(str(line) for line in one["said"])  # type: ignore[attr-defined]
        found.append(Drill(str(one["at"]), bool(one["good"]), said, int(str(one["seconds"]))))
    return found


def drill_reminder(register: Register, now: datetime) -> str:
    """That a drill is due, in one sentence; empty if not yet."""
    last = next(iter(drills(register)), None)
    if last is not None and not last.good:
        return tr("上次备份演练没有成功。请再做一份备份，再演练一次。")
    first = register.act(1)
    since = last.moment if last else (datetime.fromisoformat(first.at) if first else None)
    days = (now.date() - since.astimezone().date()).days if since else 0
    if since is None or days < register.settings.drill_days:
        return ""
    if last is None:
        return tr("还没有做过备份演练：花几分钟，看看备份到底能不能恢复。")
    words = tr("已有{days}天没有做备份演练了：花几分钟，看看备份到底能不能恢复。")
    return words.format(days=days)
