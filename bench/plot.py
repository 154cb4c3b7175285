"""A small plot as SVG: cost over the number of posts, one line a page."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import log10

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 380, 56, 24, 190, 48
COLOURS = ("#223a6b", "#b4513b", "#2f7d6b", "#8a6d1f", "#6b4a8a", "#4a5568")


def draw(title: str, sizes: Sequence[int], lines: Mapping[str, Sequence[float | None]]) -> str:
    """The plot; sizes run in powers of ten, costs from zero. A line may have gaps, or end sooner."""
    known = [value for values in lines.values() for value in values if value is not None]
    highest = max(known) * 1.1 or 1
    first, last = log10(sizes[0]), log10(sizes[-1])

    def across(size: float) -> float:
        return LEFT + (log10(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM)

    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#1d2a44">'
    )
    parts = [
        head,
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fdfcf9"/>',
        _text(LEFT, TOP - 8, title),
    ]
    for tick in _ticks(highest):
        y = up(tick)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dfdbd2"/>')
        parts.append(_text(LEFT - 8, y + 4, f"{tick:g}", "end"))
    bottom = HEIGHT - BOTTOM + 18
    parts += [_text(across(size), bottom, f"{size:,}", "middle") for size in sizes]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "posts", "middle"))
    for number, values in enumerate(lines.values()):
        colour = COLOURS[number % len(COLOURS)]
        there = ((s, v) for s, v in zip(sizes, values, strict=False) if v is not None)
        points = [(across(size), up(value)) for size, value in there]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    parts += _legend(lines)
    return "\n".join([*parts, "</svg>\n"])


def _legend(lines: Iterable[str]) -> list[str]:
    x, parts = WIDTH - RIGHT + 16, []
    for number, name in enumerate(lines):
        y, colour = TOP + number * 20, COLOURS[number % len(COLOURS)]
        parts.append(f'<rect x="{x}" y="{y}" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(x + 16, y + 9, name))
    return parts


def _ticks(highest: float) -> list[float]:
    step = 10 ** int(log10(highest))
    while highest / step < 4:
        step /= 2
    return [step * n for n in range(int(highest / step) + 1)]


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
