"""The 49 columns of the Ministry-style table, each with its figure (domain.md §3.2)."""

from dataclasses import dataclass

from mediation_desk.domain.codes import (
    AgreementForm,
    Code,
    Outcome,
    PreventionKind,
    Source,
    UnitKind,
)
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.figures.figure import BY_CALIBRE, BY_EVENT, OF_CASES, Figure, Measure, Where
from mediation_desk.words import tr

COMMITTEES = (
    UnitKind.VILLAGE,
    UnitKind.COMMUNITY,
    UnitKind.TOWNSHIP,
    UnitKind.STREET,
    UnitKind.ENTERPRISE,
    UnitKind.SOCIAL,
)
ON_REQUEST = (Source.WRITTEN, Source.SPOKEN)
ENTRUSTED = (Source.COURT, Source.PROCURATORATE, Source.POLICE, Source.PETITION, Source.OTHER)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number, its group heads from the top, its label and unit, its figure."""

    number: int
    heads: tuple[str, ...]
    label: str
    unit: str
    figure: Figure

    @property
    def title(self) -> str:
        """Label and unit together, different for every column."""
        return f"{self.label}({self.unit})"


@dataclass(frozen=True, slots=True)
class _Entry:
    heads: tuple[str, ...]
    label: str
    unit: str
    measure: Measure
    where: Where
    definition: str


_MEDIATION = tr("调解情况")
_PREVENTION = tr("排查预防纠纷")
_COUNTED = tr(
    "案件指已受理、未作废的纠纷，不含不予受理的，一起纠纷只计一次；"
    "按报表口径的日期（受理日期或结案日期）归入统计期间。"
)
_PIECES, _PERSONS, _ROUNDS, _MONEY = tr("件"), tr("人"), tr("次"), tr("万元")


def _codes(*members: Code) -> frozenset[str]:
    return frozenset(str(member.value) for member in members)


def _cases(heads: tuple[str, ...], label: str, where: Where, which: str) -> _Entry:
    return _Entry(heads, label, _PIECES, Measure.CASES, where, which + _COUNTED)


def _basics() -> list[_Entry]:
    heads = (_MEDIATION,)
    forms = _codes(*AgreementForm)
    people = tr("各案件涉及当事人数之和，法人和非法人组织各计一人。")
    money = tr("达成协议的案件的协议金额（不是诉求金额）之和，合计后一次折算为万元。")
    return [
        _cases(heads, tr("调解案件总数"), (), tr("全部案件的件数。")),
        _Entry(heads, tr("涉及当事人数"), _PERSONS, Measure.PEOPLE, (), people + _COUNTED),
        _cases(
            heads,
            tr("调解成功"),
            (("outcome", _codes(Outcome.SETTLED)),),
            tr("调解结果为“调解成功”的案件件数。"),
        ),
        _cases(
            heads,
            tr("疑难复杂案件"),
            (("complex", frozenset({"1"})),),
            tr("标明为疑难复杂的案件件数。"),
        ),
        _Entry(
            heads,
            tr("协议涉及金额"),
            _MONEY,
            Measure.AMOUNT,
            (("form", forms),),
            money + _COUNTED,
        ),
    ]


def _by_committee() -> list[_Entry]:
    heads = (_MEDIATION, tr("不同主体调解情况"))
    words = tr("由{label}受理的案件件数。")
    return [
        _cases(
            heads,
            tr(kind.label),
            (("committee", _codes(kind)),),
            words.format(label=tr(kind.label)),
        )
        for kind in COMMITTEES
    ]


def _by_source() -> list[_Entry]:
    heads = (_MEDIATION, tr("案件来源"))
    within = (_MEDIATION, tr("其中：接受委托移送"))
    words = tr("案件来源为“{sources}”的案件件数。")
    entries = (
        (heads, tr("主动调解"), (Source.OWN,)),
        (heads, tr("依申请调解"), ON_REQUEST),
        (heads, tr("接受委托移送调解"), ENTRUSTED),
        (within, tr("法院委托移送"), (Source.COURT,)),
        (within, tr("检察院委托移送"), (Source.PROCURATORATE,)),
        (within, tr("公安机关委托移送"), (Source.POLICE,)),
        (within, tr("信访部门委托移送"), (Source.PETITION,)),
        (within, tr("其他部门委托移送"), (Source.OTHER,)),
    )
    return [
        _cases(
            path,
            label,
            (("source", _codes(*sources)),),
            words.format(sources="、".join(tr(source.label) for source in sources)),
        )
        for path, label, sources in entries
    ]


def _by_type() -> list[_Entry]:
    heads = (_MEDIATION, tr("案件分类情况"))
    words = tr("纠纷类型为“{label}”（含归入该类的本地类型）的案件件数。")
    return [
        _cases(
            heads,
            tr(entry.label),
            (("type", frozenset({entry.code})),),
            words.format(label=tr(entry.label)),
        )
        for entry in EIGHTEEN
    ]


def _by_form() -> list[_Entry]:
    heads = (_MEDIATION, tr("协议形式"))
    words = tr("调解成功并达成{label}的案件件数。")
    return [
        _cases(
            heads,
            tr(form.label),
            (("outcome", _codes(Outcome.SETTLED)), ("form", _codes(form))),
            words.format(label=tr(form.label)),
        )
        for form in AgreementForm
    ]


def _preventions() -> list[_Entry]:
    heads = (_PREVENTION,)
    rounds = tr("排查日期在统计期间内的排查轮次，按次数计，不是发现的纠纷数。")
    prevented = tr("排查日期在统计期间内的各次排查所预防的纠纷件数之和。")
    cases = tr("日期在统计期间内登记的“{label}”件数之和。")
    persons = tr("日期在统计期间内登记的“{label}”涉及人数之和。")
    entries = [
        _Entry(heads, tr("排查纠纷"), _ROUNDS, Measure.ROUNDS, (), rounds),
        _Entry(heads, tr("预防纠纷"), _PIECES, Measure.PREVENTED, (), prevented),
    ]
    for kind in PreventionKind:
        label, where = tr(kind.label), (("kind", _codes(kind)),)
        for unit, measure, words in (
            (_PIECES, Measure.PREVENTION_CASES, cases),
            (_PERSONS, Measure.PREVENTION_PERSONS, persons),
        ):
            entries.append(_Entry(heads, label, unit, measure, where, words.format(label=label)))
    return entries


def _columns() -> tuple[Column, ...]:
    entries = [
        *_basics(),
        *_by_committee(),
        *_by_source(),
        *_by_type(),
        *_by_form(),
        *_preventions(),
    ]
    return tuple(
        Column(
            number,
            entry.heads,
            entry.label,
            entry.unit,
            Figure(
                f"M{number:02}",
                entry.label,
                entry.unit,
                entry.definition,
                entry.measure,
                entry.where,
                BY_CALIBRE if entry.measure in OF_CASES else BY_EVENT,
            ),
        )
        for number, entry in enumerate(entries, 1)
    )


COLUMNS = _columns()
