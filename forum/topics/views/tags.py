"""The page of all tags, and their suggestions."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from forum.tags.models import Tag
from forum.tags.policies import can_manage
from forum.topics.queries import tags
from forum.web.guards import viewer
from forum.web.params import params

bp = Blueprint("tags", __name__)

LONGEST_QUERY = 100


@bp.get("/tags")
def index() -> str:
    """The tags of the topics the viewer may see, with their number."""
    return render_template(
        "tags/list.html", counted=tags.used(viewer()), can_manage=can_manage(viewer())
    )


@bp.get("/tags.json")
def index_json() -> Response:
    counted = tags.used(viewer())
    return jsonify(
        tags=[shown(one.tag) | {"count": one.count} for one in counted],
        extras={"tag_groups": []},
    )


@bp.get("/tags/filter/search.json")
def suggest() -> Response:
    """Tags that a beginning (`q`) may mean, as Discourse's composer asks for them."""
    typed = params().text("q", "", longest=LONGEST_QUERY)
    most = params().integer("limit", tags.SUGGESTED, least=1, most=50)
    return jsonify(results=[shown(tag) for tag in tags.suggest(viewer(), typed, most)])


def shown(tag: Tag) -> dict[str, Any]:
    """A tag in Discourse's words; `label` is how it is read in the language of the page."""
    return {
        "id": tag.id,
        "name": tag.name,
        "text": tag.name,
        "slug": tag.name,
        "label": tag.label,
        "label_fr": tag.label_fr,
        "label_en": tag.label_en,
    }
