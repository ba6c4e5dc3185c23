"""Random case files with values that any ledger can carry."""

from dataclasses import replace
from datetime import date, timedelta

from builders import a_unit, an_identity_number
from hypothesis import strategies as st

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Confirmation,
    Outcome,
    PartyKind,
    PartyRole,
    Performance,
    Sex,
    Source,
    TerminationReason,
)
from mediation_desk.domain.dispute_types import BY_CODE
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.identity import birth_date
from mediation_desk.domain.record import new_id

_SURNAMES = "秦蒋陶罗冉向谭易牟毛"
_GIVEN = "德珍仕文素芬大山小河明月春秋"
_TEXTS = st.text("排水沟堵塞漫入院坝争吵界石移动，。3组m-=+@'\"A、", min_size=1, max_size=60).map(
    str.strip
)
# What is nothing but dashes says nothing.
FACTS = _TEXTS.filter(lambda text: any("\u4e00" <= sign <= "\u9fff" for sign in text))
DAYS = st.dates(date(2020, 1, 1), date(2026, 9, 30))
NAMES = st.builds(
    lambda surname, given: surname + given,
    st.sampled_from(_SURNAMES),
    st.text(_GIVEN, min_size=1, max_size=2),
)
ORGANISATIONS = st.sampled_from(["双龙镇鸿运有限公司", "梨子园村3组", "丰都县人民医院"])


@st.composite
def people(draw: st.DrawFn, role: PartyRole, most: int) -> list[Party]:
    """The parties of one side, every one with all particulars or none of them."""
    told = draw(st.booleans())
    names = draw(st.lists(NAMES, min_size=1, max_size=most, unique=True))
    found = []
    for position, name in enumerate(names, 1):
        sex = draw(st.sampled_from(Sex))
        number = an_identity_number(
            draw(st.dates(date(1940, 1, 1), date(2000, 1, 1))), sex, position
        )
        found.append(
            Party(
                id=new_id(),
                dispute_id="",
                role=role,
                position=position,
                name=name,
                sex=sex if told else None,
                born_on=birth_date(number) if told else None,
                id_number=number if told else "",
                phone=f"139{draw(st.integers(0, 10**8 - 1)):08d}" if told else "",
                address=f"梨子园村{position}组" if told else "",
            )
        )
    if draw(st.integers(0, 9)) == 0:
        name = draw(ORGANISATIONS)
        kind = PartyKind.OTHER if name.endswith("组") else PartyKind.LEGAL
        found = [Party(id=new_id(), dispute_id="", role=role, name=name, kind=kind)]
    return found


@st.composite
def disputes(draw: st.DrawFn, number: int) -> Dispute:
    """How a dispute may have ended, with days in order."""
    intake = draw(DAYS)
    outcome = draw(st.sampled_from([None, *Outcome]))
    settled = outcome is Outcome.SETTLED
    failed = outcome in {Outcome.FAILED, Outcome.TERMINATED}
    status = draw(st.sampled_from([CaseStatus.ACCEPTED, CaseStatus.MEDIATING]))
    return Dispute(
        id=new_id(),
        unit_id=a_unit().id,
        year=intake.year,
        number=number,
        type=draw(st.sampled_from(sorted(BY_CODE))),
        source=draw(st.sampled_from(Source)),
        intake_on=intake,
        occurred_on=intake - timedelta(days=draw(st.integers(0, 20))),
        place=draw(st.sampled_from(["", "梨子园村3组"])),
        facts=draw(FACTS),
        people=draw(st.integers(4, 60)),
        complex=draw(st.booleans()),
        migrant_workers=draw(st.booleans()),
        status=CaseStatus.CLOSED if outcome else status,
        outcome=outcome,
        closed_on=intake + timedelta(days=draw(st.integers(0, 40))) if outcome else None,
        termination=draw(st.sampled_from(TerminationReason)) if failed else None,
        performance=draw(st.sampled_from([None, *Performance])) if settled else None,
        confirmation=draw(st.sampled_from(Confirmation)) if settled else Confirmation.NONE,
    )


@st.composite
def case_files(draw: st.DrawFn, number: int = 1, most: int = 2) -> CaseFile:
    dispute = draw(disputes(number))
    applicants = draw(people(PartyRole.APPLICANT, most))
    respondents = [
        party
        for party in draw(people(PartyRole.RESPONDENT, most))
        if party.name not in {entry.name for entry in applicants}
    ] or [Party(id=new_id(), dispute_id="", role=PartyRole.RESPONDENT, name="易小河")]
    parties = [replace(entry, dispute_id=dispute.id) for entry in (*applicants, *respondents)]
    agreement = None
    if dispute.outcome is Outcome.SETTLED and dispute.closed_on:
        agreement = Agreement(
            id=new_id(),
            dispute_id=dispute.id,
            form=draw(st.sampled_from(AgreementForm)),
            agreed_on=dispute.closed_on,
            content=draw(FACTS),
            amount_fen=draw(st.integers(0, 10**8)),
        )
    return CaseFile(dispute, tuple(parties), agreement=agreement)


@st.composite
def ledgers(draw: st.DrawFn, most: int = 2) -> list[CaseFile]:
    count = draw(st.integers(1, 5))
    return [draw(case_files(number, most)) for number in range(1, count + 1)]
