"""Rules for parties, their agents, mediators and advisers."""

import re
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.cases import Agent, Party
from mediation_desk.domain.checks.general import (
    error,
    found,
    general_problems,
    hint,
    in_order,
    warning,
)
from mediation_desk.domain.codes import PartyKind
from mediation_desk.domain.identity import age_on, birth_date, identity_problems, sex_of
from mediation_desk.domain.organisation import Adviser, Mediator
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

_PHONE = re.compile(
    r"(\+?86[- ]?)?1[3-9]\d{9}"  # mobile
    r"|(\(?0\d{2,3}\)?[- ]?)?[2-9]\d{6,7}(-\d{1,6})?"  # landline, with or without area code
    r"|400-?\d{3}-?\d{4}",
    re.ASCII,
)
_BETWEEN_PHONES = re.compile(r"[、，,;；/\n]")
_CHILD = 14


def phone_problems(phone: str) -> list[Problem]:
    """P5: what does not look like telephone numbers; several may be given (domain.md §2.3)."""
    if not phone or all(_PHONE.fullmatch(part.strip()) for part in _BETWEEN_PHONES.split(phone)):
        return []
    words = tr("“{phone}”不像电话号码。").format(phone=phone)
    return [warning("P5", "phone", words, tr("手机号应为11位；多个号码用顿号隔开。"))]


@dataclass(frozen=True, slots=True)
class _Seen:
    party: Party
    today: date


def _sex(seen: _Seen) -> Problem | None:
    """P3: the sex agrees with the identity number (GB 11643-1999)."""
    party = seen.party
    told = sex_of(party.id_number)
    if told is None or party.sex is None or party.sex is told:
        return None
    words = tr("性别与身份证号不符。")
    return error("P3", "sex", words, tr("请对照证件核对性别和身份证号。"))


def _born(seen: _Seen) -> Problem | None:
    """P4: year and month of birth agree with the identity number (GB 11643-1999).

    The forms ask for 出生年月, so the first of the month stands for a day not told.
    """
    party = seen.party
    told = birth_date(party.id_number)
    if told is None or party.born_on is None or party.born_on in {told, told.replace(day=1)}:
        return None
    words = tr("出生日期与身份证号不符。")
    return error("P4", "born_on", words, tr("请对照证件核对出生日期和身份证号。"))


def _organisation(seen: _Seen) -> Problem | None:
    """P6: sex, birth and ethnicity belong to natural persons (domain.md §2.3)."""
    party = seen.party
    if party.kind is PartyKind.NATURAL:
        return None
    if party.sex is None and party.born_on is None and not party.ethnicity:
        return None
    words = tr("不是自然人，却填写了性别、民族或出生日期。")
    return warning("P6", "kind", words, tr("请核对当事人类别。"))


def _child(seen: _Seen) -> Problem | None:
    """P7: data of children under 14 need a guardian's consent (个人信息保护法 Art 31)."""
    party = seen.party
    born = party.born_on or birth_date(party.id_number)
    if born is None or party.kind is not PartyKind.NATURAL or born > seen.today:
        return None
    if age_on(born, seen.today) >= _CHILD:
        return None
    words = tr("当事人不满14周岁，登记个人信息须经监护人同意。")
    return hint("P7", "born_on", words, tr("请登记法定代理人。"))


def _position(seen: _Seen) -> Problem | None:
    """P8: parties of a side are counted from one."""
    if seen.party.position >= 1:
        return None
    return error("P8", "position", tr("当事人序号应从1开始。"), tr("请重新编号。"))


_RULES = (_organisation, _child, _position)
_IDENTITY_RULES = (_sex, _born)


def party_problems(party: Party, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with a party; of a `masked` copy the personal values are not judged."""
    seen = _Seen(party, today)
    problems = general_problems(party, today, masked=masked) + found(_RULES, seen)
    if masked:
        return problems
    problems += phone_problems(party.phone)
    if party.kind is not PartyKind.NATURAL:
        return problems
    # A number known to be wrong tells neither sex nor birth.
    wrong = identity_problems(party.id_number, today)
    return problems + (wrong or found(_IDENTITY_RULES, seen))


def agent_problems(agent: Agent, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with somebody who acts for a party."""
    problems = general_problems(agent, today, masked=masked)
    if masked:
        return problems
    return problems + identity_problems(agent.id_number, today) + phone_problems(agent.phone)


def term_problems(
    person: Mediator | Adviser, today: date, *, masked: bool = False
) -> list[Problem]:
    """What is wrong with a mediator or adviser; W2: a term ends after it began."""
    problems = general_problems(person, today, masked=masked)
    if backward := in_order("W2", person, "term_from", "term_to"):
        problems.append(backward)
    return problems if masked else problems + phone_problems(person.phone)
