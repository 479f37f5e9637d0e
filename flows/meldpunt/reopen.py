"""Use case: open a closed melding again. It keeps its number, its history and its melder; the one who does it looks at it."""

from dataclasses import replace

from flows import notices
from flows.errors import Refused
from flows.melder.step import Reply
from flows.melding import Event, EventKind, Status
from flows.meldpunt import buttons
from flows.meldpunt.decide import reason
from flows.meldpunt.desk import Desk, Replies, find
from flows.messages import say
from flows.people import Right


async def reopen(desk: Desk, words: str) -> Replies:
    """/heropen NR [reden]. What a melder took back stays so: that was theirs to say."""
    number, _, why = words.partition(" ")
    melding = await find(desk, number, Right.DECIDE)
    if melding.status.open:
        raise Refused(say("open-already", number=melding.number))
    if melding.status is not Status.CLOSED:
        raise Refused(say("is-over", number=melding.number, status=str(melding.status)))
    opened = replace(
        melding, status=Status.LOOKED_AT, looker=desk.person.id, owner=None, asked=(), rung=-1,
        due_at=desk.house.acknowledge_due(melding.urgentie, desk.now),
    )  # fmt: skip
    saved = await desk.work.meldingen.save(opened, Event(EventKind.REOPENED, desk.now, desk.person.id, reason(why)))
    await desk.work.outbox.add(notices.to_melder(saved, "melder-reopened"), now=desk.now)
    return (Reply((say("reopened", number=saved.number),), buttons.choices(saved, desk.person)),)
