import io
import struct
import zlib

import pytest
from PIL import Image

from forum.accounts.service import avatars
from forum.accounts.service.avatars import Crop
from forum.core import storage
from forum.core.database import transaction
from forum.core.errors import Invalid

RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(size=(600, 400), kind="PNG", colour=RED, **options):
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **options)
    return written.getvalue()


def halves(kind="PNG", **options):
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (400, 200), RED)
    image.paste(BLUE, (200, 0, 400, 200))
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def drawn(key):
    with Image.open(storage.open_path(key)) as image:
        image.load()
        return image


def near(pixel, colour):
    return all(abs(a - b) < 40 for a, b in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_square(database, kind):
    image = drawn(avatars.draw(picture(kind=kind)))

    assert (image.format, image.size) == ("WEBP", (240, 240))


def test_the_middle_is_kept_or_the_square_that_was_chosen(database):
    middle = drawn(avatars.draw(halves())).convert("RGB")
    left = drawn(avatars.draw(halves(), Crop(0, 0, 1))).convert("RGB")

    assert near(middle.getpixel((10, 120)), RED)
    assert near(middle.getpixel((230, 120)), BLUE)
    assert near(left.getpixel((230, 120)), RED)


def test_a_camera_held_upright_is_drawn_upright_and_says_nothing_more(database):
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    exif[0x010F] = "Camera of Rose"
    key = avatars.draw(halves("JPEG", exif=exif, quality=95), Crop(0, 0, 1))

    image = drawn(key)

    assert near(image.convert("RGB").getpixel((120, 120)), BLUE)
    assert not image.getexif()
    assert b"Camera of Rose" not in storage.open_path(key).read_bytes()


def bomb():
    """A PNG of a few bytes that says it is 30,000 pixels wide and high."""

    def chunk(kind, content):
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><body>GIF89a",
        picture()[:200],
        picture((7000, 6000), "GIF"),
        bomb(),
        picture(kind="BMP"),
        picture() + b"\0" * (5 * 1024 * 1024),
    ],
    ids=["empty", "text", "svg", "html", "cut", "large", "bomb", "bmp", "heavy"],
)
def test_what_is_no_fair_picture_is_refused(database, content):
    with pytest.raises(Invalid) as refusal:
        avatars.draw(content)

    assert refusal.value.field == "picture"


def test_only_a_picture_nobody_shows_any_more_is_removed(cast):
    red, blue = avatars.draw(picture()), avatars.draw(picture(colour=BLUE))
    with transaction():
        avatars.wear(cast.rose, red)
        avatars.wear(cast.nina, red)

    with transaction():
        avatars.wear(cast.rose, blue)
    kept = storage.open_path(red)
    with transaction():
        avatars.take_off(cast.nina)

    assert cast.rose.avatar_path == f"/avatars/{blue}"
    assert cast.nina.avatar_path is None
    assert not kept.exists()
    assert storage.open_path(blue).exists()
