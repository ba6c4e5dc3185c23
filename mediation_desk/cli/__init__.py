"""Every job without the window: one verb each, errors in one plain sentence, honest exit codes."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from importlib import import_module

from mediation_desk import __version__
from mediation_desk.cli.asking import PROBLEMS, Parser
from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr

# What adds verbs, in the order in which they are listed. Loaded only for a verb of its own or to
# list them all, as loading everything takes longer than most of what is asked for.
_PARTS = (
    ("registers.add_registers", "new demo dump verify"),
    ("recovering.add_recovering", "change-password recovery-code recover"),
    ("helping.add_helping", "ask-office help-open renew-key open-by-office"),
    ("persons.add_persons", "persons"),
    ("log.add_log", "log"),
    ("registers.add_keys", "setup-file enrol fingerprint"),
    ("backups.add_backups", "drill move-in backup backups restore diagnose"),
    ("moving.add_moving", "transfer take-transfer bring-home renumber handing-list wipe"),
    (
        "exchanging.add_exchange",
        "export returns rebuild hand-over missing import undo batches check",
    ),
    ("ledgers.add_ledgers", "template ledger"),
    ("office.add_office", "coverage remind same-case source"),
    ("inspecting.add_inspecting", "inspect sample"),
    ("archiving.add_archiving", "archive archive-check"),
    ("quality.add_quality", "quality"),
    ("reports.add_reports", "report self-test"),
    ("frozen.add_frozen", "freeze reports adjustments"),
    ("annual.add_annual", "annual"),
    ("paper_totals.add_paper_totals", "paper-totals"),
    ("papers.add_papers", "paper case-file blank-papers paper-templates"),
    ("allowance.add_allowance", "allowance-table allowance allowance-review allowance-entry"),
    ("agenda.add_agenda", "agenda"),
    ("warnings.add_warnings", "warnings"),
)


def _adding(verb: str) -> list[str]:
    """What adds `verb`; everything, where it is none."""
    found = [part for part, verbs in _PARTS if verb in verbs.split()]
    return found or [part for part, _verbs in _PARTS]


def parser(verb: str = "") -> ArgumentParser:
    """The command line's verbs and options; for a verb, those of its part are enough."""
    top = Parser(prog="mediation-desk", description=tr("调解台：离线人民调解登记"))
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(required=True, metavar=tr("命令"), parser_class=Parser)
    for part in _adding(verb):
        module, add = part.split(".")
        getattr(import_module(f"{__name__}.{module}"), add)(verbs.add_parser)
    return top


def run(arguments: Sequence[str], try_window: Callable[[], None]) -> int:
    """Carry out one verb; 0 done, 1 problems found, 2 wrong use."""
    try:
        given = parser("".join(arguments[:1])).parse_args(arguments)
        given.try_window = try_window
        return int(given.act(given))
    except SystemExit as stop:
        return int(stop.code or 0)
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        return PROBLEMS
    except (KeyboardInterrupt, BrokenPipeError):
        return PROBLEMS
