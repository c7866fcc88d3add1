"""The office's name, emblem and colours, and whether the colours can be read.

A colour is checked once, when the server starts: links of 4.5 : 1 on white and on the tints of the
page (WCAG 2.2, 1.4.3), so that no office gives its people a page that some of them can't read.
"""

import base64
import binascii
import colorsys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from assistant.desk.choices import Choices, Picture
from assistant.faces.api.problems import IdentityError
from assistant.running.settings import Settings

LEAST_CONTRAST = 4.5
"""Of text against what is behind it: WCAG 2.2 AA."""
_LIGHT_GROUND, _DARK_GROUND = "#eef3f3", "#1c262d"
"""The least favourable grounds that links stand on, in light and in dark (see `style.css`)."""
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
_MOST_BYTES = 200_000
_STEP = 0.02


@dataclass(frozen=True)
class Emblem:
    """A picture of the office."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Identity:
    """What the page shows of the office."""

    name: str
    contact: str | None
    emblem: Emblem | None
    accent: str
    accent_dark: str
    shows_audit: bool
    url: str | None = None
    """Where people find the page, if the office has said so."""
    dictates: bool = True
    owner: str | None = None
    """Who keeps the assistant."""
    notice: str | None = None
    """What every page says at its head."""
    examples: tuple[str, ...] = ()
    """Questions that the office offers instead of those that are made from the manual."""

    @property
    def css(self) -> str:
        """The colours, as the style sheet takes them."""
        light = f"--accent:{self.accent};--on-accent:{_on(self.accent)}"
        dark = f"--accent:{self.accent_dark};--on-accent:{_on(self.accent_dark)}"
        return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"

    @property
    def version(self) -> str:
        """Changes with the colours and the emblem: part of their addresses."""
        emblem = self.emblem.content if self.emblem else b""
        return sha256(self.css.encode() + emblem).hexdigest()[:12]

    @property
    def words(self) -> tuple[str, str]:
        """The name for the wordmark: all but its last word, and that."""
        first, _, last = self.name.rpartition(" ")
        return first, last


def identity_of(settings: Settings, chosen: Choices = Choices()) -> Identity:  # noqa: B008 - frozen
    """The identity that the settings give, and before them what the office chose at its desk.

    Raises IdentityError, which says what to change.
    """
    accent = chosen.colour or settings.page_colour
    _check(accent, _LIGHT_GROUND, "" if chosen.colour else "ASISTENTE_PAGE_COLOUR", "más oscuro")
    # a dark colour goes with the light one that it was chosen for
    dark = chosen.colour_dark or (None if chosen.colour else settings.page_colour_dark)
    if dark is not None:
        setting = "" if chosen.colour_dark else "ASISTENTE_PAGE_COLOUR_DARK"
        _check(dark, _DARK_GROUND, setting, "más claro")
    emblem = _emblem(settings.page_emblem) if settings.page_emblem else None
    return Identity(
        chosen.name or settings.page_name,
        chosen.contact or settings.contact,
        _emblem_of(chosen.emblem) if chosen.emblem else emblem,
        accent,
        dark or _lightened(accent),
        settings.page_audit,
        settings.page_url,
        settings.page_dictation,
        settings.page_owner,
        chosen.notice or None,
        tuple(each for each in chosen.examples if each),
    )


Current = Callable[[Request], Awaitable[Identity]]
"""Gives the identity as it is now."""


def mount_identity(app: FastAPI, identity: Identity, current: Current) -> None:
    """Serve colours and emblem; their addresses change with them, so they are kept. `identity` is
    that of the settings, shown where nothing else can be known."""
    app.state.identity = identity

    def kept(content: bytes, media_type: str, request: Request, now: Identity) -> Response:
        is_it = request.path_params["version"] == now.version
        caching = "public, max-age=31536000, immutable" if is_it else "no-cache"
        return Response(content, media_type=media_type, headers={"Cache-Control": caching})

    async def colours(request: Request) -> Response:
        now = await current(request)
        return kept(now.css.encode(), "text/css", request, now)

    async def picture(request: Request) -> Response:
        now = await current(request)
        if now.emblem is None:
            raise HTTPException(404)
        return kept(now.emblem.content, now.emblem.media_type, request, now)

    app.add_route("/identidad/{version}/colores.css", colours)
    app.add_route("/identidad/{version}/emblema", picture)


def contrast(one: str, other: str) -> float:
    """How much two colours (#rrggbb) differ in luminance: 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _lightened(colour: str) -> str:
    """The same hue, as light as it must be on a dark page."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    while light < 1 and contrast(colour, _DARK_GROUND) < LEAST_CONTRAST + 2:
        light = min(1.0, light + _STEP)
        parts = colorsys.hls_to_rgb(hue, light, min(saturation, 0.55))
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return colour


def _on(colour: str) -> str:
    """White or near black, whichever reads better on a colour."""
    return max("#ffffff", "#0d1a1e", key=lambda each: contrast(each, colour))


def _check(colour: str, ground: str, setting: str, advice: str) -> None:
    found = contrast(colour, ground)
    if found < LEAST_CONTRAST:
        of_setting = f" de {setting}" if setting else ""
        raise IdentityError(
            f"El color {colour}{of_setting} se lee mal: su contraste es {found:.1f} y hace falta "
            f"{LEAST_CONTRAST}. Elija uno {advice}."
        )


def picture_of(name: str, content: bytes) -> Picture:
    """An emblem that is uploaded. Raises IdentityError."""
    media_type = _TYPES.get(Path(name).suffix.lower())
    if media_type is None:
        raise IdentityError("El emblema debe ser un archivo SVG, PNG o WebP.")
    if len(content) > _MOST_BYTES:
        raise IdentityError(f"El emblema pesa más de {_MOST_BYTES // 1000} kB.")
    return Picture(content=base64.b64encode(content).decode(), media_type=media_type)


def _emblem_of(picture: Picture) -> Emblem:
    try:
        content = base64.b64decode(picture.content, validate=True)
    except binascii.Error as error:
        raise IdentityError("El emblema no se puede leer; súbalo otra vez.") from error
    if picture.media_type not in _TYPES.values() or len(content) > _MOST_BYTES:
        raise IdentityError("El emblema debe ser un SVG, PNG o WebP de menos de 200 kB.")
    return Emblem(content, picture.media_type)


def _emblem(file: Path) -> Emblem:
    media_type = _TYPES.get(file.suffix.lower())
    if media_type is None:
        raise IdentityError(f"El emblema «{file}» no es un archivo SVG, PNG o WebP.")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise IdentityError(f"No se pudo leer el emblema «{file}»: revise la ruta.") from error
    if len(content) > _MOST_BYTES:
        raise IdentityError(f"El emblema «{file}» pesa más de {_MOST_BYTES // 1000} kB.")
    return Emblem(content, media_type)
