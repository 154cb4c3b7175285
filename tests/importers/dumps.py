"""A small dump of a question site, invented, in the form of the real ones."""

import gzip
from xml.sax.saxutils import quoteattr

SITE = "cooking.stackexchange.com"
USERS = [
    {"Id": "1", "DisplayName": "Ann Baker"},
    {"Id": "2", "DisplayName": "Bob <Chef>", "Email": "bob@archive.example"},
]
POSTS = [
    {
        "Id": "10", "PostTypeId": "1", "AcceptedAnswerId": "12", "OwnerUserId": "1",
        "CreationDate": "2018-03-12T17:00:45.567", "Score": "52", "Title": "How long does dough rest?",
        "Tags": "<dough><yeast>",
        "Body": f'<p>It is <em>cold</em> here, see <a href="https://{SITE}/q/10">this</a>.</p>',
    },
    {
        "Id": "11", "PostTypeId": "2", "ParentId": "10", "OwnerUserId": "2",
        "CreationDate": "2018-03-13T08:00:00.000", "Body": "<p>An hour.</p>",
    },
    {
        "Id": "12", "PostTypeId": "2", "ParentId": "10", "OwnerDisplayName": "gone",
        "CreationDate": "2018-06-01T08:00:00.000", "Body": "<p>Use <code>a * b</code>.</p>",
    },
    {"Id": "13", "PostTypeId": "5", "CreationDate": "2018-03-13T08:00:00", "Body": "About yeast."},
]  # fmt: skip
COMMENTS = [
    {
        "Id": "7", "PostId": "11", "UserId": "1", "CreationDate": "2018-03-14T08:00:00.000",
        "Text": "@Bob 1. thank *you*",
    },
]  # fmt: skip


def write(folder, *, packed=True, **tables):
    """The files of a dump; `Posts=…` in place of the usual ones."""
    for name, rows in ({"Users": USERS, "Posts": POSTS, "Comments": COMMENTS} | tables).items():
        content = rows if isinstance(rows, bytes) else table(name, rows)
        path = folder / f"{name}.xml{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(content) if packed else content)
    return folder


def table(name, rows):
    """One file, as bytes."""
    lines = [
        f"  <row {' '.join(f'{key}={quoteattr(value)}' for key, value in row.items())} />"
        for row in rows
    ]
    whole = [
        f'<?xml version="1.0" encoding="utf-8"?>\n<{name.lower()}>',
        *lines,
        f"</{name.lower()}>",
    ]
    return "\n".join(whole).encode()


def changed(rows, id_, **values):
    """The rows with another value in one of them; None takes it away."""
    return [
        {k: v for k, v in (row | values).items() if v is not None} if row["Id"] == id_ else row
        for row in rows
    ]
