"""Drawing mails: each has a text part and a page, from templates of the same name."""

from typing import Any, TypedDict

from flask import current_app


class Parts(TypedDict):
    """What a mail says, twice."""

    text: str
    html: str


def drawn(name: str, **known: Any) -> Parts:
    """Both parts of a mail, as `mail.send` takes them."""
    html = current_app.jinja_env.get_template(f"{name}.html")
    # The text part is no markup: what members wrote stands in it as they wrote it.
    plain = current_app.jinja_env.overlay(autoescape=False)
    text = plain.get_template(f"{name}.txt")
    return {"text": text.render(known), "html": html.render(known)}
