"""The eight colours of categories, and the way between them and a colour written as RRGGBB.

Pages draw a hue through the style sheet, which has a light and a dark tone for each. Discourse's
JSON speaks of colours, so each hue has one there, and a colour finds the hue nearest to it.
"""

import colorsys
import re

from forum.core.i18n import LazyText, lazy

NAMES: dict[int, LazyText] = {
    1: lazy("Blue"),
    2: lazy("Lagoon"),
    3: lazy("Green"),
    4: lazy("Ochre"),
    5: lazy("Orange"),
    6: lazy("Madder"),
    7: lazy("Plum"),
    8: lazy("Slate"),
}
# The light theme's tones of static/css/tokens.css.
COLORS = {
    1: "3578B8",
    2: "009394",
    3: "418D55",
    4: "B08E21",
    5: "CD7022",
    6: "C54351",
    7: "944C8F",
    8: "575A7F",
}
TEXT_COLOR = "FFFFFF"
SLATE = 8
GREYEST = 0.18

_COLOR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def nearest(color: str) -> int | None:
    """The hue nearest to a colour (#RGB or RRGGBB); greys are slate; None when it is no colour."""
    match = _COLOR.fullmatch(color.strip())
    if match is None:
        return None
    turn, saturation = _turn(match.group(1))
    if saturation < GREYEST:
        return SLATE
    return min(COLORS, key=lambda hue: _apart(_turn(COLORS[hue])[0], turn))


def _turn(color: str) -> tuple[float, float]:
    """Where a colour lies on the wheel, from 0 to 1, and how far it is from grey."""
    digits = "".join(2 * digit for digit in color) if len(color) == 3 else color
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    turn, _lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    return turn, saturation


def _apart(one: float, other: float) -> float:
    distance = abs(one - other)
    return min(distance, 1 - distance)
