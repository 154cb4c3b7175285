"""Avatars: verified by content, cut square, drawn anew, so that nothing of the file itself is served."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from forum.accounts import queries, settings
from forum.accounts.models.user import User
from forum.accounts.service import changes
from forum.config import config
from forum.core import storage
from forum.core.database import after_commit, session
from forum.core.errors import Invalid
from forum.core.i18n import _

# Also what the address of a picture must end with: other kept files are not for everyone.
SUFFIX = "-avatar.webp"
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,  # what Pillow raises for some broken PNGs
    ValueError,
)


@dataclass(frozen=True)
class Crop:
    """The square to keep, in parts of the picture's width and height between 0 and 1."""

    left: float
    top: float
    size: float


def draw(content: bytes, crop: Crop | None = None) -> str:
    """Keep a picture as an avatar and give its key. Slow: call it outside a transaction."""
    if len(content) > config().upload_bytes:
        megabytes = config().upload_bytes // (1024 * 1024)
        raise Invalid(_("Choose a picture of at most %(count)s MB.", count=megabytes), "picture")
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            drawn = _square(picture, crop)
    except _UNREADABLE as error:
        raise Invalid(
            _("This is no picture we can read: JPEG, PNG, WebP or GIF."), "picture"
        ) from (error)
    return storage.put(drawn, suffix=SUFFIX)


def wear(user: User, key: str) -> None:
    """Show a picture instead of initials."""
    _replace(user, key)


def take_off(user: User) -> None:
    """Show initials again."""
    _replace(user, None)


def _replace(user: User, key: str | None) -> None:
    former, user.avatar_key = user.avatar_key, key
    session.flush()
    if former and former != key and not queries.wears_avatar(former):
        after_commit(lambda: storage.remove(former))
    changes.tell(user)


def _square(picture: Image.Image, crop: Crop | None) -> bytes:
    if picture.width * picture.height > settings.MAX_PICTURE_PIXELS:
        raise Invalid(_("This picture has too many pixels."), "picture")
    side = settings.AVATAR_PIXELS
    picture.draft("RGB", (side * 4, side * 4))  # lets JPEG be read small
    upright = ImageOps.exif_transpose(picture)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    box = _box(plain.width, plain.height, crop)
    small = plain.resize((side, side), Image.Resampling.LANCZOS, box=box)
    small.info.clear()
    written = io.BytesIO()
    small.save(written, "WEBP", quality=84, method=4)
    return written.getvalue()


def _box(width: int, height: int, crop: Crop | None) -> tuple[float, float, float, float]:
    shorter = min(width, height)
    if crop is None:
        left, top = (width - shorter) / 2, (height - shorter) / 2
        return left, top, left + shorter, top + shorter
    size = max(1.0, min(crop.size, 1.0) * shorter)
    left = min(max(crop.left, 0.0) * width, width - size)
    top = min(max(crop.top, 0.0) * height, height - size)
    return left, top, left + size, top + size
