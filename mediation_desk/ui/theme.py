"""Every colour and size of the window in one place; the style sheet is filled from here."""

import re
from enum import Enum
from functools import cache
from string import Template
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from mediation_desk.paths import resources
from mediation_desk.ui.remembering import remember, remembered_text

# Sizes everywhere are told for this type size; `wide` and `high` make them those of a larger one.
BASE_POINTS = 11
TARGET = 44
ROW = 44
# What a line of the standard type takes.
_LINE = 22
# The families are asked for in this order, so that Chinese looks alike on Windows and Linux.
FAMILIES = [
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "SimHei",
]


class Scheme(Enum):
    """Which colours the user chose; the system's choice is followed unless told otherwise."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class TypeSize(Enum):
    """How large the type is, in points."""

    STANDARD = 11
    LARGE = 14
    HUGE = 18


# Not dataclasses: the password page gets by without them, and so without loading what makes them.
class Looks(NamedTuple):
    """What the user chose for this computer."""

    scheme: Scheme = Scheme.SYSTEM
    size: TypeSize = TypeSize.STANDARD


class Tone(Enum):
    """What a colour says; it always comes with a word. The values are those of `domain.derived`."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NEUTRAL = "neutral"


class Tokens(NamedTuple):
    """The colours of one scheme by what they are for."""

    page: str
    card: str
    hollow: str
    line: str
    faint_line: str
    edge: str
    ink: str
    ink2: str
    hint: str
    primary: str
    primary_dark: str
    primary_ink: str
    bar: str
    practice: str
    blue: str
    blue_soft: str
    green: str
    green_soft: str
    amber: str
    amber_soft: str
    red: str
    red_soft: str
    neutral: str
    neutral_soft: str
    # Between the soft blue and the primary one, where a colour tells how many.
    warm: str
    warmer: str
    thin: str = "1px"
    thick: str = "2px"

    def of(self, tone: Tone) -> tuple[str, str]:
        """Ink and soft ground of a tone."""
        return getattr(self, tone.value), getattr(self, f"{tone.value}_soft")


LIGHT = Tokens(
    page="#eef1f4",
    card="#ffffff",
    hollow="#f7f9fb",
    line="#d5dce3",
    faint_line="#e6ebef",
    edge="#7c8b98",
    ink="#17232e",
    ink2="#4a5a68",
    hint="#5b6975",
    primary="#1b5e8c",
    primary_dark="#154b70",
    primary_ink="#ffffff",
    bar="#1b5e8c",
    practice="#8a4b00",
    blue="#1b5e8c",
    blue_soft="#e3eef6",
    green="#1c6b43",
    green_soft="#e3f3ea",
    amber="#8a4b00",
    amber_soft="#fdf1dc",
    red="#a3261d",
    red_soft="#fbe9e7",
    neutral="#4a5a68",
    neutral_soft="#e8ecf0",
    warm="#b9d6ea",
    warmer="#86b8da",
)
DARK = Tokens(
    page="#161b20",
    card="#1f262d",
    hollow="#262e36",
    line="#38434d",
    faint_line="#2d363f",
    edge="#6f7e8a",
    ink="#e8edf1",
    ink2="#b3bfc9",
    hint="#9aa7b2",
    primary="#79b8e6",
    primary_dark="#9fcdf0",
    primary_ink="#10202c",
    bar="#16405f",
    practice="#5e3c08",
    blue="#8cc4ee",
    blue_soft="#1d3a50",
    green="#84d3a8",
    green_soft="#1b3d2c",
    amber="#f0bd70",
    amber_soft="#43310f",
    red="#f2a49d",
    red_soft="#4a2320",
    neutral="#b3bfc9",
    neutral_soft="#323c45",
    warm="#27567a",
    warmer="#356a94",
)


CONTRAST = Tokens(
    page="#ffffff",
    card="#ffffff",
    hollow="#f4f4f4",
    line="#000000",
    faint_line="#6b6b6b",
    edge="#000000",
    ink="#000000",
    ink2="#000000",
    hint="#333333",
    primary="#00357a",
    primary_dark="#001f4d",
    primary_ink="#ffffff",
    bar="#00357a",
    practice="#552c00",
    blue="#00357a",
    blue_soft="#d6e6ff",
    green="#00431d",
    green_soft="#d5f4e0",
    amber="#552c00",
    amber_soft="#ffe8bf",
    red="#850000",
    red_soft="#ffdfdc",
    neutral="#000000",
    neutral_soft="#e2e2e2",
    warm="#a8caff",
    warmer="#74a9ff",
    thin="2px",
    thick="3px",
)
_OF_SCHEME = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}


class _Theme:
    application: QApplication | None = None
    tokens = LIGHT
    looks = Looks()


def tokens() -> Tokens:
    """The colours in use."""
    return _Theme.tokens


def looks() -> Looks:
    """What the user chose."""
    return _Theme.looks


def _growth() -> float:
    return _Theme.looks.size.value / BASE_POINTS


def wide(pixels: float) -> int:
    """A width made for the standard type, as the chosen type needs it."""
    return round(pixels * _growth())


def high(pixels: float) -> int:
    """A height that holds one line of the standard type and air, as the chosen type needs it.

    The air does not grow, or a small screen would hold nothing.
    """
    return round(pixels + (_growth() - 1) * _LINE)


@cache
def colour(value: str) -> QColor:
    """A token's value as Qt wants it; nobody may change it."""
    return QColor(value)


def _palette(look: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, value in (
        (role.Window, look.page),
        (role.Base, look.card),
        (role.AlternateBase, look.hollow),
        (role.Button, look.card),
        (role.WindowText, look.ink),
        (role.Text, look.ink),
        (role.ButtonText, look.ink),
        (role.ToolTipBase, look.card),
        (role.ToolTipText, look.ink),
        (role.Highlight, look.primary),
        (role.HighlightedText, look.primary_ink),
        (role.Accent, look.primary),
        (role.PlaceholderText, look.hint),
        (role.Link, look.primary),
    ):
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.hint))
    return palette


# What grows with the type: points, pixels of height around a line of text ("hpx"), and pixels of
# what is text all through ("wpx"). Plain pixels do not.
_GROWING = re.compile(r"([\d.]+)(pt|hpx|wpx)\b")


def _grown(size: re.Match[str]) -> str:
    number = float(size[1])
    if size[2] == "pt":
        return f"{number * _growth():g}pt"
    return f"{high(number) if size[2] == 'hpx' else wide(number)}px"


def style_sheet(look: Tokens) -> str:
    """The style sheet of `resources/style.qss` with colours, sizes and the icon folder filled in.

    Sizes are those of the type size in use.
    """
    template = Template((resources() / "style.qss").read_text(encoding="utf-8"))
    scheme = "dark" if look is DARK else "light"
    icons = (resources() / "icons" / scheme).as_posix()
    return _GROWING.sub(_grown, template.substitute(look._asdict(), icons=icons))


@cache
def _font(points: float, *, bold: bool) -> QFont:
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPointSizeF(points)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def font(points: float = BASE_POINTS, *, bold: bool = False) -> QFont:
    """The window's type, `points` large where the type is standard; nobody may change it."""
    return _font(points * _growth(), bold=bold)


def remembered_looks() -> Looks:
    """What was chosen on this computer; what nobody can have chosen counts for nothing."""
    schemes = {scheme.value: scheme for scheme in Scheme}
    sizes = {str(size.value): size for size in TypeSize}
    return Looks(
        schemes.get(remembered_text("scheme"), Scheme.SYSTEM),
        sizes.get(remembered_text("type"), TypeSize.STANDARD),
    )


def remember_looks(chosen: Looks) -> None:
    """Keep what was chosen for the next start on this computer."""
    remember("scheme", chosen.scheme.value)
    remember("type", str(chosen.size.value))


def _ask_system(scheme: Scheme) -> None:
    """Let title bars and the system's own windows follow what was chosen."""
    hints = QGuiApplication.styleHints()
    if scheme is Scheme.DARK:
        hints.setColorScheme(Qt.ColorScheme.Dark)
    elif scheme is not Scheme.SYSTEM:
        hints.setColorScheme(Qt.ColorScheme.Light)
    elif _Theme.looks.scheme is not Scheme.SYSTEM:
        hints.unsetColorScheme()


def system_turned() -> bool:
    """Whether the system's choice of light or dark is no longer what is shown."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return dark is not (_Theme.tokens is DARK)


def apply(application: QApplication) -> None:
    """Dress the application as remembered on this computer."""
    _Theme.application = application
    wear(remembered_looks())


def wear(chosen: Looks) -> None:
    """Dress the application as `chosen`.

    What is shown follows, but for colours and sizes that widgets took when they were made: whoever
    calls this makes those anew.
    """
    _ask_system(chosen.scheme)
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    _Theme.looks = chosen
    _Theme.tokens = _OF_SCHEME.get(chosen.scheme, DARK if dark else LIGHT)
    application = _Theme.application
    if application is not None:
        application.setPalette(_palette(_Theme.tokens))
        application.setFont(font())
        application.setStyleSheet(style_sheet(_Theme.tokens))


@cache
def drawing(name: str, ink: str, size: int = 24, ratio: float = 2.0) -> QPixmap:
    """The drawing `name` of `resources/icons` in one colour; sharp up to `ratio` × scaling.

    Nobody may change it.
    """
    # Deferred: only the shell draws icons, the crash window must not depend on QtSvg.
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    source = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(source.replace("currentColor", ink).encode())
    pixels = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    renderer.render(painter)
    painter.end()
    pixels.setDevicePixelRatio(ratio)
    return pixels


def icon(name: str) -> QIcon:
    """An icon in the quiet ink, blue while it is switched on."""
    look = tokens()
    made = QIcon(drawing(name, look.ink2))
    made.addPixmap(drawing(name, look.primary), QIcon.Mode.Normal, QIcon.State.On)
    return made
