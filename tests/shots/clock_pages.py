"""What is said of a clock that is wrong, and what is asked before something rests on it."""

from datetime import datetime

from camera import Camera

from mediation_desk.desk import clock


class _LongAgo(datetime):
    """A clock as it stands after the battery ran out."""

    @classmethod
    def now(cls, tz=None):
        return cls(2019, 3, 1, 9, tzinfo=tz)


def wrong_clock(camera: Camera, window, shell) -> None:
    """The band above the first page, and what its button asks."""
    right = clock.datetime
    clock.datetime = _LongAgo  # type: ignore[misc]
    try:
        shell.turn_to("home")
        camera.take(window, "36-wrong-clock")
        shell.clock.right.click()
        camera.question(window, "36-wrong-clock-asked")
        sending = shell.turn_to("sending").send_view
        camera.settle(window)
        sending.choose_and_send()
        camera.question(window, "36-wrong-clock-sending")
    finally:
        clock.datetime = right  # type: ignore[misc]
    shell.turn_to("home")
