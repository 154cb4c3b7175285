"""A message is read whatever it holds; what was mended is noted."""

from datetime import UTC, datetime

import pytest

from forum.importers.mbox.message import read, read_head
from tests.importers.mails import mail

SOME_DAY = datetime(2001, 1, 1, tzinfo=UTC)


def parsed(*args, **kwargs):
    return read(stripped(*args, **kwargs))


def head(*args, **kwargs):
    return read_head(stripped(*args, **kwargs), otherwise=SOME_DAY)


def stripped(*args, **kwargs):
    return mail(*args, **kwargs).split(b"\n", 1)[1]


@pytest.mark.parametrize(
    ("charset", "body", "repaired"),
    [
        ("utf-8", "Étalonnage à −18 °C".encode(), False),
        ("iso-8859-1", "Étalonnage à 18 °C".encode("latin-1"), False),
        ("iso-8859-1", "Un “prix” de 5 €".encode("cp1252"), False),
        ("us-ascii", "Étalonnage à −18 °C".encode(), True),
        ("utf-8", "Étalonnage".encode("latin-1"), True),
        ("x-nobody-knows", "Étalonnage".encode(), True),
        ("hex", "Étalonnage".encode(), True),
        ("utf-16", b"Plain words", True),
    ],
)
def test_a_body_is_read_in_the_character_set_it_has(charset, body, repaired):
    found = parsed("a", body, more=f"Content-Type: text/plain; charset={charset}")

    words = ("talonnage", "prix", "Plain words")
    assert any(word in found.text for word in words)
    assert "\ufffd" not in found.text
    assert found.charset_repaired is repaired


def test_eight_bit_text_without_a_declaration_is_no_repair():
    found = parsed("a", "Étalonnage".encode())

    assert found.text == "Étalonnage"
    assert not found.charset_repaired


def test_headers_in_any_encoding_are_read():
    subject = "=?iso-8859-1?Q?=C9talonnage?= des =?utf-8?B?w6l0dXZlcw==?="
    sender = "=?utf-8?Q?In=C3=A8s_Qu=C3=A9?= <Ines@Archive.example>"
    found = head("a", subject=subject)

    assert found.envelope.subject == "Étalonnage des étuves"
    assert parsed("a", sender=sender).author_name == "Inès Qué"
    assert parsed("a", sender=sender).author_address == "ines@archive.example"


def test_raw_bytes_in_headers_are_read():
    raw = stripped("a", subject="XX").replace(b"XX", "Été à Nantes".encode("latin-1"))

    assert read_head(raw, otherwise=SOME_DAY).envelope.subject == "Été à Nantes"


def test_broken_headers_and_dates_are_survived():
    found = head("", subject="=?utf-8?B?!!!?= x", date="the day before yesterday")

    assert found.envelope.sent_at == SOME_DAY
    assert not found.has_date
    assert not found.has_id
    assert found.envelope.id.startswith("<")


@pytest.mark.parametrize(
    "date", ["Mon, 02 Mar 2999 10:00:00 +0000", "Fri, 31 Feb 2020 10:00:00", "1"]
)
def test_a_date_nobody_can_believe_is_none(date):
    assert not head("a", date=date).has_date


def test_multipart_text_is_preferred_to_html_and_files_are_kept():
    body = (
        "--x\nContent-Type: multipart/alternative; boundary=y\n\n"
        "--y\nContent-Type: text/plain; charset=utf-8\n\nPlain words.\n"
        "--y\nContent-Type: text/html\n\n<p>Rich <b>words</b>.</p>\n--y--\n"
        '--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a b.pdf"\n'
        "Content-Transfer-Encoding: base64\n\nJVBERg==\n--x--\n"
    )

    found = parsed("a", body, more="Content-Type: multipart/mixed; boundary=x")

    assert found.text == "Plain words."
    assert [(f.name, f.mime, f.content) for f in found.files] == [
        ("a b.pdf", "application/pdf", b"%PDF")
    ]
    assert not found.broken


def test_html_alone_becomes_text():
    html = "<style>p{}</style><p>Rich<br>words</p><ul><li>one</li></ul><script>x()</script>"
    found = parsed("a", html, more="Content-Type: text/html")

    assert found.text == "Rich\nwords\n\n- one"


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ("Content-Type: multipart/mixed; boundary=x", "--x\nContent-Type: text/plain\n\nWords"),
        ("Content-Type: multipart/mixed; boundary=zz", "no such boundary: Words"),
        ("Content-Type: multipart/mixed", "Words without a boundary"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: base64", "V29yZHM*=="),
    ],
)
def test_broken_mime_is_read_as_far_as_it_goes(more, body):
    found = parsed("a", body, more=more)

    assert "Words" in found.text
    assert found.broken


def test_what_no_database_takes_is_left_out():
    assert parsed("a", b"Words\x00 and\x1b[31m more\x7f").text == "Words and[31m more"


def test_an_author_without_address_keeps_his_name():
    found = parsed("a", sender="Old Program")

    assert (found.author_name, found.author_address) == ("Old Program", "")


def test_the_parent_is_the_last_reference_then_what_it_is_in_reply_to():
    both = head("a", answers="r p", more="In-Reply-To: Message of Tuesday <q@archive.example>")
    only = head("a", more='In-Reply-To: "Ann" <p@archive.example> wrote <x@y>')

    assert both.envelope.references[-1] == "<q@archive.example>"
    assert only.envelope.references == ("<p@archive.example>",)
