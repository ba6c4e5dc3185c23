"""The short ledgers keep what the desk did beside disputes, and the statistics count it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_case, a_unit

from mediation_desk.desk import counsel, ledger_history, ledgers
from mediation_desk.desk.receiving import LookState, receive_all
from mediation_desk.desk.recording import is_own, keep_case
from mediation_desk.desk.sending import calibre_of
from mediation_desk.domain.aiding import aid_state, next_states, with_state
from mediation_desk.domain.codes import LegalAidState, PreventionKind, PublicityKind, UnitKind
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.organisation import Adviser
from mediation_desk.domain.periods import month_of, year
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.support import LegalAid
from mediation_desk.figures.ministry import ministry_table
from mediation_desk.store.register import Register

WHO = "陶素芬"
THIS_YEAR = year(TODAY.year)


def kept(register: Register, *records):
    return ledgers.keep(register, (), records, WHO, "登记", TODAY)


def a_round(register: Register, **changes) -> Screening:
    blank = ledgers.blank(register, "screening", TODAY, WHO)
    return replace(blank, **({"area": "3组、4组"} | changes))


def a_finding(held: Screening, **changes) -> Finding:
    values = {"id": new_id(), "unit_id": held.unit_id, "screening_id": held.id}
    return Finding(**(values | {"matter": "两家为水沟争吵", "persons": "秦德珍、蒋仕文"} | changes))


def test_a_round_and_its_findings_are_one_act(village: Register) -> None:
    before = village.sequence()
    held = a_round(village, found=2, prevented=1)
    first, second = a_finding(held), a_finding(held, matter="田埂被挖")
    kept(village, held, first, second)
    acts = village.acts()
    assert len(village.changes_of_act(acts[0].number)) == 3
    assert village.sequence() == before + 3
    assert {entry.id for entry in ledgers.findings_of(village, [held.id])} == {first.id, second.id}


def test_a_nil_round_is_a_round(village: Register) -> None:
    kept(village, a_round(village, screened_on=TODAY - timedelta(days=7)))
    kept(village, a_round(village, found=3, prevented=2))
    month, whole = ledgers.tallies(village, TODAY)
    assert (month.rounds, month.found, month.prevented) == (2, 3, 2)
    assert whole == month
    calibre = calibre_of(village, month_of(TODAY))
    unit = village.unit
    table = ministry_table(village.counts(calibre), (unit,), (unit.id,), calibre)
    # Columns 40 and 41 of the table: rounds, not matters, and what was prevented.
    assert table.grand_total.values[39:41] == (2, 2)


def test_a_void_round_counts_no_more_and_takes_its_findings_along(village: Register) -> None:
    held, *_ = kept(village, (mine := a_round(village, found=1)), a_finding(mine))
    ledgers.void(village, held, WHO, "登记重复")
    assert ledgers.tallies(village, TODAY)[1].rounds == 0
    assert ledgers.findings_of(village, [held.id]) == []
    [line] = ledgers.entries(village, "screening", THIS_YEAR)
    assert line.void_reason == "登记重复"
    with pytest.raises(DeskError, match="作废原因"):
        ledgers.void(village, line, WHO, "  ")


def test_a_finding_taken_out_of_a_round_is_voided(village: Register) -> None:
    mine = a_round(village, found=2)
    before = kept(village, mine, a_finding(mine), a_finding(mine, matter="田埂被挖"))
    held, first, second = before
    ledgers.keep(village, before, (replace(held, found=1), first), WHO, "修改排查", TODAY)
    assert [entry.id for entry in ledgers.findings_of(village, [held.id])] == [first.id]
    assert village.get("finding", second.id).void_reason == "修改排查"
    assert village.get("finding", first.id).revision == 1


def test_what_cannot_be_is_refused_in_words(village: Register) -> None:
    mine = a_round(village, found=1)
    problems = ledgers.findings_about(village, (mine, a_finding(mine), a_finding(mine)), TODAY)
    assert [(problem.rule, problem.field) for problem in problems] == [("N2", "0.found")]
    with pytest.raises(DeskError, match="多于发现纠纷"):
        kept(village, mine, a_finding(mine), a_finding(mine))
    with pytest.raises(DeskError, match="线索内容"):
        kept(village, mine, a_finding(mine, matter=" "))
    with pytest.raises(DeskError, match="晚于今天"):
        kept(village, a_round(village, screened_on=TODAY + timedelta(days=1)))
    assert ledgers.entries(village, "screening", THIS_YEAR) == []


def test_others_are_only_read(office: Register) -> None:
    other = a_unit(kind=UnitKind.VILLAGE)
    theirs = Screening(id=new_id(), unit_id=other.id, screened_on=TODAY)
    with office.change(WHO, "收到") as change:
        change.adopt((other, replace(theirs, revision=1)))
    [line] = ledgers.entries(office, "screening", THIS_YEAR)
    assert not is_own(office, line)
    for attempt in (
        lambda: ledgers.keep(office, (line,), (replace(line, found=5),), WHO, "修改", TODAY),
        lambda: ledgers.void(office, line, WHO, "重复"),
    ):
        with pytest.raises(DeskError, match="属于别的单位"):
            attempt()
    mine = ledgers.blank(office, "screening", TODAY, WHO)
    kept(office, mine)
    assert is_own(office, mine)
    units = [{entry.unit_id for entry in ledgers.entries(office, "screening", THIS_YEAR, unit)}
             for unit in ("", other.id)]  # fmt: skip
    assert units == [{other.id, mine.unit_id}, {other.id}]


def test_what_was_written_last_is_offered_again(village: Register) -> None:
    kept(village, a_round(village, screeners="陶素芬、冉光明"))
    kept(
        village,
        replace(ledgers.blank(village, "publicity", TODAY, WHO), topic="民法典", place="院坝"),
    )
    again = ledgers.blank(village, "screening", TODAY, WHO)
    assert (again.area, again.screeners, again.found) == ("3组、4组", "陶素芬、冉光明", 0)
    event = ledgers.blank(village, "publicity", TODAY, WHO)
    assert (event.place, event.topic) == ("院坝", "")


def test_publicity_and_training_are_told_apart(village: Register) -> None:
    for kind, audience in ((PublicityKind.PUBLICITY, 40), (PublicityKind.TRAINING, 6)):
        event = ledgers.blank(village, "publicity", TODAY, WHO)
        kept(village, replace(event, kind=kind, topic="人民调解法", audience=audience))
    month, _ = ledgers.tallies(village, TODAY)
    assert (month.events, month.audience, month.trainings) == (1, 40, 1)


def test_a_prevention_of_its_own_is_counted(village: Register) -> None:
    prevention = ledgers.blank(village, "prevention", TODAY, WHO)
    kept(village, replace(prevention, kind=PreventionKind.SUICIDE, persons=2, reason="夜里劝回"))
    with pytest.raises(DeskError, match="人数"):
        kept(village, replace(prevention, id=new_id(), cases=2, persons=1, reason="劝回"))
    counts = village.counts(calibre_of(village, month_of(TODAY)))
    assert [(entry.kind, entry.cases, entry.persons) for entry in counts.preventions] == [
        (PreventionKind.SUICIDE.value, 1, 2)
    ]


def test_legal_aid_goes_step_by_step_with_days_offered() -> None:
    limits = Limits(Settings(legal_aid_days=7))
    aid = LegalAid(id="a", unit_id="u", applicant="秦德珍", helped_on=TODAY)
    assert next_states(aid) == (LegalAidState.APPLIED,)
    aid = with_state(aid, LegalAidState.APPLIED, TODAY, limits)
    assert (aid.applied_on, aid.answer_due_on) == (TODAY, TODAY + timedelta(days=7))
    assert aid_state(aid, TODAY) == ("已提交申请 · 还有 7 天", "blue")
    assert aid_state(aid, TODAY + timedelta(days=7)) == ("已提交申请 · 今天到期", "amber")
    assert aid_state(aid, TODAY + timedelta(days=9)) == ("已提交申请 · 逾期 2 天", "red")
    aid = with_state(aid, LegalAidState.ACCEPTED, TODAY, limits)
    aid = with_state(aid, LegalAidState.APPROVED, TODAY + timedelta(days=3), limits)
    assert (aid.accepted_on, aid.answered_on) == (TODAY, TODAY + timedelta(days=3))
    assert next_states(aid) == ()
    assert aid_state(aid, TODAY + timedelta(days=30)) == ("准予援助", "green")


def test_a_day_that_is_written_stays() -> None:
    due = TODAY + timedelta(days=20)
    aid = LegalAid(id="a", unit_id="u", applicant="秦德珍", helped_on=TODAY, answer_due_on=due)
    applied = replace(aid, applied_on=TODAY)
    later = with_state(applied, LegalAidState.APPLIED, TODAY + timedelta(days=2), Settings())
    assert (later.applied_on, later.answer_due_on) == (TODAY, due)


def test_counsel_shows_what_an_adviser_did(village: Register) -> None:
    adviser = Adviser(id=new_id(), unit_id=village.unit.id, name="蒲秋岚", firm="某律师事务所")
    with village.change(WHO, "登记") as change:
        change.keep(adviser)
    asked = ledgers.blank(village, "consultation", TODAY, WHO)
    assert asked.adviser_id == adviser.id
    kept(village, replace(asked, person="秦德珍", matter="赡养费怎么算"))
    [told] = counsel.counsel(village)
    assert (told.adviser, told.consultations, told.sessions) == (
        village.get("adviser", adviser.id), 1, (),
    )  # fmt: skip
    found = ledgers.entries(village, "consultation", THIS_YEAR)
    said = ledgers.words_of(village, "consultation", found)
    assert ledgers.matching(found, said, "蒲秋岚 赡养") == found
    assert ledgers.matching(found, said, "蒲秋岚 水沟") == []


def test_a_round_is_found_by_what_it_found(village: Register) -> None:
    mine = a_round(village, found=1)
    kept(village, mine, a_finding(mine))
    kept(village, a_round(village, area="5组"))
    found = ledgers.entries(village, "screening", THIS_YEAR)
    said = ledgers.words_of(village, "screening", found)
    assert [entry.id for entry in ledgers.matching(found, said, "蒋仕文")] == [mine.id]
    assert len(ledgers.matching(found, said, "")) == 2


def test_a_ledger_is_read_year_by_year(village: Register) -> None:
    for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), TODAY):
        kept(village, a_round(village, screened_on=day))
    assert ledgers.years(village, "screening", TODAY) == [2026, 2025, 2024]
    days = [entry.screened_on for entry in ledgers.entries(village, "screening", year(2025))]
    assert days == [date(2025, 12, 31), date(2025, 1, 1)]
    assert ledgers.years(village, "publicity", TODAY) == [2026]


def test_a_finding_that_becomes_a_dispute_later_is_told_to_the_office(
    village: Register, office: Register, sent: Callable[..., Path]
) -> None:
    month, later = date(2026, 8, 1), date(2026, 9, 1)
    mine = a_round(village, screened_on=date(2026, 8, 10), found=1)
    _, finding = kept(village, mine, a_finding(mine))
    assert receive_all(office, [sent(month)], "罗晓", TODAY)[0].look.state is LookState.READY
    case = keep_case(village, None, a_case(), WHO, "登记", TODAY)
    with village.change(WHO, "转为纠纷") as change:
        change.keep(replace(finding, dispute_id=case.dispute.id))
    (got,) = receive_all(office, [sent(later)], "罗晓", TODAY)
    assert got.look.counts.get("rejected", 0) == 0
    assert office.get("finding", finding.id).dispute_id == case.dispute.id


def test_help_travels_masked_and_every_record_is_accounted_for(
    village: Register, office: Register, sent: Callable[..., Path]
) -> None:
    aid = replace(ledgers.blank(village, "legal_aid", TODAY, WHO), applicant="秦德珍")
    aid = replace(aid, helped_on=date(2026, 8, 5), matter="讨要赡养费")
    asked = replace(ledgers.blank(village, "consultation", TODAY, WHO), person="蒋仕文")
    asked = replace(asked, held_on=date(2026, 8, 6), matter="界石", form="电话")
    kept(village, aid)
    kept(village, asked)
    (got,) = receive_all(office, [sent(date(2026, 8, 1))], "罗晓", TODAY)
    assert got.look.read == sum(got.look.counts.values())
    theirs = office.get("legal_aid", aid.id)
    assert (theirs.applicant, theirs.matter, theirs.personal_revision) == ("秦某某", "", 0)
    told = office.get("consultation", asked.id)
    assert (told.person, told.matter, told.form) == ("蒋某某", "", "电话")


def test_an_earlier_version_comes_back_as_a_new_change(village: Register) -> None:
    mine = a_round(village, found=1, note="走访三十户。")
    held, finding = kept(village, mine, a_finding(mine))
    changed = replace(held, note="走访四十户。", found=2)
    ledgers.keep(village, (held, finding), (changed, finding), WHO, "修改排查", TODAY)
    told = ledger_history.history(village, held)
    assert [(entry.record.id, entry.first, entry.latest) for entry in told] == [
        (held.id, False, True),
        (finding.id, True, True),
        (held.id, True, False),
    ]
    assert [(one.label, one.before, one.after) for one in told[0].changes] == [
        ("发现纠纷", "1", "2"),
        ("排查情况", "走访三十户。", "走访四十户。"),
    ]
    assert (told[0].actor, told[0].reason) == (WHO, "修改排查")
    preview = ledger_history.preview(village, told[2], TODAY)
    assert [one.after for one in preview] == ["1", "走访三十户。"]
    back = ledger_history.restore(village, told[2], "冉光明", TODAY)
    assert (back.note, back.found, back.revision) == ("走访三十户。", 1, 3)
    assert village.get("screening", held.id) == back
    assert ledger_history.history(village, back)[0].actor == "冉光明"


def test_a_struck_out_record_comes_back_but_not_into_what_is_struck_out(village: Register) -> None:
    held, finding = kept(village, (mine := a_round(village, found=1)), a_finding(mine))
    ledgers.void(village, held, WHO, "重复")
    told = ledger_history.history(village, held)
    first = {entry.record.id: entry for entry in told if entry.first}
    with pytest.raises(DeskError, match="这次排查已经作废"):
        ledger_history.restore(village, first[finding.id], WHO, TODAY)
    assert ledger_history.restore(village, first[held.id], WHO, TODAY).void_reason == ""
    ledger_history.restore(village, first[finding.id], WHO, TODAY)
    assert [entry.id for entry in ledgers.findings_of(village, [held.id])] == [finding.id]


def test_what_would_not_fit_any_more_does_not_come_back(village: Register) -> None:
    nil = a_round(village)
    (held,) = kept(village, nil)
    after = (replace(held, found=1), a_finding(held))
    ledgers.keep(village, (held,), after, WHO, "修改排查", TODAY)
    first = ledger_history.history(village, held)[-1]
    with pytest.raises(DeskError, match="多于发现纠纷"):
        ledger_history.restore(village, first, WHO, TODAY)


def test_a_finding_that_became_a_dispute_stays_one(village: Register) -> None:
    _, finding = kept(village, (mine := a_round(village, found=1)), a_finding(mine))
    with village.change(WHO, "转为纠纷") as change:
        turned = change.keep(replace(finding, dispute_id="d1", matter="两家为水沟动了手"))
    [*_, first] = [
        entry
        for entry in ledger_history.history(village, village.get("screening", mine.id))
        if entry.record.id == turned.id
    ]
    back = ledger_history.restore(village, first, WHO, TODAY)
    assert (back.matter, back.dispute_id) == ("两家为水沟争吵", "d1")


def test_an_adviser_is_told_by_name(village: Register) -> None:
    adviser = Adviser(id=new_id(), unit_id=village.unit.id, name="蒲秋岚")
    with village.change(WHO, "登记") as change:
        change.keep(adviser)
    asked = replace(ledgers.blank(village, "consultation", TODAY, WHO), matter="界石")
    (first,) = kept(village, replace(asked, adviser_id=""))
    ledgers.keep(village, (first,), (replace(first, adviser_id=adviser.id),), WHO, "修改", TODAY)
    [told] = ledger_history.history(village, first)[0].changes
    assert (told.label, told.before, told.after) == ("法律顾问", "", "蒲秋岚")
