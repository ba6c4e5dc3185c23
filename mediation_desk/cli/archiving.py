"""The verbs of the yearly archive: taking a year out, and looking at such a folder later."""

import argparse
import sys
from pathlib import Path

from mediation_desk.cli.asking import DONE, PROBLEMS, Add, actor_of, on_register, opened, say
from mediation_desk.cli.ledgers import committee_with
from mediation_desk.desk import archiving
from mediation_desk.desk.clock import today
from mediation_desk.words import tr


def _archive(given: argparse.Namespace) -> int:
    with opened(given) as register:
        unit_id = committee_with(register, given.unit).id if given.unit else ""
        wanted = archiving.Archiving(
            given.year,
            actor_of(register, given),
            given.today or today(),
            given.unmasked_for,
            unit_id,
        )
        ahead = archiving.archive_ahead(register, given.year, unit_id)
        written = archiving.archive(register, wanted, given.out, _progress)
    words = tr("已写成 {folder}：{count}件，含完整个人信息，交给{receiver}；读回来核对无误。")
    say(words.format(folder=written.folder, count=written.count, receiver=given.unmasked_for))
    if ahead.unfiled or ahead.unclassed:
        told = tr("其中{unfiled}件还没有归档，{unclassed}件没有填保管期限。")
        say(told.format(unfiled=ahead.unfiled, unclassed=ahead.unclassed))
    for problem in written.problems:
        say(problem)
    if written.problems:
        told = tr("共{count}份附件已经损坏，卷宗里用一页说明代替。请找到原件补上，再导出一次。")
        say(told.format(count=len(written.problems)))
        return PROBLEMS
    return DONE


def _progress(words: str) -> None:
    """Tell a person who waits how far it is; what is piped on stays clean."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{words}")
        sys.stderr.flush()


def _check(given: argparse.Namespace) -> int:
    wrong = archiving.wrong_files(given.folder)
    for path, what in wrong:
        say(tr("{path}：{what}").format(path=path, what=what))
    if wrong:
        say(tr("共{count}处不对。请用另一份备份，不要在这一份上改。").format(count=len(wrong)))
        return PROBLEMS
    say(tr("档案完整，每个文件都和写成时一样。"))
    return DONE


def add_archiving(add: Add) -> None:
    """Add the verbs of the yearly archive."""
    words = tr("把一年结案的案卷导出成长期保存的文件夹，不用装程序就能看、能查")
    made = on_register(add, "archive", words, _archive)
    made.add_argument("--year", type=int, required=True, help=tr("结案的年度，如 2025"))
    made.add_argument("--out", type=Path, required=True, help=tr("放在哪个文件夹里，如U盘"))
    made.add_argument(
        "--unmasked-for", required=True, metavar=tr("接收人"), help=tr("含完整个人信息，写明交给谁")
    )
    made.add_argument(
        "--unit", default="", metavar=tr("统计代码"), help=tr("哪个单位的，默认本单位")
    )
    checked = add("archive-check", help=tr("核对导出的档案有没有缺、有没有被改"))
    checked.add_argument("folder", type=Path, help=tr("档案的文件夹"))
    checked.set_defaults(act=_check)
