"""A file from a page: sealed into the file store first, then said like a message. The same upload twice is one file."""

import re
from datetime import timedelta
from pathlib import PurePath

from aiohttp import BodyPartReader, web

from bot.channels import webchat
from bot.web import parts, saying, visits
from bot.web.problems import Problem
from flows import errors
from flows.melder import hearing

MOST_BYTES = 20 * 1024 * 1024
CHUNK = 64 * 1024
WINDOW, MOST_FILES = timedelta(minutes=10), 30
TOO_MANY = "U stuurde veel bestanden achter elkaar. Wacht tien minuten en ga dan verder. Tekst sturen kan gewoon."
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")


async def take(request: web.Request) -> web.Response:
    """multipart/form-data with `id`, `text` (may be empty), `soort` ("voice" or nothing) and `file`, in this order."""
    session = await visits.require_melder(request)
    if request.content_type != "multipart/form-data":
        raise Problem(415)
    await _within_limits(request, session)
    fields: dict[str, str] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise errors.Unreadable("multipart")
        if part.name == "file":
            return await _keep(request, session, fields, part)
        fields[part.name or ""] = (await _bytes(part, saying.MOST_BYTES)).decode(errors="replace")
    raise errors.Unreadable("file")


async def _keep(request: web.Request, session: parts.Session, fields: dict[str, str], part: BodyPartReader) -> web.Response:
    data = await _bytes(part, MOST_BYTES)
    if not data:
        raise Problem(400, "Dit bestand is leeg. Kies een ander bestand.")
    media_type = _media_type(part)
    file: dict[str, object] = {
        "id": "draft",
        "soort": "voice" if fields.get("soort") == "voice" else _soort(media_type),
        "name": _name(part),
        "media_type": media_type,
        "size": len(data),
    }
    said = {"id": fields.get("id", ""), "kind": "attachment", "text": fields.get("text", ""), "file": file}
    incoming = webchat.read(webchat.raw(session.chat, said, parts.of(request).clock()).body)
    # The id the flows will give it: the bytes stand where they belong before anybody asks for them.
    stored = hearing.file_id(incoming, 0)
    await parts.of(request).files.put(stored, data)
    return await saying.keep(request, session, {**said, "file": {**file, "id": stored}})


async def _within_limits(request: web.Request, session: parts.Session) -> None:
    if (request.content_length or 0) > MOST_BYTES + saying.MOST_BYTES:
        raise Problem(413)
    own = parts.of(request)
    async with own.begin() as work:
        allowed = await work.limits.hit(f"files:{session.chat}", own.clock(), window=WINDOW, most=MOST_FILES)
        await work.commit()
    if not allowed:
        raise Problem(429, TOO_MANY)


async def _bytes(part: BodyPartReader, most: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        data += chunk
        if len(data) > most:
            raise Problem(413)
    return bytes(data)


def _media_type(part: BodyPartReader) -> str:
    named = part.headers.get("Content-Type", "").split(";")[0].strip().lower()
    return named if MEDIA_TYPE.fullmatch(named) else "application/octet-stream"


def _soort(media_type: str) -> str:
    family = media_type.split("/")[0]
    return {"image": "photo", "audio": "audio", "video": "video"}.get(family, "document")


def _name(part: BodyPartReader) -> str:
    """The last part of the path only, without control characters."""
    name = PurePath((part.filename or "").replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[:255]
