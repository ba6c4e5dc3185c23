"""Every job without the window: one verb each, errors in one plain sentence, honest exit codes."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence

from mediation_desk import __version__
from mediation_desk.cli.agenda import add_agenda
from mediation_desk.cli.allowance import add_allowance
from mediation_desk.cli.annual import add_annual
from mediation_desk.cli.archiving import add_archiving
from mediation_desk.cli.asking import PROBLEMS, Parser
from mediation_desk.cli.backups import add_backups
from mediation_desk.cli.exchanging import add_exchange
from mediation_desk.cli.frozen import add_frozen
from mediation_desk.cli.helping import add_helping
from mediation_desk.cli.inspecting import add_inspecting
from mediation_desk.cli.ledgers import add_ledgers
from mediation_desk.cli.log import add_log
from mediation_desk.cli.moving import add_moving
from mediation_desk.cli.office import add_office
from mediation_desk.cli.paper_totals import add_paper_totals
from mediation_desk.cli.papers import add_papers
from mediation_desk.cli.persons import add_persons
from mediation_desk.cli.quality import add_quality
from mediation_desk.cli.recovering import add_recovering
from mediation_desk.cli.registers import add_keys, add_registers
from mediation_desk.cli.reports import add_reports
from mediation_desk.cli.warnings import add_warnings
from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr

# In the order in which the verbs are listed.
_PARTS = (
    add_registers,
    add_recovering,
    add_helping,
    add_persons,
    add_log,
    add_keys,
    add_backups,
    add_moving,
    add_exchange,
    add_ledgers,
    add_office,
    add_inspecting,
    add_archiving,
    add_quality,
    add_reports,
    add_frozen,
    add_annual,
    add_paper_totals,
    add_papers,
    add_allowance,
    add_agenda,
    add_warnings,
)


def parser() -> ArgumentParser:
    """The command line's verbs and options."""
    top = Parser(prog="mediation-desk", description=tr("调解台：离线人民调解登记"))
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(required=True, metavar=tr("命令"), parser_class=Parser)
    for part in _PARTS:
        part(verbs.add_parser)
    return top


def run(arguments: Sequence[str], try_window: Callable[[], None]) -> int:
    """Carry out one verb; 0 done, 1 problems found, 2 wrong use."""
    try:
        given = parser().parse_args(arguments)
        given.try_window = try_window
        return int(given.act(given))
    except SystemExit as stop:
        return int(stop.code or 0)
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        return PROBLEMS
    except (KeyboardInterrupt, BrokenPipeError):
        return PROBLEMS
