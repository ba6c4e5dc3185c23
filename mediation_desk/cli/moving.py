"""The verbs for another computer, a successor, and the old computer that is given away."""

import argparse
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    on_register,
    opened,
    password_from,
    password_of,
    say,
)
from mediation_desk.desk import handing_list, moving, wiping
from mediation_desk.desk.clock import today
from mediation_desk.desk.handing_over import case_called
from mediation_desk.desk.moving import Merged
from mediation_desk.desk.renumbering import renumber
from mediation_desk.desk.unlocking import open_counted
from mediation_desk.store.bringing_home import bring_home
from mediation_desk.store.opening import is_register
from mediation_desk.words import tr


def _transfer(given: argparse.Namespace) -> int:
    with opened(given) as register:
        password = password_from(
            given.transfer_password_file, tr("给转移文件定一个密码："), twice=True
        )
        head = moving.make(register, given.out, password, actor_of(register, given))
    words = tr("转移文件：{path}，{unit}，纠纷{count}件。")
    say(words.format(path=given.out, unit=head.unit, count=head.disputes))
    say(tr("密码请另外告诉对方，不要和文件放在一起。收下以后那边会显示回执码。"))
    return DONE


def _take(given: argparse.Namespace) -> int:
    head = moving.read_head(given.file)
    say(tr("{unit}，{by}{day}做的转移文件，纠纷{count}件。").format(
        unit=head.unit, by=head.made_by, day=head.made_at[:10], count=head.disputes))  # fmt: skip
    there = is_register(given.register)
    asked = tr("转移文件的密码：")
    secret = password_from(given.transfer_password_file, asked)
    if not there:
        new = password_from(given.password_file, tr("给这台电脑上的登记簿定密码："), twice=True)
        taken = moving.settle(given.register, given.file, secret, new, given.actor)
        taken.register.close()
        say(tr("收下了，用刚定的密码打开。原来的密码和恢复码在这里不能用，请重新做恢复码。"))
        _say_receipt(taken.receipt)
        return DONE
    with open_counted(given.register, password_of(given)) as register:
        if not given.yes:
            _tell(moving.look_into(register, given.file, secret))
            say(tr("没有并入。确定要并入，请加 --yes。"))
            return PROBLEMS
        merged = moving.merge(register, given.file, secret, actor_of(register, given))
    _tell(merged)
    say(tr("已并入，记为第{act}批；那边的登记簿原样另存在 {kept}。").format(
        act=merged.act, kept=merged.kept))  # fmt: skip
    _say_receipt(merged.receipt)
    return DONE


def _say_receipt(code: str) -> None:
    say(tr("回执码：{code}").format(code=code))
    say(tr("在原来的电脑上输入它，才能清除那里的登记簿。"))


def _tell(merged: Merged) -> None:
    say(merged.words)
    if merged.conflicts:
        words = tr("两边都改了的{count}处，这里暂时不变，列入待核对。")
        say(words.format(count=merged.conflicts))
    for number in merged.doubles:
        words = tr("编号“{number}”两台电脑都用了，两件都在，请用 renumber 给其中一件换编号。")
        say(words.format(number=number))
    if merged.other_key:
        say(tr("两台电脑各自开过户，以后只用这一台报送。"))


def _bring_home(given: argparse.Namespace) -> int:
    backup = bring_home(given.register, given.folder)
    say(tr("已用备份 {name} 建立登记簿。").format(name=backup.name))
    say(tr("用做备份那时候的密码打开；忘了，就用 recover 凭那时候的恢复码重设。"))
    return DONE


def _renumber(given: argparse.Namespace) -> int:
    with opened(given) as register:
        dispute = case_called(register, given.case)
        label = renumber(register, dispute.id, actor_of(register, given), given.reason)
    say(tr("已换编号：{label}").format(label=label))
    return DONE


def _list(given: argparse.Namespace) -> int:
    day = given.today or today()
    with opened(given) as register:
        giver = given.giver or actor_of(register, given)
        told = handing_list.handed_over(register, giver, given.to, given.witness, day)
    handing_list.save_list(told, given.out)
    say(tr("移交清单：{path}，请打印，当面核对签字。").format(path=given.out))
    return DONE


def _wipe(given: argparse.Namespace) -> int:
    if (wiped := wiping.finish(given.register)) is None:
        password = password_of(given)
        with open_counted(given.register, password) as register:
            wiping.check(register, given.receipt, password)
            if not given.yes:
                words = tr("“{folder}”里的登记簿、没写完的内容、备份和其他文件都会销毁，不能恢复。")
                say(words.format(folder=given.register))
                say(tr(wiping.OUT_OF_REACH))
                say(tr("没有清除。确定要清除，请加 --yes。"))
                return PROBLEMS
            wiped = wiping.wipe(register, given.receipt, password)
    words = tr("已清除：先销毁钥匙，再覆盖并删除{files}个文件，共{size:.1f} MB。")
    say(words.format(files=wiped.files, size=wiped.size / 1e6))
    say(tr(wiping.OUT_OF_REACH))
    return DONE


def _transfer_password(parser: argparse.ArgumentParser) -> None:
    words = tr("从文件第一行读转移文件的密码")
    parser.add_argument("--transfer-password-file", type=Path, help=words)


def add_moving(add: Add) -> None:
    """Add the verbs of moving a register."""
    out = on_register(add, "transfer", tr("把整本登记簿做成转移文件"), _transfer)
    out.add_argument("--out", type=Path, required=True, help=tr("转移文件写到哪里"))
    _transfer_password(out)

    words = tr("收下转移文件：没有登记簿就整本搬来，有就并入")
    take = on_register(add, "take-transfer", words, _take)
    take.add_argument("file", type=Path, help=tr("转移文件"))
    take.add_argument("--yes", action="store_true", help=tr("确定并入"))
    _transfer_password(take)

    words = tr("电脑丢了坏了：用U盘上最新的备份建立登记簿")
    home = add("bring-home", help=words, description=words)
    home.add_argument("register", type=Path, help=tr("登记簿文件夹，还没有的"))
    home.add_argument("folder", type=Path, help=tr("U盘上放备份的文件夹"))
    home.set_defaults(act=_bring_home)

    anew = on_register(add, "renumber", tr("两件纠纷编号相同：给其中一件换编号"), _renumber)
    anew.add_argument("case", metavar=tr("纠纷标识"), help=tr("不写标识写编号，会列出是哪几件"))
    anew.add_argument("--reason", default=tr("编号与另一件相同"), metavar=tr("原因"))

    listed = on_register(add, "handing-list", tr("移交清单，接任的人签收"), _list)
    listed.add_argument("--to", required=True, help=tr("接收人"))
    listed.add_argument("--giver", default="", help=tr("移交人，默认为经办人"))
    listed.add_argument("--witness", default="", help=tr("监交人"))
    listed.add_argument("--out", type=Path, required=True, help=tr("写成 .pdf 或 .docx"))

    gone = on_register(add, "wipe", tr("清除这台电脑上的登记簿，先要有回执码"), _wipe)
    gone.add_argument("--receipt", required=True, help=tr("新电脑上显示的回执码"))
    gone.add_argument("--yes", action="store_true", help=tr("确定清除"))
