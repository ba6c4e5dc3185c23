"""What the papers of one file should say alike and in order (domain.md §2.10, §2.12, §2.14)."""

import re
from collections.abc import Iterator

from mediation_desk.domain.as_typed.case_numbers import case_label
from mediation_desk.domain.checks.general import hint, warning
from mediation_desk.domain.codes import Direction, SessionKind, SessionResult
from mediation_desk.domain.inspection.looked_at import LookedAt
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

# A number as papers print it: a year in brackets, the committee's word, a running number.
_NUMBER = re.compile(r"[(（〔\[【]20\d\d[)）〕\]】][^\d\s，。；、]{0,12}\d{1,6}号")


def _mediators(seen: LookedAt) -> Iterator[Problem]:
    """JZ30: who signs the records also stands on the cover."""
    cover = set(seen.file.dispute.mediator_ids)
    if not cover:
        return
    for place, entry in seen.held(SessionKind.MEDIATION):
        if entry.mediator_ids and not cover & set(entry.mediator_ids):
            words = tr("{day}的调解记录和卷宗封面上的人民调解员不一样。")
            told = words.format(day=entry.held_on.isoformat())
            mend = tr("请核对是谁调解的，改成一致。")
            yield warning("JZ30", f"sessions.{place}.mediator_ids", told, mend)


def _numbers(seen: LookedAt) -> Iterator[Problem]:
    """JZ31: cover, agreement and visit bear one number; no other may slip in by copying."""
    own = case_label(seen.number, None).value if seen.number else None
    if own is None or seen.masked:
        return
    texts = [("file_note", tr("卷宗情况说明"), seen.file.dispute.file_note)]
    if seen.file.agreement is not None:
        texts.append(("agreement.content", tr("协议内容"), seen.file.agreement.content))
    for place, entry in seen.held(SessionKind.VISIT):
        texts.append((f"sessions.{place}.narrative", tr("回访记录"), entry.narrative))
    for field, called, text in texts:
        for found in _NUMBER.findall(text):
            told = case_label(found, None).value
            if told is not None and told[:2] != own[:2]:
                words = tr("{paper}里写的编号{other}不是本案的编号{own}。")
                message = words.format(paper=called, other=found, own=seen.number)
                yield warning("JZ31", field, message, tr("请核对是不是抄错了。"))
                break


def _agents(seen: LookedAt) -> Iterator[Problem]:
    """JZ32: nobody acts for one party and is another."""
    for place, agent in enumerate(seen.file.agents):
        for party in seen.file.parties:
            same = agent.id_number and agent.id_number == party.id_number
            if same and "*" not in agent.id_number:
                words = tr("代理人{name}的身份证号和当事人{party}的相同。")
                told = words.format(name=agent.name, party=party.name)
                mend = tr("请对照证件核对，当事人不能代理别的当事人。")
                yield warning("JZ32", f"agents.{place}.id_number", told, mend)


def _performed(seen: LookedAt) -> Iterator[Problem]:
    """JZ33: the day on which all was performed is the day of the last term."""
    days = [entry.kept_on for entry in seen.file.promises if entry.kept_on is not None]
    performed = seen.file.dispute.performed_on
    if performed is None or len(days) != len(seen.file.promises) or not days:
        return
    if performed != max(days):
        words = tr("履行完毕日期（{day}）和最后一项的履行日期（{last}）不一样。")
        told = words.format(day=performed.isoformat(), last=max(days).isoformat())
        yield warning("JZ33", "performed_on", told, tr("请核对这两个日期。"))


def _agreed(seen: LookedAt) -> Iterator[Problem]:
    """JZ34: an agreement is not older than the mediation that reached it."""
    agreement = seen.file.agreement
    reached = [
        entry.held_on
        for _, entry in seen.held(SessionKind.MEDIATION)
        if entry.result is SessionResult.SETTLED
    ]
    if agreement is not None and reached and agreement.agreed_on < max(reached):
        words = tr("协议达成日期（{day}）早于调解成功的那次调解（{held}）。")
        told = words.format(day=agreement.agreed_on.isoformat(), held=max(reached).isoformat())
        yield warning("JZ34", "agreement.agreed_on", told, tr("请核对这两个日期。"))


def _told_first(seen: LookedAt) -> Iterator[Problem]:
    """JZ35: parties hear of their rights before the mediation begins (人民调解法 Art 23-24)."""
    held = [entry.held_on for _, entry in seen.held(SessionKind.MEDIATION)]
    informed = seen.file.dispute.informed_on
    if informed is not None and held and informed > min(held):
        words = tr("权利义务告知日期（{day}）晚于第一次调解（{held}）。")
        told = words.format(day=informed.isoformat(), held=min(held).isoformat())
        yield warning("JZ35", "informed_on", told, tr("请核对告知日期；应当先告知再调解。"))


def _agreed_to_it(seen: LookedAt) -> Iterator[Problem]:
    """JZ36: and agree to be mediated before it begins (人民调解法 Art 17)."""
    held = [entry.held_on for _, entry in seen.held(SessionKind.MEDIATION)]
    for place, entry in enumerate(seen.file.referrals):
        # To be handed on to another body they agree later.
        if entry.direction is not Direction.IN or entry.consent_on is None:
            continue
        if held and entry.consent_on > min(held):
            words = tr("当事人同意日期（{day}）晚于第一次调解（{held}）。")
            told = words.format(day=entry.consent_on.isoformat(), held=min(held).isoformat())
            mend = tr("请核对这两个日期；应当先同意再调解。")
            yield warning("JZ36", f"referrals.{place}.consent_on", told, mend)


def _after_the_archive(seen: LookedAt) -> Iterator[Problem]:
    """JZ37: what is written after a file was bound is not in it."""
    filed = seen.file.dispute.archived_on
    if filed is None:
        return
    for place, entry in enumerate(seen.file.sessions):
        if entry.held_on > filed:
            words = tr("{day}的{kind}在归档（{filed}）以后，没有装进卷宗。").format(
                day=entry.held_on.isoformat(),
                kind=tr(entry.kind.label),
                filed=filed.isoformat(),
            )
            yield hint("JZ37", f"sessions.{place}.held_on", words, tr("请把这份记录补进卷宗。"))


_RULES = (
    _mediators,
    _numbers,
    _agents,
    _performed,
    _agreed,
    _told_first,
    _agreed_to_it,
    _after_the_archive,
)


def contradictions(seen: LookedAt) -> Iterator[Problem]:
    """Where the papers of the file contradict each other or stand in the wrong order."""
    for rule in _RULES:
        yield from rule(seen)
