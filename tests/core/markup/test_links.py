import pytest

from forum.core.markup.urls import is_external, is_safe_image, is_safe_link
from tests.core.markup.place import cooked, html

OUT = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("http://a.example", "http://a.example"),
        ("HTTPS://A.EXAMPLE/x", "HTTPS://A.EXAMPLE/x"),
        ("example.com", "https://example.com"),
        ("www.chambre.fr/agenda", "https://www.chambre.fr/agenda"),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
        ("https://a.example/x.", "https://a.example/x"),
        ("**https://a.example/x**", "https://a.example/x"),
    ],
)
def test_addresses_become_links_that_leave_the_house(raw, address):
    found = cooked(raw)

    assert f'<a href="{address}" {OUT}>' in found.html
    assert found.links == (address,)


def test_a_mail_address_becomes_a_link_that_stays():
    assert html("rose@example.com") == (
        '<p><a href="mailto:rose@example.com">rose@example.com</a></p>'
    )


@pytest.mark.parametrize(
    "raw",
    [
        "file.py",
        "run.sh",
        "README.md",
        "1.2.3",
        "e.g. this",
        "`example.com`",
        "ftp://a.example/",
        "javascript://a.example/%0aalert(1)",
        "xhttp://a.example",
    ],
)
def test_what_only_looks_like_an_address_stays_text(raw):
    assert "<a " not in html(raw)


def test_links_home_are_paths_without_rel():
    assert html("[x](https://forum.example/t/a/4?b=c#d)") == '<p><a href="/t/a/4?b=c#d">x</a></p>'
    assert html("https://FORUM.example") == '<p><a href="/">https://FORUM.example</a></p>'
    assert cooked("https://forum.example/t/a/4").links == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://forum.example//evil.example",
        "https://forum.example/\\evil.example",
        "https://forum.example:80@evil.example/",
        "https://forum.example.evil.example/",
        "//evil.example/x",
        "https://evil.example/https://forum.example/",
    ],
)
def test_no_address_passes_for_one_of_ours(address):
    written = html(f"[x]({address})")

    assert OUT in written or 'href="/evil' in written or 'href="/%5C' in written


def test_each_external_address_is_counted_once():
    assert cooked("https://a.fr https://a.fr [b](https://b.fr) /c").links == (
        "https://a.fr",
        "https://b.fr",
    )


@pytest.mark.parametrize(
    "address",
    [
        "/t/x/4",
        "t/x",
        "#p1",
        "?q=a:b",
        "/a:b",
        "https://a.example",
        "mailto:a@b.fr",
        "//a.example",
        "./a:b",
        "",
    ],
)
def test_harmless_addresses_pass(address):
    assert is_safe_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:1",
        "javascript:123",
        "JaVaScRiPt:x",
        "java\tscript:x",
        " javascript:x",
        "\x01javascript:x",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc",
        "blob:x",
        "tel:1",
        "ftp://x",
        "https:/x",
        "https:x",
        "http://",
        "a:b",
        "x y:z",
        "/\\evil",
        "\\\\evil",
        "javascript\u200b:x",
    ],
)
def test_other_addresses_do_not(address):
    assert not is_safe_link(address)


def test_pictures_come_from_the_web_or_from_us():
    assert is_safe_image("/uploads/a.png") and is_safe_image("https://a.example/b.png")
    assert not any(
        map(
            is_safe_image,
            ["//a.example/b", "data:image/png;base64,A", "a.png", "mailto:a", "#x", ""],
        )
    )


def test_an_address_without_a_scheme_but_with_a_host_is_external():
    assert is_external("//a.example") and is_external("HTTP://a.example")
    assert not is_external("/a") and not is_external("mailto:a@b.fr")
