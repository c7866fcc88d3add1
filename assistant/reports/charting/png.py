"""The chart as PNG, drawn by resvg from the SVG, with the typeface that comes with the project."""

import re

from assistant.reports.charting.typography import FAMILY, FONT_FILES

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_PIXELS_PER_UNIT = 2.0
_MOST_PIXELS = 40_000_000
"""A picture of more is drawn smaller: it would fill the memory, and no viewer would open it."""


def png_of(svg: str, width: int | None = None) -> bytes:
    """A chart's SVG as PNG of that width in pixels, or at twice its own size; at most 40
    megapixels."""
    import resvg_py  # loads a native library

    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("not the SVG of a chart")
    own_width, own_height = float(size[1]), float(size[2])
    zoom = width / own_width if width else _PIXELS_PER_UNIT
    most = (_MOST_PIXELS / (own_width * own_height)) ** 0.5
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=max(1, int(own_width * min(zoom, most))),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(path) for path in FONT_FILES],
        sans_serif_family=FAMILY.partition(",")[0],
    )
    return drawn
