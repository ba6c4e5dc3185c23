"""How names of organisations and of places are told from those of people."""

import re

from mediation_desk.domain.codes import PartyKind

_LEGAL_ENDS = tuple(
    "公司 集团 银行 合作社 信用社 医院 卫生院 学校 小学 中学 幼儿园 村委会 居委会 村民委员会 "
    "居民委员会 委员会 政府 厂 局 派出所 服务中心 加油站 养殖场".split()
)
_OTHER_ENDS = tuple(
    "组 队 工地 项目部 店 分公司 经营部 合伙 业委会 院坝 铺 餐馆 超市 协会 办事处".split()
)
_SHORTEST_ORGANISATION = 4
# Those that organisations of a county in Chongqing are named after without 省, 市 or 县.
_PLACES = tuple(
    "中国 北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 "
    "湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古 成都 武汉 万州 涪陵 "
    "黔江 渝中 渝北 江北 沙坪坝 九龙坡 南岸 北碚 巴南 长寿 江津 合川 永川 南川 綦江 大足 璧山 铜梁 "
    "潼南 荣昌 开州 梁平 武隆 城口 丰都 垫江 忠县 云阳 奉节 巫山 巫溪 石柱 秀山 酉阳 彭水".split()
)
_PLACE_ENDS = ("省", "市", "区", "县", "镇", "乡", "村", "街道")
_BEGINS_WITH_PLACE = re.compile(
    rf"(?:{'|'.join(_PLACES)})|[^与同对]{{2,6}}?(?:[省区县镇乡村]|(?<!超)市|街道)"
)


def kind_of_name(name: str) -> PartyKind:
    """Natural person, legal person or other organisation, from how a name ends."""
    if len(name) < _SHORTEST_ORGANISATION:
        return PartyKind.NATURAL
    if name.endswith(_OTHER_ENDS):
        return PartyKind.OTHER
    return PartyKind.LEGAL if name.endswith(_LEGAL_ENDS) else PartyKind.NATURAL


def is_organisation(name: str) -> bool:
    """Whether a name ends as those of organisations do."""
    return kind_of_name(name) is not PartyKind.NATURAL


def is_place(name: str) -> bool:
    """Whether a name is that of a place, after which organisations are named."""
    return name in _PLACES or (len(name) > 2 and name.endswith(_PLACE_ENDS))


def begins_with_place(name: str) -> bool:
    """Whether a name begins as those of organisations do that say where they are."""
    return _BEGINS_WITH_PLACE.match(name) is not None
