"""The identities a table must satisfy, our own as well as a foreign one (domain.md §3.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.ministry import Line, Table
from mediation_desk.words import tr

Number = int | Decimal
# The 49 values of a line: raw figures, or as read from a workbook with None where one is missing.
Values = Sequence[Number | None]

EQUAL, AT_MOST, AT_LEAST, TOGETHER = "＝", "≤", "≥", "⇔"

_AMOUNT_COLUMN = 5
# Amounts of a foreign sheet are rounded to 0.01 万元, each by half of that at most (rule R10).
_HALF_STEP = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Check:
    """One check line: two named numbers that `sign` relates, and whether it holds.

    `column` is the number of the column on the left side. TOGETHER says that 件 and 人 are both
    zero or neither, with at least as many persons as cases (R8).
    """

    rule: str
    severity: Severity
    column: int
    left_words: str
    left: Number
    sign: str
    right_words: str
    right: Number
    holds: bool

    @property
    def words(self) -> str:
        """The identity as it is printed under a table."""
        sign = AT_MOST if self.sign == TOGETHER else self.sign
        return f"{self.left_words} {sign} {self.right_words}"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A relation of one column to one or several others, added up."""

    id: str
    column: int
    sign: str
    others: tuple[int, ...]
    factor: int = 1
    severity: Severity = Severity.ERROR
    others_words: str = ""


_SPAN = range(20, 38)
_RULES = (
    _Rule("R1", 1, EQUAL, tuple(_SPAN), others_words=tr("各类纠纷合计（第20至37列）")),
    _Rule("R2", 1, EQUAL, (12, 13, 14), others_words=tr("各案件来源合计（第12至14列）")),
    _Rule("R3", 14, EQUAL, tuple(range(15, 20)), others_words=tr("各委托移送合计（第15至19列）")),
    _Rule("R4", 1, EQUAL, tuple(range(6, 12)), others_words=tr("各调解主体合计（第6至11列）")),
    _Rule("R5", 3, AT_MOST, (1,)),
    _Rule(
        "R6",
        3,
        EQUAL,
        (38, 39),
        severity=Severity.WARNING,
        others_words=tr("两种协议形式合计（第38、39列）"),
    ),
    _Rule("R7", 4, AT_MOST, (1,)),
    *(_Rule("R8", number, TOGETHER, (number + 1,)) for number in (42, 44, 46, 48)),
    _Rule(
        "R9",
        2,
        AT_LEAST,
        (1,),
        factor=2,
        severity=Severity.WARNING,
        others_words=tr("调解案件总数（第1列）的两倍"),
    ),
)
# What domain.md §3.5 asks of any report.
RULE_IDS = frozenset(f"R{number}" for number in range(1, 15))
_PRINTED = frozenset({"R1", "R2", "R3", "R4"})


def checks(values: Values) -> tuple[Check, ...]:
    """Every check of rules R1-R9 that `values` has the numbers for."""
    made = (_check(rule, values) for rule in _RULES)
    return tuple(check for check in made if check is not None)


def line_problems(values: Values, name: str = "") -> list[Problem]:
    """The rules R1-R9 that a line breaks; what is missing is skipped. `name` is its unit."""
    return [_problem(check, name) for check in checks(values) if not check.holds]


def total_checks(parts: Sequence[Values], total: Values, name: str) -> tuple[Check, ...]:
    """Rule R14 for each column: the total called `name` is the sum of its `parts`.

    Where a part or the total is missing the column is skipped. Amounts in 万元 (`Decimal`) may
    differ by what their rounding explains.
    """
    made = (_total_check(parts, total, name, column.number) for column in COLUMNS)
    return tuple(check for check in made if check is not None)


def total_problems(parts: Sequence[Values], total: Values, name: str) -> list[Problem]:
    """The columns in which the total called `name` is not the sum of its `parts` (R14)."""
    return [_problem(check, name) for check in total_checks(parts, total, name) if not check.holds]


def table_problems(table: Table) -> list[Problem]:
    """What is inconsistent in a table: R1-R9 in every line and R14 in both totals."""
    found = [
        problem for entry in table.lines for problem in line_problems(entry.values, entry.name)
    ]
    for total in (table.subordinate_total, table.own_total):
        found += total_problems(_parts(table, total), total.values, total.name)
    return found


def table_checks(table: Table) -> tuple[Check, ...]:
    """The check lines printed under a table: R1-R4 over both levels, and R14."""
    over_all = checks(table.grand_total.values)
    printed = tuple(check for check in over_all if check.rule in _PRINTED)
    agree = [
        value == sum(column)
        for total in (table.subordinate_total, table.own_total)
        for value, *column in zip(total.values, *_parts(table, total), strict=True)
    ]
    return (*printed, _summary(agree))


def _parts(table: Table, total: Line) -> list[tuple[int, ...]]:
    return [entry.values for entry in table.lines if entry.own is total.own]


def _at(values: Values, number: int) -> Number | None:
    return values[number - 1] if number <= len(values) else None


def _sum(numbers: Iterable[Number | None]) -> Number | None:
    total: Number = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _named(number: int) -> str:
    column = COLUMNS[number - 1]
    return tr("{label}（第{number}列）").format(label=column.title, number=number)


def _holds(left: Number, sign: str, right: Number) -> bool:
    if sign == EQUAL:
        return left == right
    if sign == AT_LEAST:
        return left >= right
    return left <= right and (sign == AT_MOST or (left == 0) == (right == 0))


def _check(rule: _Rule, values: Values) -> Check | None:
    left = _at(values, rule.column)
    right = _sum(_at(values, number) for number in rule.others)
    if left is None or right is None:
        return None
    right *= rule.factor
    right_words = rule.others_words or _named(rule.others[0])
    return Check(
        rule.id,
        rule.severity,
        rule.column,
        _named(rule.column),
        left,
        rule.sign,
        right_words,
        right,
        _holds(left, rule.sign, right),
    )


def _total_check(parts: Sequence[Values], total: Values, name: str, number: int) -> Check | None:
    left = _at(total, number)
    right = _sum(_at(part, number) for part in parts)
    if left is None or right is None:
        return None
    rounded = number == _AMOUNT_COLUMN and isinstance(left, Decimal)
    room: Number = _HALF_STEP * (len(parts) + 1) if rounded else 0
    left_words = tr("{name}的{column}").format(name=name, column=_named(number))
    right_words = tr("各单位合计")
    holds = -room <= left - right <= room
    return Check("R14", Severity.ERROR, number, left_words, left, EQUAL, right_words, right, holds)


def _summary(agree: Sequence[bool]) -> Check:
    """Rule R14 over all columns as one line: how many sums there are, and how many agree."""
    return Check(
        "R14",
        Severity.ERROR,
        1,
        tr("总计各栏与各单位合计相符的个数"),
        sum(agree),
        EQUAL,
        tr("应相符的个数"),
        len(agree),
        all(agree),
    )


def _problem(check: Check, name: str) -> Problem:
    due = {
        EQUAL: tr("两者应相等"),
        AT_MOST: tr("前者不应大于后者"),
        AT_LEAST: tr("前者不应小于后者"),
        TOGETHER: tr("件数和人数应同时为零或同时不为零，且人数不少于件数"),
    }[check.sign]
    words = tr("{left_words}为{left}，{right_words}为{right}，{due}。").format(
        left_words=check.left_words,
        left=check.left,
        right_words=check.right_words,
        right=check.right,
        due=due,
    )
    if name and check.rule != "R14":
        words = tr("{name}：{words}").format(name=name, words=words)
    mend = tr("请核对这些栏目的数字。")
    return Problem(check.rule, check.severity, str(check.column), words, mend)
