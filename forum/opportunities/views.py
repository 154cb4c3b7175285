"""Opportunities: the list with its filters, the form, how one goes on."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from forum.categories import queries as categories
from forum.core.database import transaction
from forum.core.errors import NotFound, Refusal, require
from forum.core.i18n import _
from forum.opportunities import policies, queries, readiness, service, words
from forum.opportunities.filters import read_filters
from forum.opportunities.forms import OpportunityForm
from forum.opportunities.queries import Filters
from forum.topics import settings as topic_settings
from forum.topics.models.topic import Topic
from forum.topics.service import drafts
from forum.vocabulary import markets
from forum.vocabulary import queries as vocabulary
from forum.vocabulary.models import KNOWHOW
from forum.web.addresses import with_query
from forum.web.guards import member, member_only, viewer, wants_json
from forum.web.kept_pages import kept_for_guests

bp = Blueprint("opportunities", __name__)
Page = str | Response | tuple[str, int]
SHOWN_PER_FACET = 6


@bp.get("/opportunities")
@kept_for_guests
def index() -> Page:
    """The ledger, requests left and offers right, or one list."""
    filters = read_filters()
    found = queries.search(viewer(), filters)
    start = max(0, min(request.args.get("from", 0, type=int), 10_000))
    ids = [entry.topic_id for entry in found.passing[start : start + queries.PAGE]]
    following = start + queries.PAGE if len(found.passing) > start + queries.PAGE else None
    return render_template(
        "opportunities/list.html",
        found=found,
        filters=filters,
        cards=queries.cards(viewer(), ids),
        view="list" if request.args.get("view") == "list" else "ledger",
        following=following,
        facets=_facets(found, filters),
        with_query=with_query,
        may_publish=policies.can_publish(viewer(), _places()),
        card_words=words.of_cards(),
    )


@bp.get("/opportunities/new")
@member_only
def new() -> Page:
    """The form of a new opportunity."""
    require(policies.can_publish(viewer(), _places()), _why_not_yet())
    form = _form()
    form.begin(viewer())
    form.category_id.data = request.args.get("category", type=int)
    form.side.data = request.args.get("side") or form.side.data
    form.title.data = request.args.get("title", "")[:255]
    form.raw.data = request.args.get("body", "")[:10_000]
    return render_template("opportunities/form.html", form=form, topic=None)


@bp.post("/opportunities/new")
@member_only
def publish() -> Page:
    """Publish it."""
    form = _form()
    if not form.validate():
        return render_template("opportunities/form.html", form=form, topic=None), 422
    try:
        with transaction():
            topic = service.publish(
                form.card(),
                author=member(),
                category_id=form.category_id.data,
                title=form.title.data or "",
                raw=form.raw.data or "",
                tag_names=_names(form.tags.data),
                lang=form.lang.data or None,
                key=(form.key.data or "")[:64] or None,
            )
            drafts.discard(by=member(), key="new_opportunity")
    except Refusal as refusal:
        return _say_in(form, refusal, None)
    return redirect(topic.path, 303)


@bp.post("/opportunities/preview")
@member_only
def preview() -> str:
    """The card as members will see it, and what it lacks: drawn while it is written, never kept."""
    topic_settings.PREVIEW.spend(viewer().id)
    form = _form()
    card, title = form.card(), form.title.data or ""
    points = readiness.points(card, title=title, raw=form.raw.data or "")
    return render_template(
        "opportunities/_preview.html",
        card=card,
        title=title.strip()[:255],
        countries=[code for code in card.markets if markets.is_country(code)],
        terms=vocabulary.by_codes(KNOWHOW, card.knowhow).values(),
        points=points,
        done_steps=readiness.done_steps(points),
        card_words=words.of_cards(),
    )


@bp.get("/opportunities/<int:topic_id>/edit")
@member_only
def edit(topic_id: int) -> Page:
    """The card, to be changed; title and text are edited as a post."""
    opportunity = queries.get(viewer(), topic_id)
    topic = opportunity.topic
    require(policies.can_change(viewer(), topic))
    form = _form()
    form.side.data, form.kind.data = opportunity.side, opportunity.kind
    form.company.data, form.place.data = opportunity.company, opportunity.place
    form.valid_until.data = opportunity.valid_until
    form.sector.data = opportunity.sector.code if opportunity.sector else ""
    form.markets.data = [market.country for market in topic.markets]
    form.knowhow.data = [term.code for term in topic.terms]
    return render_template("opportunities/form.html", form=form, topic=topic)


@bp.post("/opportunities/<int:topic_id>/edit")
@member_only
def change(topic_id: int) -> Page:
    """Change the card."""
    opportunity = queries.get(viewer(), topic_id)
    topic = opportunity.topic
    form = _form()
    del form.title, form.raw, form.category_id
    if not form.validate():
        return render_template("opportunities/form.html", form=form, topic=topic), 422
    try:
        with transaction():
            service.change(opportunity, topic, form.card(), by=member())
    except Refusal as refusal:
        return _say_in(form, refusal, topic)
    return redirect(topic.path, 303)


@bp.post("/opportunities/<int:topic_id>/status")
@member_only
def follow_up(topic_id: int) -> Page:
    """Say how it goes."""
    opportunity = queries.get(viewer(), topic_id)
    with transaction():
        service.follow_up(
            opportunity, opportunity.topic, status=request.form.get("status", ""), by=member()
        )
    return redirect(opportunity.topic.path, 303)


def draw_card(topic: Topic) -> Markup:
    """The card above the text of an opportunity's topic."""
    opportunity = queries.of_topic(topic.id)
    if opportunity is None:
        return Markup()
    return Markup(  # noqa: S704 - a template of ours, which escapes what it is given
        render_template(
            "opportunities/_of_topic.html",
            topic=topic,
            opportunity=opportunity,
            may_change=policies.can_change(viewer(), topic),
            card_words=words.of_cards(),
        )
    )


def _facets(found: queries.Found, filters: Filters) -> dict[str, Any]:
    """What each facet offers: the chosen values first, then those that leave most."""
    zones = [(z.code, z.label, found.zones[z.code]) for z in markets.zones()]
    countries = _counted(found.countries, filter(markets.is_country, filters.markets))
    sectors = _counted(found.sectors, filters.sectors)
    knowhow = _counted(found.knowhow, filters.knowhow)
    country_names = {code: markets.country_name(code) for code in countries}
    return {
        "zones": _best(zones, filters.markets),
        "countries": _best(_named(countries, country_names), filters.markets, most=12),
        "sectors": _best(_named(sectors, vocabulary.labels("sector", sectors)), filters.sectors),
        "knowhow": _best(
            _named(knowhow, vocabulary.labels("knowhow", knowhow)), filters.knowhow, most=8
        ),
    }


def _counted(found: Mapping[str, int], chosen: Iterable[str]) -> dict[str, int]:
    """What was found, and what was chosen in vain: it can be taken away again."""
    return {**dict.fromkeys(chosen, 0), **found}


def _named(counts: Mapping[str, int], names: Mapping[str, str]) -> list[tuple[str, str, int]]:
    return [(code, names[code], count) for code, count in counts.items()]


def _best(
    values: list[tuple[str, str, int]], chosen: tuple[str, ...], most: int = SHOWN_PER_FACET
) -> list[tuple[str, str, int, bool]]:
    offered = [(c, label, n, c in chosen) for c, label, n in values if n or c in chosen]
    offered.sort(key=lambda value: (not value[3], -value[2], value[1]))
    return offered[: max(most, len(chosen))]


def _places() -> frozenset[int]:
    """The categories of opportunities the viewer may see."""
    return frozenset(c.id for c in categories.known(viewer()) if c.kind == service.KIND)


def _form() -> OpportunityForm:
    form = OpportunityForm()
    may = _places() & viewer().create_category_ids
    form.offer_choices(categories.choices(viewer(), may))
    return form


def _say_in(form: OpportunityForm, refusal: Refusal, topic: Topic | None) -> Page:
    if isinstance(refusal, NotFound) or wants_json():
        raise refusal
    wrong = getattr(form, getattr(refusal, "field", None) or "side", None) or form.side
    wrong.errors = [*wrong.errors, refusal.message or _("You are not permitted to do that.")]
    return render_template("opportunities/form.html", form=form, topic=topic), 422


def _names(text: str | None) -> list[str]:
    return [name.strip().lstrip("#") for name in (text or "").split(",") if name.strip(" #")]


def _why_not_yet() -> str:
    return _("Confirm your e-mail address first.") if viewer().confirmed_at is None else ""
