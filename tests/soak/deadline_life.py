"""One case's life: what is done on which day, and what of it is due on every day."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from builders import a_promise, a_session, an_agreement, an_open_case
from deadline_days import ended

from mediation_desk.desk.recording import keep_case
from mediation_desk.domain import lifecycle, linking
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Confirmation,
    Delegation,
    Direction,
    ReferralChannel,
    Retention,
    SessionKind,
    TerminationReason,
)
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.record import new_id
from mediation_desk.domain.settings import Settings
from mediation_desk.store.register import Register

WHO = "陶素芬"
# Kind, id of the dispute or record, day, rule.
Item = tuple[str, str, date | None, str]
Deed = Callable[[Register, date], None]
_COURTS = {
    Delegation.BEFORE_FILING: (30, "Q4"),
    Delegation.ORDINARY: (15, "Q5"),
    Delegation.SUMMARY: (7, "Q6"),
}


@dataclass
class Life:
    """The days of one case, all drawn beforehand; what has no day never happens."""

    number: int
    registered: date
    accepted: date
    closed: date
    settled: bool
    written: bool
    sealed: date
    promises: list[tuple[date, date]]
    visited: date
    archived: date
    extended: tuple[date, date] | None = None
    court: tuple[Delegation, date] | None = None
    letter: tuple[date, date | None] | None = None
    answered: date | None = None
    asked: date | None = None
    id: str = field(default_factory=new_id)

    @property
    def kept(self) -> date:
        """When all was kept; on the spot where nothing was promised."""
        return max((kept for _, kept in self.promises), default=self.closed)

    # What is done

    def deeds(self) -> Iterator[tuple[date, Deed]]:
        """What is done, each with its day, in the order of a day."""
        yield self.registered, self._register
        yield self.accepted, self._accept
        if self.extended:
            yield self.extended[0], self._extend
        yield self.closed, self._settle if self.settled else self._fail
        if self.settled and self.written:
            yield self.sealed, self._seal
        for place, (_, kept) in enumerate(self.promises):
            yield kept, self._pay(place)
        if self.asked:
            yield self.asked, self._ask
        if self.settled:
            yield self.visited, self._visit
        if self.answered:
            yield self.answered, self._answer
        yield self.archived, self._archive

    def _keep(self, register: Register, after: CaseFile, today: date) -> None:
        before = register.case(self.id)
        keep_case(register, before, after, WHO, "办理", today)

    def _case(self, register: Register) -> CaseFile:
        found = register.case(self.id)
        assert found is not None
        return found

    def _register(self, register: Register, today: date) -> None:
        committee = register.committee
        assert committee is not None
        case = an_open_case(
            id=self.id, unit_id=committee.id, number=0, year=today.year, intake_on=None,
            occurred_on=today - timedelta(days=2), status=CaseStatus.REGISTERED,
        )  # fmt: skip
        parties = tuple(
            replace(party, name=f"人{self.number}号{place}", id_number="", phone="")
            for place, party in enumerate(case.parties)
        )
        told = {"dispute_id": self.id, "direction": Direction.IN, "body": "某机关"}
        referrals = []
        if self.court:
            how, day = self.court
            referrals.append(Referral(id=new_id(), channel=ReferralChannel.COURT, delegation=how,
                                      received_on=day, consent_on=day, **told))  # fmt: skip
        if self.letter:
            referrals.append(Referral(id=new_id(), channel=ReferralChannel.POLICE,
                                      letter_on=self.letter[0], answer_due_on=self.letter[1],
                                      **told))  # fmt: skip
        case = replace(case, parties=parties, referrals=tuple(referrals))
        keep_case(register, None, case, WHO, "登记", today)

    def _accept(self, register: Register, today: date) -> None:
        case = self._case(register)
        self._keep(register, replace(case, dispute=lifecycle.accept(case.dispute, today)), today)

    def _extend(self, register: Register, today: date) -> None:
        case = self._case(register)
        assert self.extended is not None
        dispute = lifecycle.extend(case.dispute, self.extended[1])
        self._keep(register, replace(case, dispute=dispute), today)

    def _met(self, register: Register, today: date) -> CaseFile:
        case = self._case(register)
        session = a_session(self.id, held_on=today, mediator_ids=case.dispute.mediator_ids)
        dispute = lifecycle.with_session(case.dispute, session)
        return replace(case, dispute=dispute, sessions=(session,))

    def _fail(self, register: Register, today: date) -> None:
        case = self._met(register, today)
        no = TerminationReason.NO_AGREEMENT
        dispute = lifecycle.terminate(case.dispute, today, no, remedies_told=True)
        self._keep(register, replace(case, dispute=dispute, sessions=()), today)

    def _settle(self, register: Register, today: date) -> None:
        case = self._met(register, today)
        agreement = an_agreement(
            self.id, agreed_on=today, amount_fen=100 * len(self.promises),
            on_the_spot=not self.promises, sealed_on=None, manner="分期付清。",
        )  # fmt: skip
        if not self.written:
            agreement = replace(agreement, form=AgreementForm.ORAL, parties_signed_on=None,
                                mediator_signed_on=None)  # fmt: skip
        promises = tuple(
            a_promise(agreement, case.parties[1], position=place, due_on=due, amount_fen=100)
            for place, (due, _) in enumerate(self.promises, 1)
        )
        dispute = lifecycle.settle(case.dispute, agreement)
        after = replace(case, dispute=dispute, agreement=agreement, promises=promises)
        self._keep(register, after, today)

    def _seal(self, register: Register, today: date) -> None:
        case = self._case(register)
        assert case.agreement is not None
        sealed = replace(case.agreement, sealed_on=today)
        self._keep(register, replace(case, agreement=sealed), today)

    def _pay(self, place: int) -> Deed:
        def pay(register: Register, today: date) -> None:
            case = self._case(register)
            promises = tuple(
                replace(one, kept_on=today, kept_fen=100) if one.position == place + 1 else one
                for one in case.promises
            )
            dispute = lifecycle.with_performance(case.dispute, promises, today)
            self._keep(register, replace(case, dispute=dispute, promises=promises), today)

        return pay

    def _ask(self, register: Register, today: date) -> None:
        case = self._case(register)
        asked = Referral(id=new_id(), dispute_id=self.id, direction=Direction.OUT, letter_on=today,
                         channel=ReferralChannel.CONFIRMATION, body="丰都县人民法院")  # fmt: skip
        self._keep(register, linking.confirm(case, asked, Confirmation.APPLIED), today)

    def _visit(self, register: Register, today: date) -> None:
        case = self._case(register)
        visit = a_session(self.id, kind=SessionKind.VISIT, held_on=today, result=None,
                          mediator_ids=case.dispute.mediator_ids)  # fmt: skip
        self._keep(register, replace(case, sessions=(*case.sessions, visit)), today)

    def _answer(self, register: Register, today: date) -> None:
        case = self._case(register)
        referrals = tuple(
            replace(one, answered_on=today, answer="已办结。")
            if one.direction is Direction.IN else one
            for one in case.referrals
        )  # fmt: skip
        self._keep(register, replace(case, referrals=referrals), today)

    def _archive(self, register: Register, today: date) -> None:
        case = self._case(register)
        dispute = lifecycle.archive(case.dispute, today, Retention.LONG)
        self._keep(register, replace(case, dispute=dispute), today)

    # What is due, by the paper

    def due(self, today: date, settings: Settings) -> Iterator[Item]:
        """Everything of this case that is due on `today` or later, after the deeds of the day."""
        if not self.registered <= today < self.archived:
            return
        yield from self._open(today, settings)
        if self.letter or self.court:
            yield from self._answers(today, settings)
        if today >= self.closed and self.settled:
            yield from self._agreed(today, settings)
        all_done = not self.settled or today >= max(self.visited, self.sealed, self.kept)
        if today >= self.closed and all_done:
            yield "archive", self.id, self._local("archive", self.closed, settings), "Q13"

    def _local(self, name: str, start: date, settings: Settings) -> date:
        working = getattr(settings, f"{name}_working")
        days = getattr(settings, f"{name}_days")
        return ended(start, days, working=working, rest=settings.rest_day)

    @staticmethod
    def _lawful(start: date, days: int, settings: Settings) -> date:
        rest = "after" if settings.court_rest_day else "stay"
        return ended(start, days, working=False, rest=rest)

    def _still_with_us(self, today: date) -> bool:
        return self.answered is None or today < self.answered

    def _open(self, today: date, settings: Settings) -> Iterator[Item]:
        if today < self.accepted:
            came = self.court[1] if self.court else self.registered
            start = min(came, self.registered)
            yield "intake", self.id, self._local("intake", start, settings), "Q1"
        elif today < self.closed:
            if self.extended and today >= self.extended[0]:
                yield "mediation", self.id, self.extended[1], "Q3"
            elif self.court and self._still_with_us(today):
                days, rule = _COURTS[self.court[0]]
                yield "mediation", self.id, self._lawful(self.court[1], days, settings), rule
            else:
                yield "mediation", self.id, self._local("mediation", self.accepted, settings), "Q2"

    def _answers(self, today: date, settings: Settings) -> Iterator[Item]:
        if not self._still_with_us(today):
            return
        if self.court:
            days, rule = _COURTS[self.court[0]]
            due = self._lawful(self.court[1], days, settings)
            longer = self.extended and today >= self.extended[0] and self.extended[1] > due
            if longer and self.extended:
                due, rule = self.extended[1], "Q3"
            yield "answer", self.id, due, rule
        elif self.letter and self.letter[1]:
            yield "answer", self.id, self.letter[1], "Q11"
        elif today >= self.closed:
            yield "answer", self.id, self._local("answer", self.closed, settings), "Q12"

    def _agreed(self, today: date, settings: Settings) -> Iterator[Item]:
        for due, kept in self.promises:
            if today < kept:
                yield "promise", self.id, due, "Q7"
        if self.written and today < self.sealed:
            yield "signature", self.id, None, "Q8"
            return
        effective = self.sealed if self.written else self.closed
        if today < self.visited:
            yield "visit", self.id, self._local("visit", effective, settings), "Q9"
        asked = self.asked is not None and today >= self.asked
        last = self._lawful(effective, 30, settings)
        if self.written and not asked and today < self.kept and today <= last:
            yield "confirmation", self.id, last, "Q10"


def _after(dice: random.Random, day: date, least: int, most: int) -> date:
    return day + timedelta(days=dice.randint(least, most))


def drawn(dice: random.Random, number: int, first: date) -> Life:
    """A life that begins about `first`, done in time or late as it comes."""
    registered = first
    accepted = _after(dice, registered, 1, 8)
    closed = _after(dice, accepted, 4, 55)
    settled = dice.random() < 0.75
    written = settled and dice.random() < 0.75
    sealed = _after(dice, closed, 0, 12) if written else closed
    promises = []
    for _ in range(dice.choice((0, 1, 1, 3, 4)) if settled else 0):
        due = _after(dice, promises[-1][0] if promises else closed, 5, 35)
        promises.append((due, max(_after(dice, due, -4, 20), closed + timedelta(days=1))))
    visited = _after(dice, sealed, 1, 50)
    kept = max((kept for _, kept in promises), default=closed)
    archived = _after(dice, max(visited, kept, sealed) if settled else closed, 1, 45)
    made = Life(number, registered, accepted, closed, settled, written, sealed, promises, visited,
                archived)  # fmt: skip
    if closed - accepted > timedelta(days=12) and dice.random() < 0.4:
        on = _after(dice, accepted, 1, 10)
        made.extended = on, _after(dice, accepted, 20, 60)
    if dice.random() < 0.35:
        made.court = dice.choice(list(_COURTS)), registered - timedelta(days=dice.randint(0, 2))
        made.answered = _after(dice, closed, 0, 10)
    elif dice.random() < 0.35:
        made.letter = registered, dice.choice((None, _after(dice, registered, 8, 60)))
        made.answered = _after(dice, closed, 0, 15)
    if made.answered:
        made.archived = max(made.archived, made.answered + timedelta(days=1))
    if written and kept > sealed and dice.random() < 0.5:
        made.asked = min(_after(dice, sealed, 1, 28), kept)
    return made
