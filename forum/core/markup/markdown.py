"""Markdown to safe HTML: CommonMark without raw HTML, and what a forum adds to it."""

import re

from markdown_it import MarkdownIt

from forum.core.markup import (
    emoji,
    footnotes,
    hashtags,
    headings,
    highlight,
    images,
    links,
    mentions,
    nesting,
    quotes,
    spaces,
    tables,
    tasks,
)
from forum.core.markup.context import Context
from forum.core.markup.cooked import Cooked
from forum.core.markup.found import look_up, take_inventory
from forum.core.markup.plain_text import spoken
from forum.core.markup.sanitize import sanitize

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")


def cook(raw: str, context: Context) -> Cooked:
    """Cooks a post; never fails, whatever was typed. The caller limits `raw` to 32 KB."""
    env = {"context": context}
    tokens = _PARSER.parse(_CONTROLS.sub("", raw), env)
    inventory = take_inventory(tokens)
    found = look_up(inventory, context.links)
    html = _PARSER.renderer.render(tokens, _PARSER.options, env | {"found": found})
    text, search_text = spoken(tokens)
    return Cooked(
        html=sanitize(html),
        text=text,
        search_text=search_text,
        mentions=tuple(
            name
            for name in inventory.usernames
            if name in found.members and name in inventory.own_usernames
        ),
        links=inventory.links,
        quotes=tuple(
            (source.topic_id, source.post_number)
            for source in inventory.sources
            if source in found.quotes
        ),
        image_count=inventory.image_count,
    )


def _parser() -> MarkdownIt:
    md = MarkdownIt(
        "commonmark",
        {
            "html": False,
            "linkify": True,
            "breaks": True,
            "xhtmlOut": False,
            "maxNesting": nesting.DEEPEST,
        },
    )
    md.enable(["table", "strikethrough", "linkify"])
    md.disable(["html_block", "html_inline"])
    for part in (
        nesting,
        links,
        footnotes,
        quotes,
        mentions,
        hashtags,
        emoji,
        headings,
        tasks,
        tables,
        images,
        highlight,
        spaces,
    ):
        part.install(md)
    return md


# One for all threads: a parser keeps nothing between two posts, all state is in `env`.
_PARSER = _parser()
