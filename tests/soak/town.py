"""A simulated town: ten villages and their office, and all that may happen in two years."""

import random
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

from builders import a_case, a_session
from openpyxl import load_workbook
from town_agreement import differences
from town_moulds import CLERK, LATE, MONTHS, OFFICE, RECORDER, UNITS, Moulds, set_up, village
from town_post import Desk, Post

from mediation_desk.desk import giving_back
from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.desk.handing_over import hand_over, receivers
from mediation_desk.desk.looking import LookState
from mediation_desk.desk.receiving import look, receive
from mediation_desk.desk.renumbering import renumber, to_renumber
from mediation_desk.desk.sending import send
from mediation_desk.desk.taking_back import batches, undo
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import ProposalSort, ProposalState, RiskLevel
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.prevention import Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.returning import Return
from mediation_desk.exchange.columns import LEDGER
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import CannotUndo

# Why a file may be refused in this town: cut off, of a month to come, a number used again.
_REFUSALS = (
    "不完整",
    "损坏",
    "还没有到",
    "已经收到过另一份",
    "截断",
    "没有签名",
    "没有收下任何内容",
)


class Town:
    """Ten villages, the office and the post between them."""

    def __init__(self, place: Path, seed: int, made: Moulds, desk: Desk) -> None:
        place.mkdir(parents=True)
        self.place, self.desk, self._made = place, desk, made
        self.dice = random.Random(seed)
        self.told: Counter[str] = Counter()
        self.post = Post(self.dice, self.told)
        self.office = made.open(OFFICE, place)
        self.codes = [village(number)[1] for number in range(UNITS)]
        self.villages = {code: made.open(code, place) for code in self.codes}
        self.month, self.number = 0, 0
        self.came: set[str] = set()
        # By the act that took it, the file that the office still has; and those it undid.
        self.taken: dict[int, Path] = {}
        self.undone: list[Path] = []
        self.born: dict[str, str] = {}
        # Two clocks go wrong for a while, one laptop is put back to an old backup.
        wrong, other, self.restored = self.dice.sample(self.codes[:8], 3)
        start = self.dice.randrange(2, 12)
        self.wrong = {wrong: (start, start + 5, 365), other: (start + 3, start + 9, -365)}
        self.backed_up_in = self.dice.randrange(3, 14)
        self.restored_in = self.backed_up_in + self.dice.randrange(2, 8)

    def close(self) -> None:
        """Close every register."""
        for register in (self.office, *self.villages.values()):
            register.close()

    # What the days are

    def today(self, code: str = OFFICE) -> date:
        """The day on somebody's clock."""
        true = date(2026 + self.month // 12, self.month % 12 + 1, 25)
        first, last, shift = self.wrong.get(code, (0, 0, 0))
        return true + timedelta(days=shift if first <= self.month < last else 0)

    def say(self, what: str, count: int = 1) -> None:
        self.told[what] += count

    def _born(self, home: str, records: Iterable[Record]) -> None:
        for record in records:
            self.born[record.id] = home

    # What villages do

    def _disputes(self, register: Register) -> list[Dispute]:
        unit = register.committee
        assert unit is not None
        found = cast(list[Dispute], register.all("dispute", unit_id=unit.id))
        return [entry for entry in found if not entry.void_reason]

    def record(self, register: Register, code: str) -> None:
        """Register a case, with people whose names nobody else has."""
        unit, today = register.committee, self.today(code)
        assert unit is not None
        self.number += 1
        number = register.next_number(unit.id, today.year)
        case = a_case(unit_id=unit.id, number=number, year=today.year, facts=f"第{self.number}件。",
                      intake_on=today, occurred_on=today, closed_on=today)  # fmt: skip
        parties = tuple(
            replace(party, name=f"人{self.number}号{place}", phone=f"139{self.number:07d}{place}")
            for place, party in enumerate(case.parties)
        )
        records = [*replace(case, parties=parties).records()]
        if self.dice.random() < 0.2:
            records.append(Screening(id=new_id(), unit_id=unit.id, screened_on=today, prevented=1))
        with register.change(RECORDER, "登记") as change:
            for record in records:
                change.keep(record)
        self._born(code, records)

    def correct(self, register: Register) -> None:
        """Change some of a case that is there, at either desk."""
        if not (disputes := self._disputes(register)):
            return
        self._correct(register, self.dice.choice(disputes))

    def _correct(self, register: Register, case: Dispute) -> None:
        parties = cast(list[Party], register.all("party", dispute_id=case.id))
        dice = self.dice
        with register.change(RECORDER, "更正") as change:
            changed: dict[str, Any] = {"people": dice.randrange(2, 5)}
            if dice.random() < 0.4:
                changed["place"] = f"{dice.randrange(1, 4)}组"
            if dice.random() < 0.1:
                changed["void_reason"] = "登记重复"
            change.keep(replace(case, **changed))
            if parties and dice.random() < 0.5:
                phone = f"138{dice.randrange(3):08d}"
                change.keep(replace(dice.choice(parties), phone=phone))

    def renumber(self, register: Register) -> None:
        """Give one of two cases that share a number after a restore the next one."""
        for entry in to_renumber(register):
            renumber(register, entry.id, RECORDER, "编号与另一件相同")
            self.say("numbers given anew")

    def mend(self, register: Register, code: str) -> None:
        """Put right what the office gave back."""
        for entry in cast(list[Return], register.all("return")):
            if entry.open and self.dice.random() < 0.5:
                with register.change(RECORDER, "已改正") as change:
                    day = max(entry.returned_on, self.today(code))
                    change.keep(replace(entry, mended_on=day, mended_by=RECORDER, answer="已补。"))
                self.say("returns mended")

    def give_away(self, register: Register, code: str) -> None:
        """Hand a case over between a village and the township."""
        disputes, to = self._disputes(register), receivers(register)
        if disputes and to:
            case, unit = self.dice.choice(disputes), self.dice.choice(to)
            hand_over(register, case.id, unit.id, "案情复杂", RECORDER, self.today(code))
            self.say("handed over")

    def _live(self, code: str) -> None:
        register, dice = self.villages[code], self.dice
        if code in self.codes[LATE[0] :] and self.month == 6:
            set_up(self.office, register, self.place / f"{code}-setup.xlsx", self.today())
        self._back_up(code)
        register = self.villages[code]
        for _ in range(dice.choice((0, 0, 1, 1))):
            self.record(register, code)
        if dice.random() < 0.4:
            self.correct(register)
        self.mend(register, code)
        self.renumber(register)
        if dice.random() < 0.04:
            self.give_away(register, code)
        self.decide(register, code)
        if dice.random() < 0.75:
            self.report(code)

    def _back_up(self, code: str) -> None:
        if code != self.restored or self.month not in {self.backed_up_in, self.restored_in}:
            return
        here, aside = self.place / code, self.place / f"{code}-backup"
        self.villages[code].close()
        if self.month == self.backed_up_in:
            shutil.copytree(here, aside)
        else:
            shutil.rmtree(here)
            shutil.copytree(aside, here)
            self.say("laptops put back")
        self.villages[code] = open_with_key(here, self._made.keys[code])

    def report(self, code: str, *, safely: bool = False) -> None:
        """Write a village's package and give it to the post."""
        self.number += 1
        path, today = self.place / f"p{self.number}.xlsx", self.today(code)
        self.desk.real = not safely and self.dice.random() < 0.02
        real = self.desk.real
        send(self.villages[code], month_of(today), path, RECORDER, today)
        self.desk.real = False
        self.say("files")
        self.say("real workbooks", real)
        if safely:
            self.take(self.office, path)
            return
        if real and self.dice.random() < 0.7:
            self._edit(path)
        self.post.send(path, OFFICE, self.month)

    def _edit(self, path: Path) -> None:
        book = load_workbook(path)
        sheet = book[LEDGER.title]
        heads = {cell.value: cell.column for cell in sheet[4]}
        rows = [row for row in range(5, sheet.max_row + 1)
                if (2026 if sheet.cell(row, 1).value else 0)]  # fmt: skip
        if rows:
            sheet.cell(self.dice.choice(rows), heads["涉及当事人数"]).value = 9
            book.save(path)
            self.say("edited by hand")
        book.close()

    # What the office does

    def _office_lives(self) -> None:
        office, dice = self.office, self.dice
        self.record(office, OFFICE)
        if dice.random() < 0.5:
            self.correct(office)
        others = [entry for entry in cast(list[Dispute], office.all("dispute"))
                  if not entry.void_reason and entry.number
                  and entry.unit_id != getattr(office.committee, "id", "")]  # fmt: skip
        for case in dice.sample(others, min(3, len(others))):
            what = dice.random()
            if what < 0.4:
                self._add(case)
            elif what < 0.7 and giving_back.can_return(office, case):
                entry = giving_back.blank_return(case, CLERK, self.today())
                entry = replace(entry, words="请补协议日期。")
                giving_back.give_back(office, entry, CLERK, self.today())
                self._born(OFFICE, [entry])
                self.say("given back")
            else:
                self._correct(office, case)
        if dice.random() < 0.3:
            self.give_away(office, OFFICE)
        if dice.random() < 0.15:
            self._undo()
        self.decide(office, OFFICE)
        for code in self.codes:
            if dice.random() < 0.6:
                self.answer(code)

    def _add(self, case: Dispute) -> None:
        session = a_session(case.id, held_on=self.today(), narrative="会同调解。")
        risk = RiskEntry(id=new_id(), dispute_id=case.id, assessed_on=self.today(),
                         level=RiskLevel.ORANGE, reasons="有言语威胁。", owner=CLERK)  # fmt: skip
        with self.office.change(CLERK, "司法所补充") as change:
            for record in (session, risk):
                change.keep(record)
        self._born(OFFICE, (session, risk))
        self.say("added by the office", 2)

    def _undo(self) -> None:
        possible = [batch.act for batch in batches(self.office) if batch.undoable]
        if possible:
            try:
                undo(self.office, possible[0], CLERK)
                self.undone.append(self.taken[possible[0]])
                self.say("undone")
            except CannotUndo:
                self.say("not undoable")

    def decide(self, register: Register, code: str, *, every: bool = False) -> None:
        """Answer questions, mostly, one way or the other."""
        for entry in open_proposals(register):
            about = register.get("dispute", entry.dispute_id) if entry.dispute_id else None
            given = code != OFFICE and getattr(about, "unit_id", "") != register.unit.id
            asked = entry.sort is not ProposalSort.DUPLICATE and not (about and given)
            if not asked or not (every or self.dice.random() < 0.6):
                continue
            state = self.dice.choice((ProposalState.TAKEN, ProposalState.KEPT))
            try:
                decide(register, [entry.id], state, RECORDER, self.today(code))
            except DeskError:
                # It says something else by now, which the person has to see first.
                record = register.get(entry.about_kind, entry.about_id)
                seen = {entry.id: record.revision} if record else {}
                kept = ProposalState.KEPT
                decide(register, [entry.id], kept, RECORDER, self.today(code), seen=seen)
            self.say("decided")

    def answer(self, code: str, *, safely: bool = False) -> None:
        """Write what goes back to a village and give it to the post."""
        unit = self.villages[code].unit
        if self.office.get("unit", unit.id) is None:
            return
        self.number += 1
        path = self.place / f"r{self.number}.xlsx"
        self.desk.real = not safely and self.dice.random() < 0.02
        try:
            giving_back.write_returns(self.office, unit.id, path, CLERK, self.today())
        except DeskError as error:
            if "没有要告诉" not in str(error):
                raise
            return
        finally:
            self.say("real workbooks", self.desk.real)
            self.desk.real = False
        self.say("files")
        if safely:
            self.take(self.villages[code], path, code)
        else:
            self.post.send(path, code, self.month)

    # What both do

    def take(self, register: Register, path: Path, code: str = OFFICE) -> None:
        """Take a file; everything that was read has exactly one outcome."""
        ahead = look(register, path, self.today(code))
        if ahead.state is LookState.REFUSED:
            assert any(why in ahead.words for why in _REFUSALS), ahead.words
            self.say("refused")
            return
        read = ahead.incoming or ahead.returned
        done = receive(register, ahead, CLERK, backed_up=True)
        if ahead.state is LookState.SAME:
            assert not done.act
            self.say("came again")
            return
        assert read is not None
        assert done.act, done.words
        assert sum(ahead.counts.values()) == len(read.records) + len(read.rejected)
        for outcome in ("added", "conflict", "rejected"):
            self.say(outcome, ahead.counts[outcome])
        self.say("merged", sum(step.noted is not None for step in ahead.plan.steps))
        self.say("taken")
        refused = {step.id for step in ahead.plan.steps if step.outcome.value == "rejected"}
        if register is self.office:
            self.taken[done.act] = path
            self.came |= {record.id for record in read.records} - refused

    def live(self) -> None:
        """Two years in which anything may happen."""
        for self.month in range(MONTHS):
            for code in self.dice.sample(self.codes, UNITS):
                self._live(code)
            self._deliver(self.month)
            self._office_lives()
            self._deliver(self.month)
        self._deliver(MONTHS * 2)

    def _deliver(self, month: int) -> None:
        for to, path in self.post.arrived(month):
            register = self.office if to == OFFICE else self.villages[to]
            self.take(register, path, to)
            self.say("delivered")

    def meet(self, most: int = 10) -> int:
        """Exchange safely until nobody has anything to say or ask; how many rounds it took."""
        self.month = MONTHS
        # Of what came with them there may be no other copy: a laptop was put back since.
        for path in self.undone:
            self.take(self.office, path)
        for number in range(1, most + 1):
            before = self.told["rejected"], self.told["conflict"], self.told["decided"]
            for code in self.dice.sample(self.codes, UNITS):
                self.report(code, safely=True)
            self.decide(self.office, OFFICE, every=True)
            for code in self.codes:
                self.answer(code, safely=True)
                self.decide(self.villages[code], code, every=True)
            same = (self.told["rejected"], self.told["conflict"], self.told["decided"]) == before
            if same and number > 1 and not differences(self):
                return number
        return 0
