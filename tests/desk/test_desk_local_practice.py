"""Who set what is told, the newest first, and the register does not grow with it for ever."""

from dataclasses import replace

from mediation_desk.desk.local_practice import keep_settings, settings_log
from mediation_desk.store.register import Register


def test_the_newest_two_hundred_changes_are_kept(village: Register) -> None:
    usual = village.settings.visit_days
    for number in range(205):
        days = usual + 1 + number % 2
        keep_settings(village, replace(village.settings, visit_days=days), f"第{number}次")
    told = settings_log(village)
    assert len(told) == 200
    assert [told[0].actor, told[-1].actor] == ["第204次", "第5次"]
    wanted = replace(village.settings, visit_days=usual, count_oral=False)
    assert len(keep_settings(village, wanted, "陶素芬")) == 2
    told = settings_log(village)
    assert [entry.actor for entry in told[:3]] == ["陶素芬", "陶素芬", "第204次"]
    assert (len(told), told[-1].actor) == (200, "第7次")
