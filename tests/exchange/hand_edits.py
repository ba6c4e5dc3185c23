"""A person at a workbook: changes that mean something, and many that mean nothing."""

import json
import random
from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from sample_packages import TODAY, VILLAGE, counts_for, made_contents, records_of

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    Confirmation,
    Direction,
    Outcome,
    PartyRole,
    Performance,
    PreventionKind,
    ReferralChannel,
    SessionKind,
    SessionResult,
    Source,
)
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.domain.handling import MediationSession, Referral
from mediation_desk.domain.organisation import LocalType, Mediator
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER, REFERRALS, SESSIONS, SHEETS, WORKS
from mediation_desk.exchange.contents import PackageContents
from mediation_desk.exchange.incoming import Incoming, read_package
from mediation_desk.exchange.laying import leaving
from mediation_desk.exchange.sealing import DeskKey, Seal
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.exchange.writing import write_package

Told = tuple[str, str, str, str]  # kind, record, field, new value as JSON
DAYS, TEXTS, WHOLES = "day", "text", "whole"
_CODES: dict[tuple[str, str], Any] = {
    (LEDGER.title, "案件来源"): Source,
    (LEDGER.title, "调解结果"): Outcome,
    (LEDGER.title, "协议形式"): AgreementForm,
    (LEDGER.title, "履行情况"): Performance,
    (LEDGER.title, "司法确认"): Confirmation,
    (LEDGER.title, "归档情况"): ArchiveState,
    (SESSIONS.title, "记录类别"): SessionKind,
    (SESSIONS.title, "调解结果"): SessionResult,
    (REFERRALS.title, "方向"): Direction,
    (REFERRALS.title, "衔接渠道"): ReferralChannel,
}
_DAYS = {
    (LEDGER.title, "受理日期"): "intake_on",
    (LEDGER.title, "结案日期"): "closed_on",
    (SESSIONS.title, "日期"): "held_on",
    (REFERRALS.title, "函件日期"): "letter_on",
    (REFERRALS.title, "答复期限"): "answer_due_on",
    (WORKS.title, "日期"): "",
}
_TEXTS = {
    (SESSIONS.title, "时间"): "time",
    (SESSIONS.title, "记录人"): "recorder",
    (REFERRALS.title, "函号"): "letter_number",
    (REFERRALS.title, "移送或接收机构"): "body",
    (LEDGER.title, "发生地点"): "place",
    (LEDGER.title, "纠纷简要情况"): "facts",
    (SESSIONS.title, "记录内容"): "narrative",
}
_WORDS = "石桩河坎水渠竹林院坝门前通道晒坝檐沟菜地围墙界石"


def rich_contents(seed: int, cases: int) -> PackageContents:
    """A package with several parties a side, third parties, local types and void numbers."""
    rng = random.Random(seed)
    unmasked = "双龙司法所" if seed % 3 == 0 else ""
    contents = made_contents(cases, seed=seed, unmasked_for=unmasked)
    batches = []
    for number, batch in enumerate(contents.batches, 1):
        made = list(batch)
        dispute = made[0]
        assert isinstance(dispute, Dispute)
        if rng.random() < 0.1:
            made[0] = replace(dispute, type="L1")
        elif rng.random() < 0.1:
            made[0] = replace(dispute, void_reason="登记重复")
        parties = [record for record in made if isinstance(record, Party)]
        for extra in range(rng.choice((0, 0, 1, 3))):
            role = rng.choice(list(PartyRole))
            like = rng.choice(parties)
            name = rng.choice("欧阳郑王何") + rng.choice("清远平安") + rng.choice("福贵兰芝")
            made.append(
                replace(
                    like,
                    id=f"{number:08x}{extra:024x}",
                    role=role,
                    name=name,
                    position=2 + extra,
                    phone="",
                    address=f"{number}组{extra}号",
                )
            )
        if rng.random() < 0.3:
            made.append(
                Referral(
                    id=f"{number:08x}{'f' * 24}",
                    revision=1,
                    personal_revision=1,
                    dispute_id=dispute.id,
                    direction=Direction.OUT,
                    channel=ReferralChannel.LEGAL_AID,
                    body="县法律援助中心",
                    letter_number=f"梨调函{number}号",
                    letter_on=date(2026, 10, 1 + number % 27),
                )
            )
        batches.append(made)
    others = (
        *contents.others,
        LocalType(id="e1" * 16, revision=1, code="L1", label="檐水纠纷", rolls_up_to="02"),
        Mediator(id="e2" * 16, revision=1, unit_id=VILLAGE.id, name="何桂芳"),
        Mediator(id="e3" * 16, revision=1, unit_id=VILLAGE.id, name="唐 建"),
    )
    return replace(contents, others=others, batches=tuple(batches))


VILLAGE_KEY, OFFICE_KEY = DeskKey(bytes([1]) * 32), DeskKey(bytes([2]) * 32)


def rich_package(seed: int, cases: int, target: Path) -> tuple[PackageContents, Path]:
    """A package in full, sealed with masked sheets, or masked alone, each in its turn."""
    contents = rich_contents(seed, cases)
    seal = Seal(VILLAGE_KEY, OFFICE_KEY.public, "双龙司法所") if seed % 3 == 1 else None
    return contents, write_package(contents, counts_for(contents), target, seal).path


def read(path: Path) -> Incoming:
    """The package as its office reads it."""
    return read_package(path, TODAY, OFFICE_KEY)


@dataclass
class Done:
    """What a person did: the edits to be found, how many rows were added and taken away."""

    edits: set[Told] = field(default_factory=set)
    added: Counter[str] = field(default_factory=Counter)
    deleted: int = 0
    meant_nothing: Counter[str] = field(default_factory=Counter)


class Hand:
    """Edits one workbook at random and remembers what it meant."""

    def __init__(self, contents: PackageContents, path: Path, rng: random.Random) -> None:
        head = contents.head
        self.rng = rng
        self.personal = head.personal
        self.shelf = Shelf(head, leaving(head, records_of(contents)))
        self.book: Workbook = load_workbook(path, data_only=True)
        # A sheet may get another name on the way.
        self._grids = {sheet.title: self.book[sheet.title] for sheet in SHEETS}
        self.done = Done()
        self._touched: set[tuple[str, str]] = set()

    def work(self, target: Path) -> Done:
        """Change something, then handle the workbook as people do, and save it."""
        steps: list[Callable[[], bool]] = [
            self._code, self._day, self._day, self._text, self._whole, self._money, self._yes_no,
            self._name, self._type, self._number, self._mediator, self._new_party, self._work_field,
            self._clear, self._asked_or_identity, self._note,
        ]  # fmt: skip
        for _ in range(self.rng.choice((0, 1, 2, 4, 8))):
            step = self.rng.choice(steps)
            any(step() for _ in range(6))
        for _ in range(self.rng.choice((0, 3, 20))):
            self._other_dress()
        for _ in range(self.rng.choice((0, 0, 1, 2))):
            self._add_row()
        if self.rng.random() < 0.3:
            self._delete_row()
        handling = (
            self._sort, self._hide, self._colour, self._rename_heads, self._move_column,
            self._insert_columns, self._title, self._rename_sheet, self._move_sheet,
            self._extra_sheet, self._footer, self._blank_rows, self._freeze, self._own_heads_again,
        )  # fmt: skip
        for act in self.rng.sample(handling, self.rng.choice((0, 1, 2, 4))):
            act()
            self.done.meant_nothing[act.__name__.strip("_")] += 1
        self.book.save(target)
        return self.done

    # Where things stand

    def _sheet(self, sheet: Any) -> Worksheet:
        return self._grids[sheet.title]

    def _rows(self, sheet: Any) -> list[Any]:
        return list(sheet.rows(self.shelf))

    def _pick(self, sheet: Any) -> tuple[int, Any] | None:
        rows = self._rows(sheet)
        if not rows:
            return None
        at = self.rng.randrange(len(rows))
        return FIRST_ROW + at, rows[at]

    def _cell(self, sheet: Any, row: int, head: str) -> Any:
        return self._sheet(sheet).cell(row, sheet.number_of(head, personal=self.personal))

    def _note_edit(self, kind: str, record: Record, name: str, value: object) -> None:
        self.done.edits.add((kind, record.id, name, canonical(value)))

    def _once(self, record: Record, name: str) -> bool:
        key = (record.id, name)
        if key in self._touched or record.void_reason:
            return False
        self._touched.add(key)
        return True

    def _shown(self, sheet: Any, head: str) -> bool:
        return head in [column.head for column in sheet.shown(personal=self.personal)]

    # Changes that mean something

    def _code(self) -> bool:
        title, head = self.rng.choice(list(_CODES))
        sheet = next(entry for entry in SHEETS if entry.title == title)
        codes = _CODES[title, head]
        picked = self._pick(sheet)
        if picked is None:
            return False
        row, shown = picked
        told = next(column for column in sheet.columns if column.head == head).shows[0]
        records = told.records(shown)
        if not records or not self._once(records[0], told.name):
            return False
        others = [code for code in codes if code is not getattr(records[0], told.name)]
        code = self.rng.choice(others)
        label = self.rng.choice((code.label, f" {code.label} ", code.label.replace("(", "（")))
        self._cell(sheet, row, head).value = label
        self._note_edit(told.kind, records[0], told.name, code.value)
        return True

    def _dressed_day(self, cell: Any, day: date) -> None:
        dress = self.rng.randrange(7)
        if dress == 0:
            cell.value = day
        elif dress == 1:
            cell.value = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as a sheet has it
        elif dress == 2:
            cell.value = (day - date(1899, 12, 30)).days
            cell.number_format = "General"
        elif dress == 3:
            cell.value = f"{day.year}年{day.month}月{day.day}日"
        elif dress == 4:
            cell.value = f"{day.year}.{day.month}.{day.day}"
        elif dress == 5:
            cell.value = day.strftime("%Y%m%d")
        else:
            cell.value = day.isoformat().translate(
                str.maketrans("0123456789", "０１２３４５６７８９")
            )

    def _day(self) -> bool:
        title, head = self.rng.choice(list(_DAYS))
        sheet = next(entry for entry in SHEETS if entry.title == title)
        picked = self._pick(sheet)
        if picked is None:
            return False
        row, shown = picked
        column = next(column for column in sheet.columns if column.head == head)
        told = next(one for one in column.shows if one.records(shown) is not None)
        records = told.records(shown)
        if not records or not self._once(records[0], told.name):
            return False
        before = getattr(records[0], told.name) or date(2026, 10, 1)
        day = before + timedelta(days=self.rng.randrange(1, 25))
        self._dressed_day(self._cell(sheet, row, head), day)
        self._note_edit(told.kind, records[0], told.name, day.isoformat())
        return True

    def _text(self) -> bool:
        title, head = self.rng.choice(list(_TEXTS))
        sheet = next(entry for entry in SHEETS if entry.title == title)
        picked = self._pick(sheet)
        if picked is None or not self._shown(sheet, head):
            return False
        row, shown = picked
        record, name = sheet.record(shown), _TEXTS[title, head]
        if not self._once(record, name):
            return False
        text = "".join(self.rng.choice(_WORDS) for _ in range(self.rng.randrange(2, 9)))
        self._cell(sheet, row, head).value = text + self.rng.choice(("", " ", "\u3000"))
        kind = {LEDGER.title: "dispute", SESSIONS.title: "session"}.get(title, "referral")
        self._note_edit(kind, record, name, text)
        return True

    def _whole(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        dispute = shown.case.dispute
        if not self._once(dispute, "people"):
            return False
        people = dispute.people + self.rng.randrange(1, 30)
        dresses = (people, float(people), str(people), f"{people}人", f"{people}.0")
        self._cell(LEDGER, row, "涉及当事人数").value = self.rng.choice(dresses)
        self._note_edit("dispute", dispute, "people", people)
        return True

    def _money(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        agreement = shown.case.agreement
        if agreement is None or shown.case.dispute.void_reason:
            return False
        if not self._once(agreement, "amount_fen"):
            return False
        fen = agreement.amount_fen + self.rng.randrange(1, 90_000) * 10
        yuan = fen / 100
        dresses = (yuan, f"{yuan}", f"{yuan:,.2f}", f"{yuan:.2f}元", f"￥{yuan:.2f}")
        self._cell(LEDGER, row, "协议涉及金额(元)").value = self.rng.choice(dresses)
        self._note_edit("agreement", agreement, "amount_fen", fen)
        return True

    def _yes_no(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        head, name = self.rng.choice((("疑难复杂", "complex"), ("涉及农民工", "migrant_workers")))
        dispute = shown.case.dispute
        if not self._once(dispute, name):
            return False
        value = not getattr(dispute, name)
        words = ("是", "√", "TRUE", "1") if value else ("否", "×", "0", "无")
        self._cell(LEDGER, row, head).value = self.rng.choice(words)
        self._note_edit("dispute", dispute, name, value)
        return True

    def _side(self, shown: Any) -> tuple[str, list[Party]]:
        head, role = self.rng.choice(
            (("申请人", PartyRole.APPLICANT), ("被申请人", PartyRole.RESPONDENT))
        )
        return head, [party for party in shown.case.parties if party.role is role]

    def _name(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        head, parties = self._side(shown)
        if not parties or shown.case.dispute.void_reason:
            return False
        party = self.rng.choice(parties)
        if any((other.id, "name") in self._touched for other in parties):
            return False
        self._once(party, "name")
        name = "郝" + "".join(self.rng.choice(_WORDS) for _ in range(self.rng.choice((1, 2))))
        shown_name = f"{name[0]}  {name[1]}" if len(name) == 2 else name
        names = [shown_name if other is party else other.name for other in parties]
        self._cell(LEDGER, row, head).value = self.rng.choice(("、", "，", ",")).join(names)
        self._note_edit("party", party, "name", name)
        return True

    def _new_party(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        head, parties = self._side(shown)
        dispute = shown.case.dispute
        if any((other.id, "name") in self._touched for other in parties):
            return False
        if not parties or not self._once(dispute, head):
            return False
        for party in parties:
            self._touched.add((party.id, "name"))
        if len(parties) > 1 and self.rng.random() < 0.5:
            gone = parties[-1]
            names = [party.name for party in parties[:-1]]
            if gone.name in names:
                return False
            self._cell(LEDGER, row, head).value = "、".join(names)
            self._note_edit("party", gone, "void_reason", "表中删去")
            return True
        name = "郝" + self.rng.choice(_WORDS) + "新"
        self._cell(LEDGER, row, head).value = "、".join([*(p.name for p in parties), name])
        role = parties[0].role.value
        self.done.edits.add(("party", "", "name", canonical({"name": name, "role": role})))
        return True

    def _type(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        dispute = shown.case.dispute
        if not self._once(dispute, "type"):
            return False
        if dispute.type == "L1":
            self._cell(LEDGER, row, "本地类型").value = None
            self._note_edit("dispute", dispute, "type", "02")
        elif dispute.type == "02":
            self._cell(LEDGER, row, "本地类型").value = "檐水纠纷"
            self._note_edit("dispute", dispute, "type", "L1")
        else:
            entry = self.rng.choice([one for one in EIGHTEEN if one.code != dispute.type])
            self._cell(LEDGER, row, "纠纷类型").value = entry.label
            self._note_edit("dispute", dispute, "type", entry.code)
        return True

    def _number(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        dispute = shown.case.dispute
        if not self._once(dispute, "number"):
            return False
        number = 500 + dispute.number
        label = f"(2026)梨民调字第{number:03d}号"
        self._cell(LEDGER, row, "编号").value = self.rng.choice((label, label.replace("(", "（")))
        self._note_edit("dispute", dispute, "number", number)
        if self.rng.random() < 0.5:
            # The other sheets follow the ledger, which is one change and not many.
            for sheet in (SESSIONS, REFERRALS):
                for at, other in enumerate(self._rows(sheet), FIRST_ROW):
                    if sheet.record(other).dispute_id == dispute.id:
                        self._cell(sheet, at, "编号").value = label
        return True

    def _mediator(self) -> bool:
        sheet = self.rng.choice((LEDGER, SESSIONS))
        picked = self._pick(sheet)
        if picked is None:
            return False
        row, shown = picked
        record = sheet.record(shown)
        if not self._once(record, "mediator_ids"):
            return False
        words, ids = self.rng.choice(
            (
                ("何桂芳", ["e2" * 16]),
                ("李明、何桂芳", ["f" * 32, "e2" * 16]),
                ("何桂芳，唐建", ["e2" * 16, "e3" * 16]),
            )
        )
        self._cell(sheet, row, "人民调解员").value = words
        self._note_edit("dispute" if sheet is LEDGER else "session", record, "mediator_ids", ids)
        return True

    def _work_field(self) -> bool:
        picked = self._pick(WORKS)
        if picked is None:
            return False
        row, shown = picked
        record, text = shown.record, "".join(self.rng.choice(_WORDS) for _ in range(4))
        choices: dict[str, tuple[tuple[str, str, object, object], ...]] = {
            "Screening": (
                ("区域或地点", "area", text, text),
                ("预防纠纷(件)", "prevented", 31, 31),
            ),
            "Prevention": (
                ("防止人数", "persons", "41人", 41),
                ("事项", "kind", PreventionKind.BRAWL.label, PreventionKind.BRAWL.value),
            ),
            "Publicity": (("事项", "topic", text, text), ("受众人数", "audience", "５１", 51)),
        }
        head, name, shown_value, value = self.rng.choice(choices[type(record).__name__])
        if not self._once(record, name):
            return False
        self._cell(WORKS, row, head).value = shown_value
        self._note_edit(type(record).__name__.lower(), record, name, value)
        return True

    def _clear(self) -> bool:
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        dispute = shown.case.dispute
        head, name = self.rng.choice((("结案日期", "closed_on"), ("履行情况", "performance")))
        if getattr(dispute, name) is None or not self._once(dispute, name):
            return False
        self._cell(LEDGER, row, head).value = self.rng.choice((None, "", " "))
        self._note_edit("dispute", dispute, name, None)
        return True

    def _asked_or_identity(self) -> bool:
        picked = self._pick(SESSIONS)
        if picked is None:
            return False
        row, shown = picked
        session = shown.session
        assert isinstance(session, MediationSession)
        if not self._once(session, "asked"):
            return False
        self._cell(SESSIONS, row, "被调查人").value = "郝大山"
        self._note_edit("session", session, "asked", "郝大山")
        return True

    def _note(self) -> bool:
        """A column of one's own with a word in one row."""
        picked = self._pick(LEDGER)
        if picked is None:
            return False
        row, shown = picked
        dispute = shown.case.dispute
        if not self._once(dispute, "remark"):
            return False
        sheet = self._sheet(LEDGER)
        column = len(LEDGER.shown(personal=self.personal)) + 1
        sheet.cell(FIRST_ROW - 1, column).value = "领导批示"
        sheet.cell(row, column).value = "已阅"
        self._note_edit("dispute", dispute, "remark", "领导批示：已阅")
        return True

    # Changes that mean nothing

    def _other_dress(self) -> None:
        """The same value written otherwise."""
        sheet = self.rng.choice((LEDGER, LEDGER, SESSIONS, REFERRALS, WORKS))
        grid = self._sheet(sheet)
        columns = sheet.shown(personal=self.personal)
        rows = len(self._rows(sheet))
        if not rows:
            return
        row = FIRST_ROW + self.rng.randrange(rows)
        number = self.rng.randrange(len(columns))
        cell = grid.cell(row, number + 1)
        value = cell.value
        if isinstance(value, datetime):
            self._dressed_day(cell, value.date())
        elif isinstance(value, bool) or value is None:
            return
        elif isinstance(value, int | float):
            cell.value = self.rng.choice((str(value), float(value), f" {value} "))
        elif isinstance(value, str) and value:
            wide = value.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
            spaced = value[0] + " " + value[1:] if len(value) == 2 else value + "\u00a0"
            cell.value = self.rng.choice((value + "  ", "\u3000" + value, wide, spaced))
        self.done.meant_nothing["dress"] += 1

    def _sort(self) -> None:
        sheet = self.rng.choice((LEDGER, SESSIONS))
        grid = self._sheet(sheet)
        last = grid.max_row
        rows = [
            [(cell.value, cell.number_format) for cell in grid[number]]
            for number in range(FIRST_ROW, last + 1)
        ]
        self.rng.shuffle(rows)
        for number, row in enumerate(rows, FIRST_ROW):
            for column, (value, form) in enumerate(row, 1):
                cell = grid.cell(number, column)
                cell.value, cell.number_format = value, form

    def _hide(self) -> None:
        grid = self._sheet(self.rng.choice(SHEETS))
        grid.row_dimensions[FIRST_ROW].hidden = True
        grid.column_dimensions["C"].hidden = True
        grid.auto_filter.ref = f"A{FIRST_ROW - 1}:H{grid.max_row}"

    def _colour(self) -> None:
        grid = self._sheet(self.rng.choice(SHEETS))
        for row in grid.iter_rows(min_row=4, max_row=min(grid.max_row, 9)):
            for cell in row:
                cell.fill = PatternFill("solid", fgColor="FFFF00")
                cell.font = Font(bold=True, size=20)

    def _rename_heads(self) -> None:
        grid = self._sheet(LEDGER)
        names = {
            "受理日期": "受理\n时间", "涉及当事人数": "涉及当事 人数 *", "申请人": "申请方",
            "协议涉及金额(元)": "协议涉及金额（元）",
        }  # fmt: skip
        for head, called in names.items():
            for cell in grid[FIRST_ROW - 1]:
                if cell.value == head and self.rng.random() < 0.7:
                    cell.value = called

    def _move_column(self) -> None:
        grid = self._sheet(LEDGER)
        last = max(grid.max_column, 2)
        one = self.rng.randrange(1, last)
        other = self.rng.randrange(1, last)
        for number in range(FIRST_ROW - 1, grid.max_row + 1):
            left, right = grid.cell(number, one), grid.cell(number, other)
            if type(left).__name__ == type(right).__name__ == "Cell":
                left.value, right.value = right.value, left.value
                left.number_format, right.number_format = right.number_format, left.number_format

    def _insert_columns(self) -> None:
        grid = self._sheet(LEDGER)
        rows = len(self._rows(LEDGER))
        for cells in list(grid.merged_cells.ranges):
            grid.unmerge_cells(str(cells))
        grid.insert_cols(1)
        grid.cell(FIRST_ROW - 1, 1).value = "序号"
        for number in range(rows):
            grid.cell(FIRST_ROW + number, 1).value = number + 1
        grid.cell(1, 1).value, grid.cell(1, 2).value = grid.cell(1, 2).value, None

    def _title(self) -> None:
        self._sheet(self.rng.choice(SHEETS)).cell(1, 1).value = "双龙镇人民调解案件台账（第四季度）"

    def _rename_sheet(self) -> None:
        self._sheet(SESSIONS).title = "记录（最终版）"

    def _move_sheet(self) -> None:
        self.book.move_sheet(self.rng.choice(self.book.sheetnames[:6]), offset=-1)

    def _extra_sheet(self) -> None:
        extra = self.book.create_sheet("领导看")
        extra["A1"], extra["A2"] = "要点", "本月矛盾纠纷平稳"

    def _footer(self) -> None:
        grid = self._sheet(LEDGER)
        grid.cell(grid.max_row + 2, 1).value = "填表人：李明　　审核人："

    def _blank_rows(self) -> None:
        grid = self._sheet(REFERRALS)
        style = copy(grid.cell(FIRST_ROW, 1).fill)
        grid.cell(grid.max_row + 40, 3).fill = style

    def _freeze(self) -> None:
        grid = self._sheet(LEDGER)
        grid.freeze_panes = None
        grid.row_dimensions[1].height = 80

    def _own_heads_again(self) -> None:
        grid = self._sheet(WORKS)
        heads = [cell.value for cell in grid[FIRST_ROW - 1]]
        row = grid.max_row + 1
        for column, head in enumerate(heads, 1):
            grid.cell(row, column).value = head

    # Rows

    def _add_row(self) -> None:
        grid = self._sheet(LEDGER)
        row = grid.max_row + 1
        number = 700 + row
        told = {
            "编号": f"(2026)梨民调字第{number}号", "申请人": "郝新民", "被申请人": "苗得水、苗得土",
            "纠纷类型": "邻里纠纷", "案件来源": "当事人申请(口头)", "受理日期": date(2026, 10, 19),
            "结案日期": date(2026, 10, 21), "案件状态": "已结案", "调解结果": "调解成功",
            "协议形式": "口头协议", "涉及当事人数": 3, "协议涉及金额(元)": 350,
            "疑难复杂": "否", "涉及农民工": "否", "人民调解员": "李明",
        }  # fmt: skip
        for head, value in told.items():
            self._cell(LEDGER, row, head).value = value
        self.done.added[str(told["编号"])] += 1

    def _delete_row(self) -> None:
        """Take a row away that nothing else was done to."""
        sheet = SESSIONS
        rows = self._rows(sheet)
        touched = {record_id for record_id, _ in self._touched}
        for at in self.rng.sample(range(len(rows)), len(rows)):
            session = sheet.record(rows[at])
            if session.id not in touched and session.dispute_id not in touched:
                self._sheet(sheet).delete_rows(FIRST_ROW + at)
                self.done.deleted += 1
                return


def found(incoming: Incoming) -> set[Told]:
    """The edits of fields that an import found."""
    return {
        (edit.kind, edit.record_id, edit.field, edit.new)
        for edit in incoming.edits
        if edit.sort.name == "EDIT"
    }


def added(incoming: Incoming) -> Counter[str]:
    """The numbers of the rows that an import found added."""
    rows = [json.loads(edit.new) for edit in incoming.edits if edit.sort.name == "ROW"]
    return Counter(row.get("编号", "") for row in rows)


def lost(incoming: Incoming) -> int:
    """How many rows an import told to be missing."""
    return sum(1 for problem in incoming.problems if problem.rule == "W3")


def assert_found(incoming: Incoming, records: tuple[Record, ...], done: Done) -> None:
    """The import found exactly what was done and took nothing of it silently."""
    assert found(incoming) == done.edits
    assert not [edit for edit in incoming.edits if edit.why]
    assert added(incoming) == done.added
    assert lost(incoming) == done.deleted
    assert incoming.records == records
