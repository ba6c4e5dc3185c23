"""A case with one of everything, of which only the names of the fields are used."""

from datetime import date

from mediation_desk.domain.case_papers import PaperKind
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent, Dispute, Party
from mediation_desk.domain.codes import (
    AgreementForm,
    Direction,
    PartyRole,
    ReferralChannel,
    Source,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import Agreement, MediationSession, Promise, Referral
from mediation_desk.domain.record import Record
from mediation_desk.papers.case_values import Given, blank, case_values
from mediation_desk.papers.subject_values import (
    count_values,
    list_values,
    signing_values,
    subject_values,
)
from mediation_desk.papers.template import Context, Value
from mediation_desk.words import tr

_DAY = date(2026, 1, 1)
_AGENT = Agent(id="", dispute_id="", party_id="", name="")
_SESSION = MediationSession(id="", dispute_id="", held_on=_DAY)
_REFERRAL = Referral(id="", dispute_id="", direction=Direction.IN, channel=ReferralChannel.COURT)
_SUBJECTS: dict[PaperKind, Record] = {
    PaperKind.INQUIRY: _SESSION,
    PaperKind.SESSION: _SESSION,
    PaperKind.VISIT: _SESSION,
    PaperKind.PROXY: _AGENT,
    PaperKind.ANSWER: _REFERRAL,
    PaperKind.AID: _REFERRAL,
}
# How many entries the lists of a form for handwriting have.
_BY_HAND = {"当事人": 2, "第三人": 0, "代理人": 0, "约定": 4, "目录": 16}
# Whether it is one.
HAND = "手写"


def _given() -> Given:
    parties = tuple(Party(id="", dispute_id="", role=role, name="") for role in PartyRole)
    case = CaseFile(
        Dispute(id="", unit_id="", year=0, number=0, type="", source=Source.WRITTEN),
        parties,
        (_AGENT,),
        agreement=Agreement(id="", dispute_id="", form=AgreementForm.WRITTEN, agreed_on=_DAY),
        promises=(Promise(id="", dispute_id="", agreement_id="", what=""),),
    )
    return Given(case, "", "", TypeTable(), {})


def _all(kind: PaperKind) -> Context:
    given = _given()
    return {
        **case_values(given),
        **subject_values(kind, given, _SUBJECTS.get(kind)),
        **list_values([("", "", "")]),
        **count_values(0),
        **signing_values(""),
        HAND: Value(),
    }


def known(kind: PaperKind) -> Context:
    """Every name that the template of a kind may use."""
    return blank(_all(kind))


def by_hand(kind: PaperKind, committee: str) -> Context:
    """What a form for handwriting is filled with: the committee's name and nothing else."""
    context = dict(blank(_all(kind), _BY_HAND))
    context["调委会"] = Value(committee)
    context[HAND] = Value(tr("是"))
    return context
