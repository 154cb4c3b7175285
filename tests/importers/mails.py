"""Small archives, written for the tests."""

import gzip


def mail(
    name,
    body="A body that says a little of something.",
    *,
    subject="Pumps for cold water",
    answers="",
    sender="Ann Archer <ann@archive.example>",
    date="Mon, 02 Mar 2020 10:00:00 +0000",
    more="",
):
    """One message of an mbox, as bytes."""
    lines = ["From archive Thu Jan  1 00:00:00 1970"]
    if sender:
        lines.append(f"From: {sender}")
    if date:
        lines.append(f"Date: {date}")
    if name:
        lines.append(f"Message-ID: <{name}@archive.example>")
    if answers:
        lines.append("References: " + " ".join(f"<{a}@archive.example>" for a in answers.split()))
    lines.append(f"Subject: {subject}")
    if more:
        lines.append(more)
    head = "\n".join(lines).encode()
    return head + b"\n\n" + (body if isinstance(body, bytes) else body.encode()) + b"\n\n"


def pack(*mails):
    return gzip.compress(b"".join(mails))
