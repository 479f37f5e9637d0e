"""Use cases: on duty or off, and help. Who goes off duty is passed at once by what was asked of them."""

from flows import reachable
from flows.errors import Refused
from flows.meldpunt.desk import Desk, Replies, reply
from flows.messages import say


async def duty(desk: Desk, words: str) -> Replies:
    """/dienst aan|uit; without a word it says how it stands."""
    match words.casefold().strip():
        case "aan":
            await desk.work.people.set_duty(desk.person.id, True)
            return reply(say("duty-on"))
        case "uit":
            await desk.work.people.set_duty(desk.person.id, False)
            await reachable.pass_on(desk.work, desk.house, desk.person.id, desk.now)
            return reply(say("duty-off"))
        case "":
            return reply(say("duty-is", on="yes" if desk.person.on_duty else "no"))
        case _:
            raise Refused(say("duty-how"))


async def help_(desk: Desk, words: str) -> Replies:
    return reply(say(f"staff-help-{desk.person.role}"))
