"""A file of a melder, for staff who may open the melding it belongs to."""

from aiohttp import web

from bot.web import parts, visits
from bot.web.problems import Problem
from flows.meldpunt import dossier

NOT_YET = "Dit bestand is nog niet opgehaald. Probeer het over een minuut opnieuw."
GONE = "Dit bestand is er niet, of is niet voor u bedoeld."
# Only what starts like a picture is shown; everything else is downloaded, so no file of a melder can run on our page.
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF8": "image/gif"}


async def desk_file(request: web.Request) -> web.Response:
    return await _file(request, visits.WERKPLEK)


async def regie_file(request: web.Request) -> web.Response:
    return await _file(request, visits.REGIE)


async def _file(request: web.Request, purpose: str) -> web.Response:
    visit = await visits.require_staff(request, purpose)
    own = parts.of(request)
    found = await dossier.open_dossier(own.begin, visit.person, request.match_info["number"], own.clock())
    wanted = request.match_info["file"]
    if found is None or all(file.id != wanted for file in found.melding.report.files):
        raise Problem(404, GONE)
    try:
        data = await own.files.get(wanted)
    except KeyError:
        raise Problem(404, NOT_YET) from None
    return _answer(data, wanted)


def _answer(data: bytes, name: str) -> web.Response:
    picture = next((kind for start, kind in PICTURES.items() if data.startswith(start)), "")
    way = "inline" if picture else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{name[:12]}"'}
    return web.Response(body=data, content_type=picture or "application/octet-stream", headers=headers)
