"""The verb about the log of a desk."""

import argparse

from mediation_desk.cli.asking import DONE, Add, on_register, opened, period_of, say, workbook_at
from mediation_desk.desk import happenings
from mediation_desk.words import tr


def _log(given: argparse.Namespace) -> int:
    with opened(given) as register:
        found = happenings.happenings(register, given.period, given.by, given.sort)
        if given.out is not None:
            happenings.export_log(register, found, given.out)
            say(tr("已写成 {path}").format(path=given.out))
            return DONE
    for one in found:
        say("　".join(happenings.row_of(one)))
    return DONE


def add_log(add: Add) -> None:
    """Add the verb about the log."""
    told = tr("操作记录：密钥、看过的号码、导出、备份、人员，新的在前")
    log = on_register(add, "log", told, _log)
    log.add_argument("--period", type=period_of, metavar=tr("期间"), help=tr("如 2026-10 或 2026"))
    log.add_argument("--by", default="", metavar=tr("姓名"), help=tr("只列这个人办的"))
    log.add_argument("--sort", default="", metavar=tr("事项"), help=tr("如 显示号码、密钥、备份"))
    log.add_argument("--out", type=workbook_at, help=tr("写成工作簿"))
