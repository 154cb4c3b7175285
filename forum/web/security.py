"""Response headers: what a browser may load, keep and tell."""

from flask import Flask, Response, request

from forum.config import config

POLICY = (
    "default-src 'self'; "
    "style-src 'self'; "
    "script-src 'self'; "
    "img-src 'self' data: https:; "  # members show pictures from elsewhere
    "font-src 'self'; "
    "connect-src 'self'; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'"
)
YEAR_SECONDS = 31_536_000


def init_app(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure or config().base_url.startswith("https://"):
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}")
    if "Cache-Control" not in headers:
        # What depends on who asks is never kept by anyone in between.
        headers["Cache-Control"] = "private, no-store"
        response.vary.update(["Cookie", "Accept", "Accept-Language"])
    return response
