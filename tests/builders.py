"""Complete, valid, invented records for tests: `a_case(...)`, `a_unit(...)` and their parts."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Outcome,
    PartyRole,
    Performance,
    SessionResult,
    Sex,
    Source,
    UnitKind,
)
from mediation_desk.domain.handling import Agreement, MediationSession, Promise
from mediation_desk.domain.identity import check_digit
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.record import new_id, unit_id

TODAY = date(2026, 10, 23)
VILLAGE_CODE = "500230124200"

_IN_FILE = {entry.name for entry in fields(CaseFile)} - {"dispute"}


def an_identity_number(born: date, sex: Sex, sequence: int = 1) -> str:
    """A valid identity number of nobody: there is no province 99."""
    last = 2 * sequence + (sex is Sex.MALE)
    first_seventeen = f"990001{born:%Y%m%d}{last:03d}"
    return first_seventeen + check_digit(first_seventeen)


def a_unit(**changes: Any) -> Unit:
    code = changes.get("code", VILLAGE_CODE)
    kind = changes.get("kind", UnitKind.VILLAGE)
    values = {
        "id": unit_id(kind.value, code),
        "code": code,
        "name": "梨子园村",
        "kind": kind,
        "committee": "丰都县双龙镇梨子园村人民调解委员会",
        "number_word": "梨民调",
        "parent_code": "500230124000",
    }
    return Unit(**(values | changes))


def a_dispute(**changes: Any) -> Dispute:
    """A settled dispute; `a_case` gives it with its parties and its agreement."""
    values = {
        "id": new_id(),
        "unit_id": unit_id(UnitKind.VILLAGE.value, VILLAGE_CODE),
        "year": 2026,
        "number": 1,
        "type": "02",
        "source": Source.WRITTEN,
        "occurred_on": date(2026, 9, 20),
        "intake_on": date(2026, 9, 25),
        "place": "梨子园村3组",
        "facts": "排水沟堵塞，雨水漫入邻家院坝，双方争吵。",
        "requests": "疏通水沟并赔偿损失。",
        "people": 2,
        "mediator_ids": ("m1",),
        "registrar": "陶素芬",
        "status": CaseStatus.CLOSED,
        "outcome": Outcome.SETTLED,
        "closed_on": date(2026, 10, 6),
        "performance": Performance.NOT_DUE,
    }
    return Dispute(**(values | changes))


def a_party(dispute_id: str, role: PartyRole, **changes: Any) -> Party:
    applicant = role is PartyRole.APPLICANT
    born = date(1968, 3, 14) if applicant else date(1971, 11, 2)
    sex = Sex.FEMALE if applicant else Sex.MALE
    values = {
        "id": new_id(),
        "dispute_id": dispute_id,
        "role": role,
        "name": "秦德珍" if applicant else "蒋仕文",
        "sex": sex,
        "ethnicity": "汉族",
        "born_on": born,
        "id_number": an_identity_number(born, sex),
        "occupation": "务农",
        "phone": "13900000001" if applicant else "13900000002",
        "address": "梨子园村3组",
    }
    return Party(**(values | changes))


def a_session(dispute_id: str, **changes: Any) -> MediationSession:
    values = {
        "id": new_id(),
        "dispute_id": dispute_id,
        "held_on": date(2026, 10, 6),
        "time": "9:00—10:30",
        "place": "村委会调解室",
        "mediator_ids": ("m1",),
        "recorder": "陶素芬",
        "narrative": "双方各说明情况，经劝导达成一致。",
        "result": SessionResult.SETTLED,
    }
    return MediationSession(**(values | changes))


def an_agreement(dispute_id: str, **changes: Any) -> Agreement:
    signed = changes.get("agreed_on", date(2026, 10, 6))
    values = {
        "id": new_id(),
        "dispute_id": dispute_id,
        "form": AgreementForm.WRITTEN,
        "agreed_on": signed,
        "content": "蒋仕文疏通水沟，赔偿秦德珍200元。",
        "manner": "2026年10月20日前一次付清。",
        "amount_fen": 20_000,
        "parties_signed_on": signed,
        "mediator_signed_on": signed,
        "sealed_on": signed,
    }
    return Agreement(**(values | changes))


def a_promise(agreement: Agreement, party: Party, **changes: Any) -> Promise:
    values = {
        "id": new_id(),
        "dispute_id": agreement.dispute_id,
        "agreement_id": agreement.id,
        "party_id": party.id,
        "what": "支付赔偿款200元",
        "amount_fen": agreement.amount_fen,
        "due_on": agreement.agreed_on + timedelta(days=20),
    }
    return Promise(**(values | changes))


def a_case(**changes: Any) -> CaseFile:
    """A settled case without a fault on `TODAY`.

    `changes` named like a field of `CaseFile` replace that part, all others go to the dispute.
    """
    parts = {name: changes.pop(name) for name in _IN_FILE & changes.keys()}
    dispute = a_dispute(**changes)
    applicant = a_party(dispute.id, PartyRole.APPLICANT)
    respondent = a_party(dispute.id, PartyRole.RESPONDENT)
    agreement = an_agreement(dispute.id)
    values: dict[str, Any] = {
        "dispute": dispute,
        "parties": (applicant, respondent),
        "sessions": (a_session(dispute.id),),
        "agreement": agreement,
        "promises": (a_promise(agreement, respondent),),
    }
    return CaseFile(**(values | parts))


def an_open_case(**changes: Any) -> CaseFile:
    """An accepted case under mediation, without outcome and agreement."""
    still = {"status": CaseStatus.MEDIATING, "outcome": None, "closed_on": None}
    nothing = {"performance": None, "agreement": None, "promises": (), "sessions": ()}
    return a_case(**(still | nothing | changes))


def moved(case: CaseFile, intake: date) -> CaseFile:
    """The builder's case, all its days moved so that it is taken in on `intake`."""
    shift = intake - (case.dispute.intake_on or TODAY)

    def later(record: Any) -> Any:
        days = {
            name: getattr(record, name) + shift
            for name in record.__dataclass_fields__
            if name != "born_on" and isinstance(getattr(record, name), date)
        }
        return replace(record, **days)

    return CaseFile(
        replace(later(case.dispute), number=0),
        case.parties,
        case.agents,
        tuple(later(entry) for entry in case.sessions),
        later(case.agreement) if case.agreement else None,
        tuple(later(entry) for entry in case.promises),
    )
