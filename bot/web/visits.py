"""Whose request this is: the session behind the cookie, and the member of staff behind the session."""

from dataclasses import dataclass

from aiohttp import web

from bot.channels import webchat
from bot.web import parts, security
from bot.web.problems import Problem
from flows import people
from flows.messages import ConversationKey
from flows.people import Person

MELDER, WERKPLEK, REGIE = "melder", "werkplek", "regie"
EXPIRED = "Uw gesprek is verlopen op dit apparaat. Herlaad de pagina: dan begint er een nieuw gesprek."


@dataclass(frozen=True, slots=True)
class Visit:
    """A member of staff with a page open."""

    session: parts.Session
    person: Person

    @property
    def key(self) -> ConversationKey:
        return webchat.key_of(self.session.chat)

    @property
    def desk(self) -> bool:
        return self.person.role in people.DESK


async def session_of(request: web.Request, purpose: str) -> parts.Session | None:
    """None without a cookie of ours, with an unknown or expired one, or with one for another page."""
    token = security.token_of(request, purpose)
    own = parts.of(request)
    found = await own.sessions.find(token, own.clock()) if token else None
    return found if found is not None and found.purpose == purpose else None


async def require_melder(request: web.Request) -> parts.Session:
    session = await session_of(request, MELDER)
    if session is None:
        raise Problem(401, EXPIRED)
    return session


async def require_staff(request: web.Request, purpose: str) -> Visit:
    session = await session_of(request, purpose)
    if session is None or session.person is None:
        raise Problem(401)
    async with parts.of(request).begin() as work:
        person = await work.people.get(session.person)
    if person is None or not person.active:
        raise Problem(401)
    return Visit(session, person)


def home_of(person: Person) -> str:
    """The purpose of the page where this person works."""
    if person.role in people.DESK:
        return WERKPLEK
    return REGIE if person.role in people.REGIE else MELDER
