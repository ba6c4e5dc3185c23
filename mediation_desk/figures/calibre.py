"""By which rules a table counts: period, deciding date, oral agreements, type list."""

from dataclasses import dataclass

from mediation_desk.domain.codes import Code
from mediation_desk.domain.periods import Period
from mediation_desk.words import tr

TYPE_LISTS = ("18", "15")


class DateBasis(Code):
    """Which date puts a case in a period; practice differs, so each report says it."""

    INTAKE = "intake", "受理日期"
    CLOSING = "closing", "结案日期"


@dataclass(frozen=True, slots=True)
class Calibre:
    """What a table counts, printed on it (domain.md §3.6).

    Counted are disputes that are not void, have an intake date and were not refused, whose date
    of `basis` lies in `period`; without `oral` those with an oral agreement are left out.
    Screenings and preventions are counted by their own day. `types` is one of `TYPE_LISTS`;
    anything else raises `ValueError`.
    """

    period: Period
    basis: DateBasis = DateBasis.INTAKE
    oral: bool = True
    types: str = "18"

    def __post_init__(self) -> None:
        if self.types not in TYPE_LISTS:
            raise ValueError(self.types)

    def words(self) -> str:
        """The calibre as the sentence printed on the table."""
        return tr(
            "统计期间：{period}（{first}至{last}）；案件按{basis}统计，{oral}；"
            "排查、预防按发生日期统计；纠纷类型按{types}类统计。"
        ).format(
            period=self.period.label(),
            first=self.period.first.isoformat(),
            last=self.period.last.isoformat(),
            basis=tr(self.basis.label),
            oral=tr("含口头协议") if self.oral else tr("不含口头协议案件"),
            types=self.types,
        )
