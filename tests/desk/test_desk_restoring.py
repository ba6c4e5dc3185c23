"""Every version of a case file is told in plain words, and comes back as a new change or not."""

from dataclasses import replace
from datetime import date

import pytest
from builders import an_identity_number

from mediation_desk.desk import recording, restoring, versions
from mediation_desk.desk.clock import today
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent
from mediation_desk.domain.codes import (
    AgreementForm,
    PartyRole,
    Performance,
    Retention,
    SessionResult,
    Sex,
)
from mediation_desk.domain.handling import Agreement, MediationSession, Promise
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register


def _kept(register: Register, before: CaseFile | None, after: CaseFile, why: str) -> CaseFile:
    return recording.keep_case(register, before, after, register.person, why, today())


@pytest.fixture
def case(village: Register) -> CaseFile:
    blank = recording.blank_case(village, today(), village.person)
    first, second = blank.parties
    parties = (
        replace(first, name="秦德珍", sex=Sex.FEMALE, phone="13800001234"),
        replace(second, name="蒋仕文"),
    )
    dispute = replace(blank.dispute, type="02", facts="排水沟堵塞。", claim_fen=120_000)
    dispute = lifecycle.accept(dispute, today())
    return _kept(village, None, replace(blank, dispute=dispute, parties=parties), "登记纠纷")


def _settled(register: Register, case: CaseFile) -> CaseFile:
    session = MediationSession(
        id=new_id(),
        dispute_id=case.dispute.id,
        held_on=today(),
        narrative="各退一步。",
        mediator_ids=case.dispute.mediator_ids,
        recorder=register.person,
        result=SessionResult.SETTLED,
    )
    agreement = Agreement(
        id=new_id(),
        dispute_id=case.dispute.id,
        form=AgreementForm.WRITTEN,
        agreed_on=today(),
        content="加宽水沟。",
    )
    promise = Promise(
        id=new_id(), dispute_id=case.dispute.id, agreement_id=agreement.id, what="加宽水沟"
    )
    dispute = lifecycle.settle(lifecycle.with_session(case.dispute, session), agreement)
    after = replace(
        case, dispute=dispute, sessions=(session,), agreement=agreement, promises=(promise,)
    )
    return _kept(register, case, after, "达成协议")


def _oldest(register: Register, case: CaseFile, record_id: str) -> int:
    told = versions.versions(register, case.dispute.id)
    return min(entry.sequence for entry in told if entry.record_id == record_id)


def _restored(register: Register, case: CaseFile, kind: str, record_id: str) -> CaseFile:
    sequence = _oldest(register, case, record_id)
    return restoring.restore(register, kind, record_id, sequence, "陶素芬", today())


def test_versions_say_who_when_why_and_what(village: Register, case: CaseFile) -> None:
    party = replace(case.parties[0], phone="13900005678")
    dispute = replace(case.dispute, claim_fen=350_050, type="03", migrant_workers=True)
    _kept(village, case, replace(case, dispute=dispute, parties=(party, case.parties[1])), "更正")
    told = versions.versions(village, case.dispute.id)
    assert [entry.sequence for entry in told] == sorted(
        (entry.sequence for entry in told), reverse=True
    )
    assert {(entry.actor, entry.reason) for entry in told} == {
        (village.person, "登记纠纷"),
        (village.person, "更正"),
    }
    changed = {entry.noun: entry for entry in told if entry.reason == "更正"}
    phone = changed["当事人"].changes
    assert [(entry.label, entry.before, entry.after) for entry in phone] == [
        ("联系方式", "138****1234", "139****5678")
    ]
    assert changed["当事人"].name == "秦德珍"
    assert changed["当事人"].latest
    assert {(entry.label, entry.before, entry.after) for entry in changed["纠纷登记"].changes} == {
        ("涉案金额", "1,200元", "3,500.50元"),
        ("纠纷类型", village.types.label("02"), village.types.label("03")),
        ("涉及农民工", "否", "是"),
    }
    first = next(entry for entry in told if entry.noun == "纠纷登记" and entry.first)
    said = {entry.label: entry.after for entry in first.changes}
    assert said["人民调解员"] == "陶素芬"
    assert said["案件状态"] == "已受理"
    assert "标识" not in said
    assert "梨子园村" in said["受理单位"]


def test_an_earlier_version_comes_back_as_a_new_change(village: Register, case: CaseFile) -> None:
    party = case.parties[0]
    changed = replace(party, phone="", address="三组")
    after = _kept(village, case, replace(case, parties=(changed, case.parties[1])), "更正")
    sequence = _oldest(village, case, party.id)
    proposed = restoring.preview(village, "party", party.id, sequence, today())
    assert {(entry.label, entry.before, entry.after) for entry in proposed} == {
        ("联系方式", "", "138****1234"),
        ("单位或住址", "三组", ""),
    }
    back = _restored(village, case, "party", party.id).parties[0]
    assert (back.phone, back.address) == ("13800001234", "")
    assert back.revision == after.parties[0].revision + 1
    told = versions.versions(village, case.dispute.id)[0]
    assert "恢复" in told.reason
    assert len(village.history("party", party.id)) == 3
    assert not village.verify()
    with pytest.raises(DeskError, match="不用恢复"):
        _restored(village, case, "party", party.id)


def test_a_removed_party_comes_back_with_its_agent(village: Register, case: CaseFile) -> None:
    third = replace(case.parties[1], id=new_id(), revision=0, role=PartyRole.THIRD, name="何世明")
    agent = Agent(id=new_id(), dispute_id=case.dispute.id, party_id=third.id, name="何启富")
    dispute = replace(case.dispute, people=3)
    more = replace(case, dispute=dispute, parties=(*case.parties, third), agents=(agent,))
    more = _kept(village, case, more, "加第三人")
    _kept(village, more, replace(more, parties=more.parties[:2], agents=()), "移除")
    with pytest.raises(DeskError, match="先恢复那名当事人"):
        _restored(village, case, "agent", agent.id)
    _restored(village, case, "party", third.id)
    whole = _restored(village, case, "agent", agent.id)
    assert [party.name for party in whole.parties] == ["秦德珍", "蒋仕文", "何世明"]
    assert [entry.name for entry in whole.agents] == ["何启富"]


def test_what_would_not_fit_together_is_refused_in_a_sentence(
    village: Register, case: CaseFile
) -> None:
    settled = _settled(village, case)
    with pytest.raises(DeskError, match="重新办理"):
        _restored(village, settled, "dispute", case.dispute.id)
    void = settled.promises[0]
    reopened = lifecycle.reopen(settled, "有遗漏")
    with village.change("陶素芬", "重新办理") as change:
        for record in reopened:
            change.keep(record)
    with pytest.raises(DeskError, match="重新登记协议"):
        _restored(village, case, "agreement", settled.agreement.id)
    with pytest.raises(DeskError, match="重新登记协议"):
        _restored(village, case, "promise", void.id)
    again = village.case(case.dispute.id)
    assert again.agreement is None
    _settled(village, again)
    with pytest.raises(DeskError, match="另有一份协议"):
        _restored(village, case, "agreement", settled.agreement.id)
    with pytest.raises(DeskError, match="已经作废的协议"):
        _restored(village, case, "promise", void.id)


def test_what_another_record_says_by_now_is_not_said_twice(
    village: Register, case: CaseFile
) -> None:
    number = an_identity_number(date(1962, 3, 4), Sex.FEMALE)
    first, second = case.parties
    wrong = replace(first, id_number=number, born_on=date(1962, 3, 4))
    one = _kept(village, case, replace(case, parties=(wrong, second)), "填身份证号")
    told = versions.versions(village, case.dispute.id)
    at = next(entry.sequence for entry in told if entry.record_id == first.id)
    taken = replace(one.parties[0], id_number="", born_on=None)
    two = _kept(village, one, replace(one, parties=(taken, one.parties[1])), "填错了人")
    right = replace(two.parties[1], id_number=number, sex=Sex.FEMALE, born_on=date(1962, 3, 4))
    _kept(village, two, replace(two, parties=(two.parties[0], right)), "改填另一方")
    with pytest.raises(DeskError, match="前后矛盾"):
        restoring.restore(village, "party", first.id, at, village.person, today())
    assert village.get("party", first.id).id_number == ""


def test_a_file_put_away_opens_only_through_the_dispute_itself(
    village: Register, case: CaseFile
) -> None:
    settled = _settled(village, case)
    party = replace(settled.parties[0], phone="")
    settled = _kept(village, settled, replace(settled, parties=(party, settled.parties[1])), "更正")
    kept = replace(settled.dispute, performance=Performance.KEPT, performed_on=today())
    promise = replace(settled.promises[0], kept_on=today())
    settled = _kept(village, settled, replace(settled, dispute=kept, promises=(promise,)), "履行")
    away = lifecycle.archive(settled.dispute, today(), Retention.LONG)
    _kept(village, settled, replace(settled, dispute=away), "归档")
    with pytest.raises(DeskError, match="已经归档"):
        _restored(village, settled, "party", party.id)
    before = [
        entry
        for entry in versions.versions(village, case.dispute.id)
        if entry.kind == "dispute" and not entry.latest
    ]
    restoring.restore(village, "dispute", case.dispute.id, before[0].sequence, "陶素芬", today())
    assert _restored(village, settled, "party", party.id).parties[0].phone == "13800001234"


def test_a_taken_number_is_refused(village: Register, case: CaseFile) -> None:
    moved = _kept(village, case, replace(case, dispute=replace(case.dispute, number=7)), "改编号")
    blank = recording.blank_case(village, today(), village.person)
    parties = tuple(
        replace(party, name=name) for party, name in zip(blank.parties, "甲乙", strict=True)
    )
    dispute = replace(blank.dispute, type="02", facts="界址。", number=case.dispute.number)
    dispute = lifecycle.accept(dispute, today())
    _kept(village, None, replace(blank, dispute=dispute, parties=parties), "登记纠纷")
    with pytest.raises(DeskError, match="编号"):
        _restored(village, moved, "dispute", case.dispute.id)


def test_others_files_are_only_read(office: Register, village: Register, case: CaseFile) -> None:
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([village.unit, *case.records()])
    party = case.parties[0]
    with office.change("罗晓", "接收", "import") as change:
        change.keep(replace(party, phone=""))
    with pytest.raises(DeskError, match="只能查看"):
        _restored(office, case, "party", party.id)


def test_long_texts_are_cut_to_where_they_differ() -> None:
    before, after = "甲" * 300 + "乙", "甲" * 300 + "丙丁"
    cut = versions.excerpt(versions.Told("事实", before, after), 40)
    assert cut.before == "…" + "甲" * 10 + "乙"
    assert cut.after == "…" + "甲" * 10 + "丙丁"
    short = versions.Told("事实", "甲乙", "甲丙")
    assert versions.excerpt(short, 40) == short
