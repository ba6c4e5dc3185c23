"""The verb that drafts the mediation part of the annual report."""

import argparse
from pathlib import Path

from mediation_desk.cli.asking import DONE, Add, on_register, opened, period_of, say
from mediation_desk.desk import annual_report
from mediation_desk.desk.clock import today
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.papers.plain_text import plain_text
from mediation_desk.words import tr


def _annual(given: argparse.Namespace) -> int:
    with opened(given) as register:
        settings = register.settings
        basis = DateBasis.CLOSING if settings.count_by_closing else DateBasis.INTAKE
        calibre = Calibre(given.period, basis, settings.count_oral)
        paper = annual_report.draft(register, calibre, given.today or today())
    if given.out is None:
        say(plain_text(paper, sources=given.sources).rstrip())
        return DONE
    path = annual_report.write(paper, given.out, sources=given.sources)
    say(tr("已写成 {path}，共 {count} 个数字，每个都写明出处。").format(
        path=path, count=len(list(paper.numbers()))
    ))  # fmt: skip
    return DONE


def add_annual(add: Add) -> None:
    """Add the verb that drafts the mediation part of the annual report."""
    words = tr("起草年度报告中人民调解的部分；写成 Word 或文本，不写 --out 就显示出来")
    drafted = on_register(add, "annual", words, _annual)
    drafted.add_argument(
        "--period", type=period_of, required=True, help=tr("期间，如 2026、2026SY")
    )
    drafted.add_argument("--out", type=Path, help=tr("写成的文件，.docx 或 .txt"))
    drafted.add_argument("--sources", action="store_true", help=tr("文本里也写明数字的出处"))
