"""The verbs about backups."""

import argparse
import json
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    on_register,
    opened,
    password_of,
    say,
    tell_problems,
)
from mediation_desk.desk import second_medium
from mediation_desk.desk.backup_words import holds_words, size_words, why_words
from mediation_desk.desk.clock import now
from mediation_desk.desk.damage import go_back, way_back
from mediation_desk.desk.disk_space import space_warning
from mediation_desk.desk.drilling import drill
from mediation_desk.desk.opening_words import told
from mediation_desk.desk.placing import move_in
from mediation_desk.desk.putting_back import Prospect, put_back
from mediation_desk.desk.unlocking import open_counted
from mediation_desk.store.backups import Backup
from mediation_desk.store.connection import RegisterDamaged
from mediation_desk.words import tr


def _plain(backup: Backup) -> dict[str, object]:
    return {
        "name": backup.name,
        "at": backup.at.isoformat(timespec="seconds"),
        "size": backup.size,
        "disputes": backup.disputes,
        "why": backup.why.value if backup.why else "",
    }


def _backups(given: argparse.Namespace) -> int:
    with opened(given) as register:
        found = register.backups()
    if given.json:
        say(json.dumps([_plain(backup) for backup in found], ensure_ascii=False, indent=1))
    elif not found:
        say(tr("还没有备份过。"))
    else:
        for backup in found:
            told = (size_words(backup.size), holds_words(backup), why_words(backup))
            say("  ".join((backup.name, f"{backup.at:%Y-%m-%d %H:%M}", *told)))
    return DONE


def _back_up(given: argparse.Namespace) -> int:
    with opened(given) as register:
        if given.to is None:
            say(tr("备份已写好，并且读回来核对过：{path}").format(path=register.back_up()))
            if full := space_warning(register):
                say(full)
            return DONE
        second_medium.choose(register, given.to.resolve())
        copied = second_medium.copy_out(register, now())
    say(tr("备份已拷到 {path}，并且读回来核对过。").format(path=copied.path))
    if copied.warning:
        say(copied.warning)
    return DONE


def _restore(given: argparse.Namespace) -> int:
    password = password_of(given)

    def agreed(seen: Prospect | None) -> bool:
        if seen is None:
            say(tr("登记簿损坏了，说不出备份以后登记过什么；损坏的文件会另外留着。"))
        else:
            say(tr("备份 {name}：").format(name=seen.backup.name))
            for line in seen.lines():
                say("  " + line)
        if not given.yes:
            say(tr("还没有恢复。确定要恢复，请再加上 --yes。"))
        return bool(given.yes)

    done = put_back(given.register, given.backup, password, agreed)
    if done is not None:
        say(tr("已恢复到备份 {name}。").format(name=done.backup.name))
        say(tr("恢复前的登记簿留在 {path}").format(path=done.kept))
    return DONE


def _diagnose(given: argparse.Namespace) -> int:
    password = password_of(given)
    try:
        with open_counted(given.register, password) as register:
            found = told(register)
            problems = register.verify()
    except RegisterDamaged as error:
        return _told_damage(given, password, str(error))
    if found is not None:
        say(found.sentence + found.mend)
    tell_problems(problems)
    say(tr("登记簿完好。") if not problems else tr("登记簿里有不对的地方，请恢复最近的备份。"))
    return PROBLEMS if problems else DONE


def _told_damage(given: argparse.Namespace, password: str, sentence: str) -> int:
    way = way_back(given.register, password, elsewhere=given.backups)
    say(sentence)
    if way.backup is not None:
        told_ = tr("1 好的备份：{name}（{at}），{holds}。").format(
            name=way.backup.name,
            at=f"{way.backup.at:%Y-%m-%d %H:%M}",
            holds=holds_words(way.backup),
        )
        say(told_ + way.missing())
    elif way.up_to_the_log:
        say(tr("1 ") + way.missing())
    else:
        say(tr("1 没有找到好的备份。请插上放备份的U盘，加上 --backups 再试。"))
    say(tr("2 {drafts}").format(drafts=way.drafts_words()))
    say(tr("3 已经报送过的，请司法所还给您。"))
    if not way.any:
        return PROBLEMS
    if not given.yes:
        say(tr("还没有恢复。确定要恢复，请再加上 --yes。"))
        return PROBLEMS
    say(tr("已恢复，坏了的文件留在 {path}").format(path=go_back(way)))
    return DONE


def _move_in(given: argparse.Namespace) -> int:
    there, kept = move_in(given.register, password_of(given), given.to)
    say(tr("登记簿已移到 {path}，核对、检查过。").format(path=there))
    say(tr("原来的留在“{path}”，请不要再用它登记。").format(path=kept))
    return DONE


def _drill(given: argparse.Namespace) -> int:
    with opened(given) as register:
        done = drill(register, now, actor_of(register, given))
    for line in done.said:
        say(line)
    good = tr("演练成功：备份能用，用了{seconds}秒。").format(seconds=done.seconds)
    say(good if done.good else tr("演练没有成功，请照上面说的做。"))
    return DONE if done.good else PROBLEMS


def add_backups(add: Add) -> None:
    """Add the verbs about backups."""
    on_register(add, "drill", tr("备份演练：在旁边恢复最新的备份，看看能不能用"), _drill)
    moved = on_register(add, "move-in", tr("把登记簿移到这台电脑的硬盘上"), _move_in)
    moved.add_argument("--to", type=Path, metavar=tr("文件夹"), help=tr("移到哪里，默认程序自己的"))
    made = on_register(add, "backup", tr("做一份备份，需要时拷到U盘上"), _back_up)
    made.add_argument("--to", type=Path, metavar=tr("文件夹"), help=tr("再拷到这个文件夹，如U盘上"))
    listed = on_register(add, "backups", tr("列出登记簿的备份，新的在前"), _backups)
    listed.add_argument("--json", action="store_true", help=tr("写成 JSON"))
    restore = on_register(add, "restore", tr("恢复备份，恢复前的登记簿另外留着"), _restore)
    restore.add_argument("backup", nargs="?", default="", help=tr("备份的名称，默认最新的一份"))
    diagnose = on_register(add, "diagnose", tr("登记簿打不开时：坏在哪里，怎样恢复"), _diagnose)
    diagnose.add_argument(
        "--backups", type=Path, metavar=tr("文件夹"), help=tr("U盘上放备份的文件夹")
    )
    diagnose.add_argument("--yes", action="store_true", help=tr("看过会少什么，确定恢复"))
    restore.add_argument("--yes", action="store_true", help=tr("看过会丢失什么，确定恢复"))
