"""Every job without the window: one verb each, errors in one plain sentence, honest exit codes."""

import argparse
import getpass
import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from mediation_desk import __version__
from mediation_desk.desk import giving_back, receiving, reporting, sending, setting_up
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import Period, parse_period
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.words import tr

DONE, PROBLEMS, WRONG_USE = 0, 1, 2
# argparse says these in English only.
_IN_CHINESE = (
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1 不能是 \2，只能是 \3"),
    (r"argument (\S+): invalid int value: (\S+)", r"\1 应是整数，不是 \2"),
    (r"argument (\S+): expected one argument", r"\1 后面缺少内容"),
    (r"argument (\S+): expected at least one argument", r"\1 后面缺少内容"),
    (r"the following arguments are required: ", r"缺少 "),
    (r"unrecognized arguments: ", r"不认识 "),
    (r"argument (\S+): ", r"\1："),
)


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        for english, chinese in _IN_CHINESE:
            message = re.sub(english, tr(chinese), message)
        words = tr("命令用法不对：{message}。请用 {program} --help 查看用法。")
        told = words.format(message=message.rstrip("。"), program=self.prog)
        sys.stderr.write(told + "\n")
        raise SystemExit(WRONG_USE)


def _period(typed: str) -> Period:
    try:
        return parse_period(typed)
    except DeskError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise argparse.ArgumentTypeError(tr("日期应写成 2026-10-22")) from error


def _workbook(typed: str) -> Path:
    """The workbook to write; programs open one by its ending, so a name without gets it."""
    path = Path(typed)
    if path.is_dir() or path.suffix.lower() == ".xlsx":
        return path
    return path.with_name(f"{path.name}.xlsx")


def _password(given: argparse.Namespace, *, twice: bool = False) -> str:
    if given.password_file is not None:
        try:
            # Notepad puts a mark before the first line, which is no part of the password.
            text: str = given.password_file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            words = tr("读不出密码文件“{path}”。请检查路径。")
            raise DeskError(words.format(path=given.password_file)) from error
        return text.splitlines()[0] if text else ""
    password = getpass.getpass(tr("密码："))
    if twice and getpass.getpass(tr("再输一次：")) != password:
        raise DeskError(tr("两次输入的密码不一样。请重新输入。"))
    return password


def _open(given: argparse.Namespace) -> Register:
    return open_register(given.register, _password(given))


def _actor(register: Register, given: argparse.Namespace) -> str:
    return given.actor or register.person


def _say(words: str) -> None:
    print(words)


def _list(problems: Sequence[Problem]) -> None:
    for problem in problems:
        _say("  " + problem.sentence())


def _code(problems: Sequence[Problem]) -> int:
    return PROBLEMS if any(entry.severity is Severity.ERROR for entry in problems) else DONE


def _new(given: argparse.Namespace) -> int:
    person = given.actor
    if given.role == "office":
        founding = setting_up.found_office(given.county, given.town, given.code, person)
    else:
        kind = UnitKind.COMMUNITY if given.role == "community" else UnitKind.VILLAGE
        founding = setting_up.found_village(
            given.county, given.town, given.name, kind, given.code, person
        )
    setting_up.create(given.register, founding, _password(given, twice=True)).close()
    _say(tr("已建立登记簿：{path}").format(path=given.register))
    return DONE


def _demo(given: argparse.Namespace) -> int:
    # The demo's stories take longer to load than most commands to run.
    from mediation_desk.desk import demonstration  # noqa: PLC0415

    made = demonstration.build(given.folder, given.today or today(), print)
    _say(tr("演示乡镇已建在 {path}，各登记簿的密码都是 {password}").format(
        path=made, password=demonstration.PASSWORD))  # fmt: skip
    return DONE


def _export(given: argparse.Namespace) -> int:
    with _open(given) as register:
        done = sending.send(
            register,
            given.period,
            given.out,
            _actor(register, given),
            given.today or today(),
            given.unmasked_for,
        )
    words = tr("已写成 {path}：累计第{number}份，纠纷{disputes}件，{mask}。")
    mask = tr("含完整个人信息") if given.unmasked_for else tr("个人信息已脱敏")
    package = done.package
    _say(words.format(path=done.path, number=package.number, disputes=package.disputes, mask=mask))
    if done.cleaned:
        _say(tr("有{count}个无法写入表格的字符已去掉。").format(count=done.cleaned))
    return DONE


def _returns(given: argparse.Namespace) -> int:
    with _open(given) as register:
        units = [unit for unit in register.units() if unit.code == given.unit]
        told = {entry.unit.id for entry in giving_back.given_back(register) if entry.entry.open}
        unit_id = next((unit.id for unit in units if unit.id in told), "")
        path = giving_back.write_returns(
            register, unit_id, given.out, _actor(register, given), given.today or today()
        )
    _say(tr("已写成 {path}。").format(path=path))
    return DONE


def _import(given: argparse.Namespace) -> int:
    with _open(given) as register:
        day = given.today or today()
        actor = _actor(register, given)
        results = receiving.receive_all(register, given.files, actor, day, dry_run=given.dry_run)
    return _tell(results, given)


def _tell(results: Sequence[receiving.Received], given: argparse.Namespace) -> int:
    if given.json:
        print(json.dumps([entry.plain() for entry in results], ensure_ascii=False, indent=1))
    else:
        for entry in results:
            batch = tr("（第{act}批）").format(act=entry.act) if entry.act else ""
            _say(f"{entry.look.path.name}{batch}：{entry.look.words}")
            _list(entry.look.problems)
    refused = any(entry.look.state is receiving.LookState.REFUSED for entry in results)
    if refused:
        names = "、".join(
            entry.look.path.name
            for entry in results
            if entry.look.state is receiving.LookState.REFUSED
        )
        sys.stderr.write(tr("未接收：{names}。原因见上。").format(names=names) + "\n")
        return PROBLEMS
    return max((_code(entry.look.problems) for entry in results), default=DONE)


def _check(given: argparse.Namespace) -> int:
    results = [receiving.Received(receiving.check(given.file, given.today or today()), 0)]
    return _tell(results, given)


def _undo(given: argparse.Namespace) -> int:
    with _open(given) as register:
        _say(receiving.undo(register, given.batch, _actor(register, given)))
    return DONE


def _batches(given: argparse.Namespace) -> int:
    with _open(given) as register:
        for batch in receiving.batches(register):
            undone = tr("（已撤销）") if batch.undone else ""
            _say(f"{batch.act}\t{batch.at}\t{batch.actor}\t{batch.words}{undone}")
    return DONE


def _report(given: argparse.Namespace) -> int:
    basis = DateBasis.CLOSING if given.by == "closing" else DateBasis.INTAKE
    calibre = Calibre(given.period, basis, not given.written_only, given.types)
    with _open(given) as register:
        actor = _actor(register, given)
        path, problems = reporting.write_report(
            register, calibre, given.out, actor, given.today or today()
        )
    _say(tr("已写成 {path}。").format(path=path))
    _list(problems)
    return _code(problems)


def _dump(given: argparse.Namespace) -> int:
    with _open(given) as register:
        for line in register.dump():
            print(line)
    return DONE


def _verify(given: argparse.Namespace) -> int:
    with _open(given) as register:
        problems = register.verify()
    _list(problems)
    if problems:
        sys.stderr.write(tr("登记簿有{count}处问题，请从备份恢复。\n").format(count=len(problems)))
        return PROBLEMS
    _say(tr("登记簿完好。"))
    return DONE


def _self_test(given: argparse.Namespace) -> int:
    from mediation_desk.desk import self_testing  # noqa: PLC0415

    self_testing.run(_say)
    if not given.no_window:
        given.try_window()
        _say(tr("窗口：正常"))
    _say(tr("自检通过。"))
    return DONE


_Add = Callable[..., argparse.ArgumentParser]


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-file", type=Path, help=tr("从文件第一行读密码"))
    parser.add_argument("--actor", default="", help=tr("经办人姓名，默认为开户时的姓名"))
    parser.add_argument("--today", type=_day, help=tr("按这一天办理，默认今天"))


def _on_register(
    add: _Add, name: str, words: str, act: Callable[..., int]
) -> argparse.ArgumentParser:
    parser = add(name, help=words, description=words)
    parser.add_argument("register", type=Path, help=tr("登记簿文件夹"))
    _common(parser)
    parser.set_defaults(act=act)
    return parser


def _registers(add: _Add) -> None:
    new = _on_register(add, "new", tr("建立一本新的登记簿"), _new)
    new.add_argument("--role", choices=("village", "community", "office"), required=True)
    new.add_argument("--county", required=True, help=tr("区县，如 丰都县"))
    new.add_argument("--town", required=True, help=tr("乡镇，如 双龙镇"))
    new.add_argument("--name", default="", help=tr("村或社区名"))
    new.add_argument("--code", required=True, help=tr("12位统计代码"))
    demo = add("demo", help=tr("建立演示乡镇"))
    demo.add_argument("folder", type=Path)
    demo.add_argument("--today", type=_day)
    demo.set_defaults(act=_demo)
    _on_register(add, "dump", tr("把所有记录写成 JSON Lines"), _dump)
    _on_register(add, "verify", tr("检查登记簿是否完好"), _verify)
    _on_register(add, "batches", tr("列出导入批次"), _batches)


def _exchange(add: _Add) -> None:
    export = _on_register(add, "export", tr("做一个月的报送文件"), _export)
    export.add_argument("--period", type=_period, required=True)
    export.add_argument("--out", type=_workbook, required=True)
    export.add_argument(
        "--unmasked-for", default="", metavar=tr("接收人"), help=tr("含完整个人信息，写明交给谁")
    )
    back = _on_register(add, "returns", tr("做给一个村的退回文件"), _returns)
    back.add_argument("--unit", required=True, metavar=tr("统计代码"), help=tr("退回给哪个村"))
    back.add_argument("--out", type=_workbook, required=True)
    take = _on_register(
        add, "import", tr("接收各村的报送文件；在村里，收下司法所退回的文件"), _import
    )
    take.add_argument("files", type=Path, nargs="+")
    take.add_argument("--dry-run", action="store_true", help=tr("只看结果，不写入"))
    take.add_argument("--json", action="store_true")
    undo = _on_register(add, "undo", tr("撤销一批导入"), _undo)
    undo.add_argument("batch", type=int)
    check = add("check", help=tr("看看一个报送文件导入时会怎样"))
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true")
    check.add_argument("--today", type=_day)
    check.set_defaults(act=_check)


def _reports(add: _Add) -> None:
    report = _on_register(add, "report", tr("写出汇总报表"), _report)
    report.add_argument("--period", type=_period, required=True)
    report.add_argument("--out", type=_workbook, required=True)
    report.add_argument("--by", choices=("intake", "closing"), default="intake")
    report.add_argument("--written-only", action="store_true", help=tr("不计口头协议"))
    report.add_argument("--types", choices=("18", "15"), default="18")
    test = add("self-test", help=tr("检查程序本身是否完整"))
    test.add_argument("--no-window", action="store_true")
    test.set_defaults(act=_self_test)


def parser() -> argparse.ArgumentParser:
    """The command line's verbs and options."""
    top = _Parser(prog="mediation-desk", description=tr("调解台：离线人民调解登记"))
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(required=True, metavar=tr("命令"), parser_class=_Parser)
    for part in (_registers, _exchange, _reports):
        part(verbs.add_parser)
    return top


def run(arguments: Sequence[str], try_window: Callable[[], None]) -> int:
    """Carry out one verb; 0 done, 1 problems found, 2 wrong use."""
    try:
        given = parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    given.try_window = try_window
    try:
        return int(given.act(given))
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        return PROBLEMS
    except (KeyboardInterrupt, BrokenPipeError):
        return PROBLEMS
