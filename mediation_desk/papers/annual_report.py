"""The mediation part of a township's annual report, drafted from its tables and ledgers.

The order follows the report that such a township gives of its year: organisation, mediation,
linkage, petitions, screening and warning, legal aid and advisers, publicity, reporting, problems.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from mediation_desk.figures.table import Level, Ratio, StatTable
from mediation_desk.papers.paper import Heading, Number, Paper, Paragraph, Piece, Source
from mediation_desk.words import tr

# The tables that the report is drafted from, by their ids.
TABLES = ("ministry", "types", "change", "linkage", "rates", "works", "organisation")
_TOTAL = "total"
_FOREMOST = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that no table holds: its name, how many, and what was counted."""

    label: str
    value: int
    definition: str


@dataclass(frozen=True, slots=True)
class Given:
    """All that the report is drafted from: the township's name, tables and counts by their ids.

    The ids of the counts are those of `COUNTS`.
    """

    name: str
    tables: Mapping[str, StatTable]
    counts: Mapping[str, Counted]


COUNTS = (
    "villages", "with_committee", "first_petitions", "red", "red_reported", "legal_aids",
    "legal_aids_answered", "consultations", "advised", "due", "in_time", "returned", "mended",
    "given_back",
)  # fmt: skip


class _Draft:
    """Finds the numbers; every one that it gives knows its cell or its count."""

    def __init__(self, given: Given) -> None:
        self._given = given

    def value(self, table: str, column: str, row: str = _TOTAL) -> int:
        """A cell as it is counted; the part of a ratio."""
        found = self._given.tables[table].value(row, column)
        return found.part if isinstance(found, Ratio) else found or 0

    def cell(self, table: str, column: str, row: str = _TOTAL) -> Number:
        """A cell of a table as it is shown there."""
        shown = self._given.tables[table]
        across, down = shown.row(row), shown.column(column)
        head, line = shown.columns[down], shown.rows[across]
        figure = shown.figure(across, down)
        named = head.label if figure is None or figure.label == line.label else figure.label
        words = tr("《{title}》“{row}”行“{column}”栏")
        place = words.format(title=shown.title, row=line.label, column=_whole(head.heads, head))
        definition = figure.definition if figure is not None else _derived(named)
        source = Source(named, place, definition, table, row, column)
        return Number(shown.shown(across, down), source)

    def size(self, table: str, column: str, row: str = _TOTAL) -> Number:
        """The size of a difference or its percent without its sign, which the words tell."""
        number = self.cell(table, column, row)
        return replace(number, text=number.text.removeprefix("-"))

    def count(self, name: str) -> Number:
        """A count that no table holds."""
        counted = self._given.counts[name]
        place = tr("按登记簿逐条计")
        return Number(str(counted.value), Source(counted.label, place, counted.definition))

    def many(self, name: str) -> int:
        """How many that are."""
        return self._given.counts[name].value

    def rows(self, table: str, column: str, level: Level = Level.LINE) -> list[str]:
        """The rows of a level by what their cell counts, the most first, none without any."""
        shown = self._given.tables[table]
        found = [row.key for row in shown.rows if row.level is level]
        counted = [key for key in found if self.value(table, column, key)]
        return sorted(counted, key=lambda key: -self.value(table, column, key))

    def label(self, table: str, row: str) -> str:
        """What a row is called."""
        shown = self._given.tables[table]
        return shown.rows[shown.row(row)].label


def _whole(heads: tuple[str, ...], head: object) -> str:
    label = getattr(head, "label", "")
    return tr("，").join((*heads, label))


def _derived(label: str) -> str:
    return tr("由同一张表的其他栏算出：{label}。").format(label=label)


_Part = Callable[[_Draft], Iterator[tuple[Piece, ...]]]


def annual_report(given: Given) -> Paper:
    """The draft; a sentence about what did not happen says so, and none invents a reason."""
    draft = _Draft(given)
    parts: list[Heading | Paragraph] = []
    for number, (title, said) in enumerate(_PARTS):
        parts.append(Heading(tr("{number}、{title}").format(number=_NUMERALS[number], title=title)))
        parts += [Paragraph(pieces) for pieces in said(draft)]
    calibre = given.tables["ministry"].calibre
    words = tr("{name}{period}人民调解工作情况")
    title = words.format(name=given.name, period=calibre.period.label())
    return Paper(title, calibre.words(), tuple(parts))


_NUMERALS = "一二三四五六七八九"


def _organisation(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    villages, covered = draft.many("villages"), draft.many("with_committee")
    of_all = tr("，实现全覆盖。") if villages == covered else tr("，还没有全覆盖。")
    yield (
        tr("全镇"), draft.count("villages"), tr("个村（社区）中，"),
        draft.count("with_committee"), tr("个已建立人民调解委员会"), of_all,
        tr("现有各类人民调解委员会"), draft.cell("organisation", "S01"), tr("个，人民调解员"),
        draft.cell("organisation", "S03"), tr("人，其中专职"), draft.cell("organisation", "S04"),
        tr("人、兼职"), draft.cell("organisation", "S05"), tr("人，女调解员"),
        draft.cell("organisation", "S07"), tr("人；村（居）法律顾问"),
        draft.cell("organisation", "S12"), tr("人。"),
    )  # fmt: skip
    if draft.value("organisation", "W05"):
        yield (
            tr("开展业务培训"), draft.cell("organisation", "W05"), tr("场，培训"),
            draft.cell("organisation", "W06"), tr("人次。"),
        )  # fmt: skip


def _mediation(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    if not draft.value("ministry", "M01"):
        yield (tr("本期没有受理矛盾纠纷。"),)
        return
    yield (
        tr("共受理矛盾纠纷"), draft.cell("ministry", "M01"), tr("件，涉及当事人"),
        draft.cell("ministry", "M02"), tr("人；调解成功"), draft.cell("ministry", "M03"),
        tr("件，调解成功率"), draft.cell("rates", "R01"), tr("%（调解成功÷受理）；协议涉及金额"),
        draft.cell("ministry", "M05"), tr("万元。达成书面协议"), draft.cell("ministry", "M39"),
        tr("件、口头协议"), draft.cell("ministry", "M38"), tr("件；疑难复杂案件"),
        draft.cell("ministry", "M04"), tr("件。"),
    )  # fmt: skip
    yield (
        tr("从案件来源看，主动调解"), draft.cell("ministry", "M12"), tr("件，依申请调解"),
        draft.cell("ministry", "M13"), tr("件，接受委托移送调解"),
        draft.cell("ministry", "M14"), tr("件。"),
    )  # fmt: skip
    yield _foremost_types(draft)
    yield _compared(draft)


def _foremost_types(draft: _Draft) -> tuple[Piece, ...]:
    said: list[Piece] = [tr("从纠纷类型看，")]
    for place, row in enumerate(draft.rows("types", "C01")[:_FOREMOST]):
        said += [
            tr("、") if place else "",
            draft.label("types", row),
            draft.cell("types", "C01", row),
            tr("件（占"),
            draft.cell("types", "share", row),
            tr("%）"),
        ]
    return (*said, tr("较多。"))


def _compared(draft: _Draft) -> tuple[Piece, ...]:
    if not draft.value("change", "year", "C01"):
        return (tr("上年同期没有登记的案件，不作比较。"),)
    more = draft.value("change", "year.more", "C01")
    if not more:
        return (tr("受理数与上年同期"), draft.cell("change", "year", "C01"), tr("件持平。"))
    way, by = (tr("增加"), tr("上升")) if more > 0 else (tr("减少"), tr("下降"))
    return (
        tr("与上年同期受理"), draft.cell("change", "year", "C01"), tr("件相比，"), way,
        draft.size("change", "year.more", "C01"), tr("件，"), by,
        draft.size("change", "year.rate", "C01"), tr("%（增减数÷上年同期数）。"),
    )  # fmt: skip


def _linkage(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    channels = draft.rows("linkage", "L01")
    if not channels:
        yield (tr("本期没有接收诉调、警调、访调、检调、复调对接的案件。"),)
        return
    for row in channels:
        yield (
            draft.label("linkage", row), tr("接收"), draft.cell("linkage", "L01", row),
            tr("件，调解成功"), draft.cell("linkage", "L02", row), tr("件，已答复"),
            draft.cell("linkage", "L04", row), tr("件，其中按时答复"),
            draft.cell("linkage", "L05", row), tr("件。"),
        )  # fmt: skip
    if draft.value("linkage", "L06"):
        yield (tr("还有"), draft.cell("linkage", "L06"), tr("件没有答复委托、移送单位。"))


def _petitions(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    if not draft.many("first_petitions"):
        yield (tr("本期没有登记初信初访引入调解的案件。"),)
        return
    yield (tr("初信初访引入调解"), draft.count("first_petitions"), tr("件。"))


def _screening(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    yield (
        tr("开展矛盾纠纷排查"), draft.cell("works", "M40"), tr("次，发现纠纷"),
        draft.cell("works", "W01"), tr("件，预防纠纷"), draft.cell("works", "M41"), tr("件。"),
    )  # fmt: skip
    events = [number for number in (42, 44, 46, 48) if draft.value("works", f"M{number}")]
    for number in events:
        case = draft.cell("works", f"M{number}")
        yield (
            case.source.label, case, tr("件、"), draft.cell("works", f"M{number + 1}"), tr("人。"),
        )  # fmt: skip
    if draft.many("red"):
        yield (
            tr("评定为最高风险等级"), draft.count("red"), tr("件，已向公安机关或有关部门报告"),
            draft.count("red_reported"), tr("件。"),
        )  # fmt: skip


def _aid(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    yield (
        tr("协助申请法律援助"), draft.count("legal_aids"), tr("件，已有答复"),
        draft.count("legal_aids_answered"), tr("件。村（居）法律顾问解答咨询"),
        draft.count("consultations"), tr("次，参加调解"), draft.count("advised"), tr("次。"),
    )  # fmt: skip


def _publicity(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    if not draft.value("works", "W02"):
        yield (tr("本期没有登记普法宣传活动。"),)
        return
    yield (
        tr("开展普法宣传"), draft.cell("works", "W02"), tr("场，受众"),
        draft.cell("works", "W03"), tr("人次，发放资料"), draft.cell("works", "W04"), tr("份。"),
    )  # fmt: skip


def _reporting(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    if not draft.many("due"):
        yield (tr("本期没有应报的月报。"),)
        return
    yield (
        tr("各村（社区）应报月报"), draft.count("due"), tr("份，按时报送"),
        draft.count("in_time"), tr("份。"),
    )  # fmt: skip
    if draft.many("given_back") or draft.many("returned"):
        yield (
            tr("司法所发出回件"), draft.count("given_back"), tr("份，退回补正"),
            draft.count("returned"), tr("件，已改正"), draft.count("mended"), tr("件。"),
        )  # fmt: skip


_PROBLEMS = (
    ("types", "C04", tr("调解不成"), tr("件")),
    ("types", "C05", tr("终止调解"), tr("件")),
    ("types", "C07", tr("没有办结"), tr("件")),
    ("rates", "C14", tr("协议逾期没有履行"), tr("件")),
    ("rates", "C15", tr("达成协议后反悔起诉"), tr("件")),
    ("organisation", "S02", tr("任期届满没有换届的调委会"), tr("个")),
)


def _problems(draft: _Draft) -> Iterator[tuple[Piece, ...]]:
    said = [
        (words, draft.cell(table, column), unit)
        for table, column, words, unit in _PROBLEMS
        if draft.value(table, column)
    ]
    late = draft.many("due") - draft.many("in_time")
    if not said and not late:
        yield (tr("从登记的数字看，本期没有调解不成、逾期未履行或者迟报的情况。"),)
        return
    for place, pieces in enumerate(said):
        end = tr("；") if place + 1 < len(said) else tr("。")
        said[place] = (*pieces[:2], pieces[2] + end)
    if said:
        yield tuple(piece for pieces in said for piece in pieces)
    failed = draft.rows("types", "C04")
    if failed:
        kinds = tr("、").join(draft.label("types", row) for row in failed[:3])
        yield (tr("调解不成的主要是{kinds}。").format(kinds=kinds),)
    if late:
        yield (
            tr("月报应报"), draft.count("due"), tr("份，按时的只有"), draft.count("in_time"),
            tr("份，报送的及时性还要加强。"),
        )  # fmt: skip


_PARTS: tuple[tuple[str, _Part], ...] = (
    (tr("人民调解组织建设"), _organisation),
    (tr("矛盾纠纷化解"), _mediation),
    (tr("衔接联动"), _linkage),
    (tr("信访事项"), _petitions),
    (tr("排查预警"), _screening),
    (tr("法律援助和村（居）法律顾问"), _aid),
    (tr("普法宣传"), _publicity),
    (tr("信息报送与反馈"), _reporting),
    (tr("存在的问题"), _problems),
)
