"""Big registers of invented disputes for measurements, always the same for the same size."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from builders import a_case, a_dispute, a_party, a_unit, an_agreement, an_identity_number

from mediation_desk.desk.setting_up import create, found_office
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgreementForm,
    Outcome,
    PartyRole,
    Performance,
    PreventionKind,
    Sex,
    Source,
)
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.round_trip import SameCase
from mediation_desk.store.register import Register

PASSWORD = "测量-2026"
VILLAGES = 10
FIRST_YEAR = 2017
YEARS = 10
_AT_ONCE = 5_000
# So rarely two entries are one dispute; more often than offices find.
_ONE_IN = 200

_SURNAMES = (
    "秦蒋罗陶何单曾解仇李王张刘陈杨赵黄周吴徐孙胡朱高林郭马梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈吕苏卢"
)
_GIVEN = (
    "德珍世明仕文素芬晓华建国强军秀英兰平志刚丽霞玉梅春海波涛永红卫东小琴光荣先进正义友福贵生财广才"
)
_WHO = "双方 两家 邻居 弟兄 妯娌 村民 租户 车主 业主 工人 老板 子女".split()
_WHAT = (
    "排水沟 院坝 宅基地 果树 田埂 山林 围墙 化粪池 道路 水源 工资 彩礼 赡养费 医药费 货款 合同 "
    "误工费 摩托车 挖机 鱼塘 坟地 电线 采光 噪音 承包地 砂石 青苗 饲料 房租 押金"
).split()
_HOW = "堵塞 占用 损坏 拖欠 争抢 漏水 倒塌 越界 反悔 烧毁 淹没 拒付 扣押 私自砍伐 未按约定".split()
_END = (
    "发生争吵，村干部到场劝开。 多次协商没有结果。 一方情绪激动，扬言报复。 "
    "请求村调委会出面调解。 当天已报派出所备案。 双方愿意坐下来谈。"
).split()


def units() -> list[Unit]:
    """Ten villages of one township."""
    return [
        a_unit(code=f"5002301242{place:02d}", name=f"第{place + 1}村", revision=1)
        for place in range(VILLAGES)
    ]


def a_name(chance: random.Random) -> str:
    """An invented name of two or three characters."""
    given = "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
    return chance.choice(_SURNAMES) + given


def _facts(chance: random.Random) -> str:
    sentences = (
        f"{chance.choice(_WHO)}因{chance.choice(_WHAT)}{chance.choice(_HOW)}、"
        f"{chance.choice(_WHAT)}{chance.choice(_HOW)}，{chance.choice(_END)}"
        for _ in range(chance.randint(2, 5))
    )
    return "".join(sentences)


def _parties(chance: random.Random, dispute_id: str) -> Iterator[Record]:
    for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT):
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))
        sex = chance.choice((Sex.MALE, Sex.FEMALE))
        yield a_party(
            dispute_id,
            role,
            revision=1,
            name=a_name(chance),
            sex=sex,
            born_on=born,
            id_number=an_identity_number(born, sex, chance.randrange(400)),
            phone=f"139{chance.randrange(10**8):08d}",
        )


def a_random_case(chance: random.Random, unit: Unit, number: int, intake: date) -> CaseFile:
    """A case with two parties, three quarters of them with an agreement."""
    settled = chance.random() < 0.75
    dispute = a_dispute(
        revision=1,
        unit_id=unit.id,
        year=intake.year,
        number=number,
        type=chance.choice(EIGHTEEN).code,
        source=chance.choice(list(Source)),
        intake_on=intake,
        closed_on=intake + timedelta(days=chance.randrange(40)),
        place=f"{unit.name}{chance.randrange(1, 12)}组",
        facts=_facts(chance),
        people=chance.randrange(2, 6),
        complex=chance.random() < 0.1,
        outcome=Outcome.SETTLED if settled else Outcome.FAILED,
        performance=Performance.NOT_DUE if settled else None,
    )
    agreement = an_agreement(
        dispute.id,
        revision=1,
        form=chance.choice(list(AgreementForm)),
        amount_fen=chance.randrange(0, 10**6, 100),
    )
    parties = tuple(_parties(chance, dispute.id))
    nothing = {"sessions": (), "promises": ()}
    case = a_case(parties=parties, agreement=agreement if settled else None, **nothing)
    return replace(case, dispute=dispute)


def cases(count: int) -> Iterator[CaseFile]:
    """`count` cases of ten villages over ten years, newest years last."""
    chance = random.Random(count)
    villages = units()
    for place in range(count):
        year, within = divmod(place * YEARS, count)
        day = date(FIRST_YEAR + year, 1, 1) + timedelta(days=within * 365 // count)
        number = place // VILLAGES + 1
        yield a_random_case(chance, villages[place % VILLAGES], number, day)


def _work() -> Iterator[Record]:
    """A screening round and a prevention of each village and month."""
    for unit in units():
        for month in range(12 * YEARS):
            day = date(FIRST_YEAR + month // 12, month % 12 + 1, 15)
            name = f"{unit.id}{month}"
            yield Screening(id=f"s{name}", unit_id=unit.id, screened_on=day, prevented=1)
            kind = list(PreventionKind)[month % len(PreventionKind)]
            yield Prevention(id=f"p{name}", unit_id=unit.id, prevented_on=day, kind=kind)


def _same(place: int, main_id: str, other_id: str) -> Record:
    """Two neighbours in the list that were found to be one dispute."""
    on = date(FIRST_YEAR, 1, 1)
    return SameCase(
        id=f"same{place}", revision=1, main_id=main_id, other_id=other_id, decided_on=on
    )


Dress = Callable[[random.Random, CaseFile], CaseFile]


def build(folder: Path, count: int, dress: Dress | None = None) -> Register:
    """An office's register with `count` disputes, each of them dressed if there is a way to."""
    founding = found_office("丰都县", "双龙镇", "500230124000", "罗晓")
    register = create(folder, founding, PASSWORD)
    with register.change("罗晓", "单位") as change:
        change.adopt((*units(), *_work()))
    batch: list[Record] = []
    before = ""
    chance = random.Random(count)
    for place, plain in enumerate(cases(count), 1):
        case = dress(chance, plain) if dress else plain
        batch.extend(case.records())
        if place % _ONE_IN == 0:
            batch.append(_same(place, before, case.dispute.id))
        before = case.dispute.id
        if place % _AT_ONCE == 0 or place == count:
            with register.change("罗晓", "导入", "import") as change:
                change.adopt(batch)
            batch.clear()
    return register
