"""Links between our own pages lead somewhere."""

import re
import unicodedata

from tests.support.sources import ROOT, files, short

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|<img[^>]*\ssrc=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def test_every_internal_link_leads_somewhere():
    broken = [
        f"{short(page)}: {link}"
        for page in pages()
        for link in links(page)
        if not leads_somewhere(page, link)
    ]

    assert ROOT / "README.md" in pages()
    assert broken == []


def pages():
    own = [path for path in files() if path.suffix == ".md"]
    return [path for path in own if path.parent == ROOT or short(path).startswith("docs/")]


def links(page):
    text = FENCE.sub("", page.read_text("utf-8"))
    found = [plain or picture for plain, picture in LINK.findall(text)]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def leads_somewhere(page, link) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or (target.is_file() and target not in files()):
        return False
    return not anchor or anchor in anchors(target)


def anchors(page) -> set[str]:
    """The anchors that code forges give to headings."""
    headings = HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    kept = [
        "".join(
            letter
            for letter in heading.lower()
            if letter in " -_" or unicodedata.category(letter)[0] in "LN"
        )
        for heading in headings
    ]
    return {heading.strip().replace(" ", "-") for heading in kept}
