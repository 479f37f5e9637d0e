"""What went wrong, told to a person: what it is and what to do now. Never a stack, never content."""

from collections.abc import Mapping

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web import parts
from flows import errors

FRAGMENT = "X-Fragment"  # set by our own scripts: answer with a piece of a page

# Status → what it is, what to do.
PROBLEMS: Mapping[int, tuple[str, str]] = {
    400: ("Dit bericht konden wij niet lezen", "Probeer het nog een keer. Lukt het niet? Herlaad dan de pagina."),
    401: ("U bent niet ingelogd", "Open de link uit uw uitnodiging. Werkt die niet meer? Vraag uw coördinator om een nieuwe."),
    403: ("Dit mag u niet openen", "Denkt u dat dit niet klopt? Vraag het uw coördinator."),
    404: ("Deze pagina is er niet", "Misschien klopt het adres niet, of is dit niet voor u bedoeld."),
    405: ("Dit kan hier niet", "Ga terug en probeer het via de pagina zelf."),
    409: ("Iemand anders was u voor", "Herlaad de pagina. U ziet dan hoe het nu is."),
    413: (
        "Dit is te groot",
        "Een bestand mag 20 MB groot zijn, een bericht 20.000 tekens. Maak het kleiner.",
    ),
    415: ("Dit soort bericht kennen wij niet", "Gebruik het tekstvak of de knoppen op de pagina."),
    429: ("Dit waren veel pogingen achter elkaar", "Wacht een kwartier en probeer het dan opnieuw."),
    500: ("Er ging iets mis bij ons", "Probeer het over een paar minuten opnieuw."),
    503: ("Wij kunnen nu niets bewaren", "Probeer het over een paar minuten opnieuw. Is er gevaar? Bel 112."),
}


class Problem(Exception):
    """An answer that is an error. `detail` replaces the standing words on what to do."""

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail


@web.middleware
async def tell(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error of ours, and of aiohttp, in words."""
    try:
        return await handler(request)
    except Problem as problem:
        return answer(request, problem.status, problem.detail)
    except errors.Refused as refused:
        return answer(request, 403, parts.of(request).renderer.label(refused.text))
    except errors.Unreadable:
        return answer(request, 400)
    except errors.Conflict:
        return answer(request, 409)
    except errors.StorageAway:
        return answer(request, 503)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _kept(error, answer(request, error.status))


def answer(request: web.Request, status: int, detail: str = "") -> web.Response:
    title, advice = PROBLEMS.get(status, PROBLEMS[400 if status < 500 else 500])
    if not _page(request):
        problem = {"title": title, "status": status, "detail": detail or advice}
        return web.json_response(problem, status=status, content_type="application/problem+json")
    template = "problem_fragment.html" if FRAGMENT in request.headers else "problem.html"
    context = {"title": title, "detail": detail or advice, "status": status}
    return aiohttp_jinja2.render_template(template, request, context, status=status)


def _page(request: web.Request) -> bool:
    """A person reads the answer; else a script does."""
    read = request.method in {"GET", "HEAD"} and not request.path.endswith("/events")
    return read or request.path.startswith("/start/")


def _kept(error: web.HTTPException, response: web.Response) -> web.Response:
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response
