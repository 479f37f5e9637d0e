"""All headers of all answers, who may post, and the cookies. Nothing else sets a header about security."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.web import parts
from bot.web.problems import Problem

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # Not "no-referrer": a form would then post with `Origin: null`, and the check below would refuse it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Server": "meldpunt",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
UNSAFE = frozenset({hdrs.METH_POST, hdrs.METH_PUT, hdrs.METH_PATCH, hdrs.METH_DELETE})
FOREIGN: web.AppKey[frozenset[str]] = web.AppKey("foreign", frozenset)  # paths that check their callers themselves
COOKIES: Mapping[str, tuple[str, str]] = {  # purpose → name, path
    "melder": ("meldpunt_chat", "/chat"),
    "werkplek": ("meldpunt_werkplek", "/werkplek"),
    "regie": ("meldpunt_regie", "/regie"),
}
SESSION_DAYS = 30


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A signal on every response, errors and streams included."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
    if parts.of(request).secure:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every post comes from a page of ours; a browser always says where a post comes from."""
    resource = request.match_info.route.resource
    foreign = resource is not None and resource.canonical in request.app[FOREIGN]
    if request.method in UNSAFE and not foreign and not _ours(request):
        raise Problem(403, "Dit bericht kwam niet van onze eigen pagina. Open de pagina opnieuw en probeer het nog eens.")
    return await handler(request)


def _ours(request: web.Request) -> bool:
    origin = request.headers.get(hdrs.ORIGIN, "")
    public = urlsplit(parts.of(request).public_url)
    asked = urlsplit(origin)
    if asked.scheme not in {"http", "https"} or not asked.netloc:
        return False
    return asked.netloc == request.host or (asked.scheme, asked.netloc) == (public.scheme, public.netloc)


def give_cookie(request: web.Request, response: web.StreamResponse, purpose: str, token: str) -> None:
    name, path = COOKIES[purpose]
    secure = parts.of(request).secure
    response.set_cookie(name, token, path=path, max_age=SESSION_DAYS * 24 * 3600, httponly=True, samesite="Lax", secure=secure)


def token_of(request: web.Request, purpose: str) -> str:
    return request.cookies.get(COOKIES[purpose][0], "")
