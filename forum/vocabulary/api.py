"""Terms and markets as JSON, for type-aheads and programs."""

from typing import Any

from flask import Blueprint, Response, jsonify

from forum.core.i18n import current_locale
from forum.vocabulary import markets, queries
from forum.vocabulary.models import KNOWHOW, SECTOR, Term
from forum.web.params import params

bp = Blueprint("vocabulary_api", __name__, url_prefix="/vocabulary")

LONGEST_QUERY = 100
MOST = 50


@bp.get("/knowhow.json")
def knowhow() -> Response:
    """Know-how that fits `q`; without it, the whole tree."""
    return _terms(KNOWHOW)


@bp.get("/sectors.json")
def sectors() -> Response:
    """Sections and divisions of NACE Rev. 2 that fit `q`; without it, the whole tree."""
    return _terms(SECTOR)


@bp.get("/markets.json")
def places() -> Response:
    """Countries and zones that fit `q`; without it, all of them."""
    typed, most = _asked(markets.FOUND)
    if not typed:
        everywhere = [{"code": code, "label": label} for code, label in markets.countries()]
        areas = [
            {"code": z.code, "label": z.label, "countries": sorted(z.countries)}
            for z in markets.zones()
        ]
        return jsonify(countries=everywhere, zones=areas)
    return jsonify(
        results=[
            {
                "code": market.code,
                "label": market.label,
                "other": market.other_label,
                "other_lang": _other_lang(),
                "kind": "zone" if market.is_zone else "country",
                "countries": sorted(market.countries),
            }
            for market in markets.search(typed, most)
        ]
    )


def _terms(vocabulary: str) -> Response:
    typed, most = _asked(queries.FOUND)
    if not typed:
        tree = queries.knowhow_tree() if vocabulary == KNOWHOW else queries.sectors()
        return jsonify(
            terms=[_shown(root) | {"terms": [_shown(t) for t in below]} for root, below in tree]
        )
    return jsonify(
        results=[
            _shown(match.term)
            | {"other_lang": _other_lang(), "path": match.path, "synonym": match.synonym}
            for match in queries.search(typed, vocabulary=vocabulary, most=most)
        ]
    )


def _asked(usual: int) -> tuple[str, int]:
    given = params()
    typed = given.text("q", "", longest=LONGEST_QUERY).strip()
    return typed, given.integer("limit", usual, least=1, most=MOST)


def _shown(term: Term) -> dict[str, Any]:
    return {"id": term.id, "code": term.code, "label": term.label, "other": term.other_label}


def _other_lang() -> str:
    return "en" if current_locale() == "fr" else "fr"
