"""Something was said on a page: kept raw in the inbox and shown in the timeline, in one transaction, then 202.

Nothing is handled here; the worker does that, and the answer comes back through the outbox.
"""

import json
import re
from collections.abc import Mapping

from aiohttp import web

from bot import hub
from bot.channels import webchat
from bot.web import parts
from bot.web.problems import Problem
from flows import errors

FIELDS = ("id", "kind", "text", "action", "message", "latitude", "longitude")
MOST_BYTES = 100_000  # of one message: 20,000 characters and their escapes
OWN_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
MOST_LABEL = 200


async def take(request: web.Request, session: parts.Session) -> web.Response:
    """The JSON that a page posts."""
    posted = await _json(request)
    said = {name: posted[name] for name in FIELDS if name in posted}
    if said.get("kind") == "attachment":
        raise errors.Unreadable("kind")
    label = posted.get("label")
    return await keep(request, session, said, label=label if isinstance(label, str) else "")


async def keep(request: web.Request, session: parts.Session, said: Mapping[str, object], *, label: str = "") -> web.Response:
    """Raises `errors.Unreadable` for what `webchat.read` cannot read: it is refused while the sender can still mend it."""
    own_id = said.get("id")
    if not isinstance(own_id, str) or not OWN_ID.fullmatch(own_id):
        raise errors.Unreadable("id")
    own = parts.of(request)
    now = own.clock()
    raw = webchat.raw(session.chat, said, now)
    webchat.read(raw.body)
    payload = {**said, "label": label[:MOST_LABEL]}
    new = await own.timeline.say(raw, payload, f"in:{own_id}", now)
    own.hub.wake(webchat.key_of(session.chat).lane)
    own.hub.wake(hub.INBOX)
    return web.json_response({"id": own_id, "new": new}, status=202)


async def _json(request: web.Request) -> Mapping[str, object]:
    if request.content_type != "application/json":
        raise Problem(415)
    if (request.content_length or 0) > MOST_BYTES:
        raise Problem(413)
    body = await request.content.read(MOST_BYTES + 1)
    while len(body) <= MOST_BYTES and (more := await request.content.read(MOST_BYTES + 1 - len(body))):
        body += more
    if len(body) > MOST_BYTES:
        raise Problem(413)
    try:
        posted = json.loads(body)
    except ValueError:
        raise errors.Unreadable("not JSON") from None
    if not isinstance(posted, dict):
        raise errors.Unreadable("not a JSON object")
    return posted
