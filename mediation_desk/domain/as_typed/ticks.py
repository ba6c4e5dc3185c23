"""Ticks: what stands in a column that asks yes or no."""

from mediation_desk.domain.as_typed.answer import Reading, Typed, unread
from mediation_desk.domain.as_typed.plain_text import bare, is_broken
from mediation_desk.words import tr

_YES = frozenset(
    "√ ✓ ✔ ☑ ■ ✅ 是 有 1 y yes true t 对 勾 属于 涉及 是的 成功 满意 确认 已确认".split()
)
_NO = frozenset(
    "× ✗ ✘ ☒ □ ☐ x 否 无 0 n no false f 不 不是 没有 未 不属于 不涉及 非 未涉及 - — /".split()
) | {"不满意"}


def tick(cell: Typed) -> Reading[bool]:
    """Yes, no, or None for an empty cell: empty is not no (defects.md 40)."""
    word = bare(cell).lower()
    if not word:
        return Reading(None)
    if word in _YES:
        return Reading(True)  # noqa: FBT003 - the value that was read
    if word in _NO:
        return Reading(False)  # noqa: FBT003 - the value that was read
    if is_broken(cell):
        return unread(tr("这一格是公式错误或图片，读不出是或否。"))
    return unread(tr("“{text}”是表示“是”还是“否”？").format(text=bare(cell)[:30]))
