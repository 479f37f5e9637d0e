"""The commands of the staff: name → use case and the right it asks for. The same for typed text and for buttons.

Rights are checked here, before anything is looked up. Who is no staff never comes here: their text is a melder's text.
"""

import difflib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from flows import actions
from flows.door import Kept
from flows.errors import Conflict, Refused
from flows.house import House
from flows.melder.step import Reply
from flows.meldpunt import decide, dossier, duty, gemeente, queue, reopen, take, thema
from flows.meldpunt.desk import Desk, Replies, find
from flows.messages import Choice, Incoming, Kind, say
from flows.people import REGIE, Person, Right
from flows.ports import UnitOfWork
from flows.talking import outgoing

Handler = Callable[[Desk, str], Awaitable[Replies]]
OfMelder = frozenset({"melden", "status", "aanvullen", "intrekken", "mijngegevens", "taal", "privacy", "stop"})


@dataclass(frozen=True, slots=True)
class Command:
    right: Right | None  # None: everybody of the staff
    handler: Handler


@dataclass(frozen=True, slots=True)
class Request:
    """A command with its arguments; `version` of the melding the button was made for, -1 when typed."""

    name: str
    words: str
    version: int = -1


COMMANDS: Mapping[str, Command] = {
    "wachtrij": Command(Right.QUEUE, queue.show),
    "niemand": Command(Right.QUEUE, queue.show_unattended),
    "mijn": Command(Right.READ, queue.show_mine),
    "melding": Command(Right.READ, dossier.show),
    "kijk": Command(Right.TAKE, take.look),
    "pak": Command(Right.TAKE, take.take),
    "ik": Command(Right.TAKE, take.acknowledge),
    "nietvoormij": Command(Right.TAKE, take.decline),
    "terug": Command(Right.TAKE, take.decline),
    "wijstoe": Command(Right.ASSIGN, take.assign),
    "urgentie": Command(Right.DECIDE, decide.urgentie),
    "thema": Command(Right.DECIDE, thema.thema),
    "gemeente": Command(Right.DECIDE, gemeente.gemeente),
    "vraag": Command(Right.ASK, decide.ask),
    "notitie": Command(Right.NOTE, decide.note),
    "sluit": Command(Right.DECIDE, decide.close),
    "heropen": Command(Right.DECIDE, reopen.reopen),
    "dienst": Command(Right.DUTY, duty.duty),
    "help": Command(None, duty.help_),
    "start": Command(None, duty.help_),
}

DECISIONS = frozenset({"urgentie", "thema", "gemeente", "sluit"})

# What the verb of a button on a melding does.
VERBS: Mapping[str, str] = {
    "look": "kijk",
    "ack": "ik",
    "decline": "nietvoormij",
    "open": "melding",
    "assign": "wijstoe",
    "urgentie": "urgentie",
    "thema": "thema",
    "gemeente": "gemeente",
    "close": "sluit",
}


def request_in(incoming: Incoming) -> Request | None:
    """None: it is no command of the staff, and belongs to the dialogue of a melder."""
    if incoming.kind is Kind.TEXT:
        return _typed(incoming.text)
    if incoming.kind is not Kind.CHOICE:
        return None
    match actions.parse(incoming.action):
        case actions.Command(text=text):
            return _typed(text)
        case actions.OnMelding(verb=verb, number=number, version=version, value=value) if verb in VERBS:
            return Request(VERBS[verb], f"{number} {value}".strip(), version)
        case _:
            return None


def _typed(text: str) -> Request | None:
    head, _, words = text.strip().partition(" ")
    if not head.startswith("/"):
        return None
    name = head.lstrip("/").split("@", 1)[0].casefold()
    return None if name in OfMelder else Request(name, words.strip())


async def handle(house: House, incoming: Incoming, kept: Kept, request: Request) -> None:
    async with house.begin() as work:
        if await work.inbox.first_time(incoming, kept):
            person = await work.people.by_conversation(incoming.conversation)
            if person is None:
                raise Conflict("the person left while we looked")
            desk = Desk(work, house, person, house.clock())
            await _answer(work, desk, incoming, await run(desk, request))
        await work.commit()


async def _answer(work: UnitOfWork, desk: Desk, incoming: Incoming, replies: Replies) -> None:
    messages = (outgoing(incoming, reply, desk.now, first=i == 0) for i, reply in enumerate(replies))
    await work.outbox.add(*messages, now=desk.now)


async def run(desk: Desk, request: Request) -> Replies:
    """The replies; a refusal is a reply too."""
    command = COMMANDS.get(request.name)
    if command is None:
        return (unknown(request.name, desk.person),)
    if command.right is not None and not desk.person.may(command.right):
        return (Reply((say("not-yours"),)),)
    try:
        return await _stale(desk, request) or await command.handler(desk, request.words)
    except Refused as refusal:
        return (Reply((refusal.text,)),)


async def _stale(desk: Desk, request: Request) -> Replies:
    """A decision by a button that was made for an older melding shows the present one instead (failure 13). Saying
    "Ik pak dit op" is never stale: who was first is asked of the melding itself."""
    number, _, value = request.words.partition(" ")
    if request.version < 0 or not value or request.name not in DECISIONS:
        return ()
    if (await find(desk, number, Right.DECIDE)).version == request.version:
        return ()
    [present] = await dossier.show(desk, number)
    return (replace(present, text=(say("stale"), *present.text)),)


def unknown(name: str, person: Person) -> Reply:
    """The two or three commands that look most like it, of those this person may use."""
    usual = ("mijn", "pak", "help") if person.role in REGIE else ("wachtrij", "melding", "help")
    mine = [n for n, c in COMMANDS.items() if c.right is None or person.may(c.right)]
    likely = difflib.get_close_matches(name, mine, n=3, cutoff=0.55) or usual
    row = tuple(Choice(say("command-typed", name=n), str(actions.Command(f"/{n}"))) for n in likely)
    return Reply((say("unknown-command"),), (row,))
