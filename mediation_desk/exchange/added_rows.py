"""A row that somebody typed under a table, as the records it tells of."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import CaseStatus, PartyRole
from mediation_desk.domain.fields import label_of
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.exchange.columns import LEDGER, REFERRALS, SESSIONS, WORKS, Sheet
from mediation_desk.exchange.dress import NotRead
from mediation_desk.exchange.finding_heads import plain_head
from mediation_desk.exchange.reading_back import Beside, Other, Shown, label_parts, parts
from mediation_desk.words import tr

_SHEETS: dict[str, Sheet[Any]] = {"session": SESSIONS, "referral": REFERRALS}
_OF_PARTIES = ("name", "id_number", "phone", "address")


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed row: whose it is, its cells by head, and the id from which its records get theirs."""

    id: str
    unit_id: str
    dispute_id: str
    cells: Mapping[str, str]

    def id_of(self, part: str) -> str:
        """The id of one of the row's records, the same each time."""
        return uuid.uuid5(uuid.UUID(self.id), part).hex


def case_label_of(typed: Typed, beside: Beside) -> tuple[int, int] | None:
    """Year and number that a typed row has; None where it has none that can be read."""
    try:
        year, number, _ = label_parts(_cell(typed, LEDGER.key[0]), beside.unit, beside.pattern,
                                      beside.year)  # fmt: skip
    except NotRead:
        return None
    return year, number


def dispute_of_row(typed: Typed, beside: Beside, year: int, number: int) -> list[Record]:
    """The dispute of a row of the ledger with its parties and agreement, under this number.

    Raises `DeskError` with everything that keeps it from being one.
    """
    wrong: list[str] = []
    values = dict(_values(LEDGER, "dispute", typed, beside, wrong))
    values.pop("number", None)
    values.pop("void_reason", None)
    if values.get("status") is None:
        values["status"] = CaseStatus.CLOSED if values.get("closed_on") else CaseStatus.REGISTERED
    parties = list(_parties(typed, beside, wrong))
    agreement = dict(_values(LEDGER, "agreement", typed, beside, wrong))
    common = {"unit_id": typed.unit_id, "year": year, "number": number}
    dispute = _made("dispute", typed.id_of("dispute"), values | common, wrong)
    records: list[Record] = []
    if agreement:
        agreed_on = values.get("closed_on") or values.get("intake_on")
        more = {"dispute_id": typed.id_of("dispute"), "agreed_on": agreed_on}
        if agreed_on is None:
            wrong.append(tr("没有结案日期，不知道协议何时达成"))
        made = _made("agreement", typed.id_of("agreement"), agreement | more, wrong)
        records += [made] if isinstance(made, Agreement) else []
    _complain(wrong)
    assert isinstance(dispute, Dispute)
    return [replace(dispute, remark=_remarks(LEDGER, typed)), *parties, *records]


def record_of_row(kind: str, typed: Typed, beside: Beside) -> Record:
    """The session, referral or work of a row of another sheet.

    Raises `DeskError` with everything that keeps it from being one.
    """
    wrong: list[str] = []
    if kind not in KINDS:
        wrong.append(tr("“类别”不是排查、预防或普法"))
        _complain(wrong)
    values = dict(_values(_SHEETS.get(kind, WORKS), kind, typed, beside, wrong))
    if kind in _SHEETS:
        values["dispute_id"] = typed.dispute_id
        if not typed.dispute_id:
            wrong.append(tr("找不到“编号”所指的纠纷"))
    else:
        values["unit_id"] = typed.unit_id
    made = _made(kind, typed.id_of(kind), values, wrong)
    _complain(wrong)
    assert made is not None
    return made


def _complain(wrong: list[str]) -> None:
    if wrong:
        why = tr("；").join(dict.fromkeys(wrong))
        happened = tr("这一行不能直接登记：{why}。").format(why=why)
        raise DeskError(happened + tr("请由报送单位照这一行登记，再把它标为不采用。"))


def _cell(typed: Typed, head: str) -> str:
    wanted = plain_head(head)
    return next((cell for name, cell in typed.cells.items() if plain_head(name) == wanted), "")


def _values(
    sheet: Sheet[Any], kind: str, typed: Typed, beside: Beside, wrong: list[str]
) -> Iterator[tuple[str, Any]]:
    """The fields of one record that the row tells, and what cannot be read."""
    own = beside.of(None, typed.cells)
    for column in sheet.columns:
        cell = _cell(typed, column.head)
        shown = next((one for one in column.shows if one.kind == kind and one.role is None), None)
        if shown is None or not cell.strip():
            continue
        value = _read(shown, column.head, cell, own, wrong)
        if isinstance(value, Other):
            wrong.append(tr("“{head}”写的是作废").format(head=column.head))
        elif value is not None:
            yield shown.name, value


def _read(shown: Shown, head: str, cell: str, beside: Beside, wrong: list[str]) -> Any:
    try:
        return shown.read(cell, beside)
    except NotRead as why:
        wrong.append(tr("“{head}”{why}").format(head=head, why=why))
        return None


def _parties(typed: Typed, beside: Beside, wrong: list[str]) -> Iterator[Party]:
    """The parties of a row: names side by side, with what else stands about them in their order."""
    columns = {
        (shown.role, shown.name): (column.head, shown)
        for column in LEDGER.columns
        for shown in column.shows
        if shown.role is not None
    }
    for role in PartyRole:
        told: dict[str, list[str]] = {}
        for name in _OF_PARTIES:
            if (role, name) in columns:
                told[name] = parts(_cell(typed, columns[role, name][0]))
        for position, _ in enumerate(told["name"], 1):
            values: dict[str, Any] = {"role": role, "position": position}
            for name, texts in told.items():
                if len(texts) == len(told["name"]):
                    head, shown = columns[role, name]
                    values[name] = _read(shown, head, texts[position - 1], beside, wrong) or ""
                elif texts:
                    wrong.append(tr("“{head}”分不清是哪位当事人的").format(
                        head=columns[role, name][0]))  # fmt: skip
            party_id, own = typed.id_of(f"{role.value}.{position}"), typed.id_of("dispute")
            yield Party(id=party_id, dispute_id=own, **values)


def _made(kind: str, record_id: str, values: Mapping[str, Any], wrong: list[str]) -> Record | None:
    record = KINDS[kind]
    needed = [entry.name for entry in fields(record) if entry.default is MISSING]
    missing = [name for name in needed if name != "id" and values.get(name) is None]
    wrong += [tr("没有“{label}”").format(label=label_of(record, name)) for name in missing]
    return None if missing else record(id=record_id, **values)


def _remarks(sheet: Sheet[Any], typed: Typed) -> str:
    """What stands in columns that are not ours."""
    ours = {plain_head(column.head) for column in sheet.columns}
    return "\n".join(
        f"{head}：{cell}" for head, cell in typed.cells.items() if plain_head(head) not in ours
    )
