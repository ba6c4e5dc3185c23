"""The inspector finds each seeded fault of a file with the right id, and nothing in a sound one."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY, a_session, an_identity_number
from faulty_files import FAULTS_ACROSS
from faulty_records import FAULTS, TYPES
from whole_files import (
    FAULTS_OF_FILES,
    FILED,
    NUMBER,
    ORALLY,
    agreed,
    asked_court,
    failed,
    handed,
    scan,
    session,
    sound,
    still_open,
    with_agent,
    without,
)

from mediation_desk.domain.codes import (
    ArchiveState,
    AttachmentKind,
    Confirmation,
    SessionResult,
    Sex,
)
from mediation_desk.domain.inspection import inspect
from mediation_desk.domain.inspection.places import place_of
from mediation_desk.domain.inspection.sources import SOURCES
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.masks import masked
from mediation_desk.domain.problems import Severity
from mediation_desk.domain.settings import Settings

LIMITS = Limits(Settings())
DOMAIN = Path(__file__).parents[2] / "mediation_desk" / "domain"
# Advice that a sound file may have besides: it tells what a court will not confirm.
_ADVICE = {"D13", "A3"}


def found(case, number=NUMBER, today=TODAY):
    return [
        (entry.problem.rule, entry.problem.field)
        for entry in inspect(case, TYPES, today, LIMITS, number)
    ]


@pytest.mark.parametrize(("rule", "field", "case"), FAULTS_OF_FILES)
def test_a_seeded_fault_is_found_by_its_rule_and_no_other(rule, field, case):
    told = [entry for entry in found(case) if entry[0] not in _ADVICE - {rule}]
    assert told == [(rule, field)]


CLEAN = [
    sound(),
    still_open(),
    failed(sessions=(a_session("d", result=SessionResult.FAILED),)),
    handed(),
    asked_court((scan(AttachmentKind.CONFIRMATION),)),
    replace(with_agent(), attachments=(*sound().attachments, scan(AttachmentKind.AUTHORITY))),
    session(1, narrative="（2026）梨民调字第1号协议已履行，(2026)梨民调字第001号。"),
    agreed(content="双方共用坡地，由蒋仕文耕种，付秦德珍200元。"),
]  # fmt: skip


@pytest.mark.parametrize("case", CLEAN)
def test_nothing_is_found_in_a_sound_file(case):
    assert found(case) == []


def test_every_rule_of_the_file_has_its_seeded_fault():
    seeded = {rule for rule, _, _ in FAULTS_OF_FILES}
    written = set()
    for path in (DOMAIN / "inspection").glob("*.py"):
        if path.name != "sources.py":
            written |= set(re.findall(r'"(JZ\d+)"', path.read_text("utf-8")))
    # Each of these has a test of its own below.
    assert written - seeded == {"JZ11", "JZ32"}


def test_an_attachment_that_cannot_be_seen_is_told_with_the_reason():
    kept = sound()
    identity, receipt = kept.attachments
    damaged = {receipt.id: "文件不完整", "another": "别的案件"}
    (told,) = inspect(kept, TYPES, TODAY, LIMITS, NUMBER, damaged)
    assert (told.problem.rule, told.problem.field) == ("JZ11", "attachments.1")
    assert told.problem.severity is Severity.WARNING
    assert "看不了：文件不完整。" in told.problem.message
    assert place_of(kept, told.problem.field) == (receipt, "")
    assert identity is not receipt


def test_whatever_the_inspector_may_say_is_seeded_somewhere():
    """Every rule that has a source, also those of the records and of what is overdue."""
    seeded = {fault[0] for fault in (*FAULTS, *FAULTS_ACROSS, *FAULTS_OF_FILES)}
    # The inspector tells of missing signatures by A2 alone.
    assert set(SOURCES) - seeded == {"JZ11", "JZ32", "L-signature"}


def test_who_acts_for_a_party_is_not_the_other_one():
    other = sound().parties[1]
    case = with_agent(id_number=other.id_number)
    case = replace(case, attachments=(*case.attachments, scan(AttachmentKind.AUTHORITY)))
    assert found(case) == [("JZ32", "agents.0.id_number")]
    own = an_identity_number(date(1990, 1, 1), Sex.FEMALE)
    assert found(replace(case, agents=(replace(case.agents[0], id_number=own),))) == []


def test_every_rule_about_a_case_says_what_it_rests_on():
    written = set()
    for folder in ("checks", "inspection"):
        for path in (DOMAIN / folder).glob("*.py"):
            if path.name not in {"sources.py", "work.py"}:
                written |= set(re.findall(r'"([A-Z]\d+)"', path.read_text("utf-8")))
    # Terms of mediators (W) hang on no case.
    missing = {rule for rule in written if rule not in SOURCES and not rule.startswith("W")}
    assert not missing
    assert all(SOURCES.values())


def test_the_gravest_stand_first_and_each_tells_what_to_mend():
    case = agreed(sound(informed_on=None, archive=ArchiveState.OPEN), sealed_on=None)
    case = replace(case, parties=case.parties[:1])
    told = inspect(case, TYPES, TODAY, LIMITS, NUMBER)
    order = [list(Severity).index(entry.problem.severity) for entry in told]
    assert order == sorted(order)
    assert order[0] == 0
    assert all(entry.problem.mend and entry.source for entry in told)


def test_a_void_file_is_not_inspected():
    assert found(sound(void_reason="重复登记", facts="")) == []


def test_what_came_masked_is_not_taken_for_missing():
    kept = sound()
    hidden = replace(
        kept,
        dispute=masked(replace(kept.dispute, revision=1, personal_revision=1)),
        parties=tuple(masked(replace(e, revision=1, personal_revision=1)) for e in kept.parties),
        sessions=tuple(masked(replace(e, revision=1, personal_revision=1)) for e in kept.sessions),
        agreement=masked(replace(kept.agreement, revision=1, personal_revision=1)),
        promises=tuple(masked(replace(e, revision=1, personal_revision=1)) for e in kept.promises),
    )
    assert found(hidden) == []


def test_without_its_number_a_file_is_not_compared_with_any():
    case = session(1, narrative="(2026)梨民调字第007号协议已履行。")
    assert found(case, number="") == []


def test_an_oral_settlement_needs_fewer_papers():
    oral = agreed(without(AttachmentKind.IDENTITY), **ORALLY)
    assert found(oral) == []
    told = inspect(agreed(sound(informed_on=None), **ORALLY), TYPES, TODAY, LIMITS, NUMBER)
    assert [(e.problem.rule, e.problem.severity) for e in told] == [("JZ2", Severity.HINT)]
    (written,) = inspect(sound(informed_on=None), TYPES, TODAY, LIMITS, NUMBER)
    assert written.problem.severity is Severity.WARNING


def test_local_practice_decides_what_came_late():
    case = replace(sound(), dispute=replace(sound().dispute, archived_on=FILED))
    short = Limits(Settings(archive_days=1))
    rules = [entry.problem.rule for entry in inspect(case, TYPES, TODAY, short, NUMBER)]
    assert rules == ["JZ42"]


def test_advice_that_comes_too_late_is_left_out_of_an_archived_file():
    oral = {"type": "03"}
    open_file = sound(**oral, archive=ArchiveState.OPEN, archived_on=None)
    assert "D13" in {rule for rule, _ in found(open_file)}
    assert "D13" not in {rule for rule, _ in found(sound(**oral))}


def test_a_confirmation_is_only_missed_where_one_was_asked_for():
    assert found(sound(confirmation=Confirmation.NONE)) == []
