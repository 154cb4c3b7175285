"""What a browser downloads: pages as they are sent, and the scripts and styles of a first visit."""

import re
from itertools import chain
from posixpath import join, normpath
from typing import Any

from bench.browser import Browser
from bench.community import READER
from bench.pages import full_topics
from bench.servers import Server

SCRIPTS_KB, STYLES_KB = 60.0, 25.0
SCRIPT = re.compile(r'<script type="module" src="([^"]+)"')
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
AT_ONCE = re.compile(r'^(?:import|export)\b[^;]*?"(\.[^"]+)";', re.MULTILINE)
LATER = re.compile(r'\bimport\(\s*"(\.[^"]+)"\s*\)')


def measure(forum: Server) -> dict[str, Any]:
    """Bytes of pages, and of the first load of a member's topic page, all as sent (gzip)."""
    topic = full_topics(forum)[0]
    visitors = {"guest": Browser(forum.port), "member": Browser(forum.port, READER)}
    pages = {
        f"{name}, {who}": {
            "sent": len(visitor.get(path)),
            "plain": len(visitor.get(path, encodings="identity")),
        }
        for name, path in {"topic": topic, "latest": "/latest", "front page": "/"}.items()
        for who, visitor in visitors.items()
    }
    member = visitors["member"]
    html = member.get(topic, encodings="identity").decode()
    scripts = _modules(member, SCRIPT.findall(html))
    styles = {path: len(member.get(path, encodings="gzip")) for path in STYLE.findall(html)}
    return {
        "pages": pages,
        "scripts_kb": round(sum(scripts.values()) / 1024, 1),
        "scripts": {re.sub(r"^/static/\w+/", "", path): size for path, size in scripts.items()},
        "styles_kb": round(sum(styles.values()) / 1024, 1),
        "target_scripts_kb": SCRIPTS_KB,
        "target_styles_kb": STYLES_KB,
    }


def _modules(browser: Browser, entries: list[str]) -> dict[str, int]:
    """Every module that the entries import, at once or when they come to it, with its bytes."""
    sizes: dict[str, int] = {}
    waiting = list(entries)
    while waiting:
        path = waiting.pop()
        if path in sizes:
            continue
        sizes[path] = len(browser.get(path, encodings="gzip"))
        text = browser.get(path, encodings="identity").decode()
        found = chain(AT_ONCE.findall(text), LATER.findall(text))
        waiting += [normpath(join(path, "..", name)) for name in found]
    return sizes
