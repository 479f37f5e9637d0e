"""Use case: say in which gemeente a melding belongs. Who was asked already stays asked: only a person takes it from them."""

import difflib
from collections.abc import Sequence
from dataclasses import replace

from flows import decisions
from flows.decisions import What
from flows.gemeenten import Gemeente
from flows.melder.step import Reply
from flows.melding import Event, EventKind, Melding
from flows.meldpunt import buttons, take
from flows.meldpunt.decide import reason
from flows.meldpunt.desk import Desk, Replies, find, must_be_open
from flows.messages import Text, say
from flows.people import Right
from flows.regie import climb
from flows.regio import Regio

LONGEST = 4  # words of a name
NEAR = 4  # names that look like what was typed


async def gemeente(desk: Desk, words: str) -> Replies:
    """/gemeente NR NAAM [reden]"""
    number, _, said = words.partition(" ")
    melding = await find(desk, number, Right.DECIDE)
    must_be_open(melding)
    regio = desk.house.regio
    if not said.strip():
        text = say("gemeente-which", number=melding.number)
        return (Reply((text,), buttons.gemeenten(melding, _likely(regio, melding))),)
    known, why = _named(regio, said.split())
    if known is None:
        names = _near(regio, said.split())
        text = say("gemeente-unknown", name=said.strip()[:60], regio=regio.naam, names=", ".join(names))
        return (Reply((text,), buttons.gemeenten(melding, names)),)
    if known.naam == melding.gemeente:
        text = say("gemeente-same", number=melding.number, name=known.naam)
        return (Reply((text,), buttons.choices(melding, desk.person)),)
    return await _set(desk, melding, known.naam, why)


async def _set(desk: Desk, melding: Melding, name: str, why: str) -> Replies:
    detail = {"from": melding.gemeente or "unknown", "to": name, **reason(why)}
    event = Event(EventKind.GEMEENTE, desk.now, desk.person.id, detail)
    saved, more = await _followed(desk, melding, replace(melding, gemeente=name), event)
    await desk.work.decisions.keep(decisions.made(melding, desk.person, What.GEMEENTE, name, desk.now))
    told = (say("gemeente-set", number=saved.number, name=name), *more)
    return (Reply(told, buttons.choices(saved, desk.person)),)


async def _followed(desk: Desk, before: Melding, moved: Melding, event: Event) -> tuple[Melding, tuple[Text, ...]]:
    """What goes to the regievoerder by itself goes now; unless somebody has it or was asked, which is said."""
    holders = (before.owner,) if before.owner is not None else before.asked
    if holders:
        who = ", ".join([take.label(await desk.work.people.get(person)) for person in holders])
        saved = await desk.work.meldingen.save(moved, event)
        return saved, (say("gemeente-had" if before.owner is not None else "gemeente-asked", number=saved.number, who=who),)
    if moved.urgentie in desk.house.regio.auto_assign:
        saved = await climb.ask(desk.work, desk.house, moved, 0, desk.now, event)
        [assigned] = await take.assigned(desk, saved)
        return saved, assigned.text
    return await desk.work.meldingen.save(moved, event), ()


def _named(regio: Regio, words: Sequence[str]) -> tuple[Gemeente | None, str]:
    """The gemeente that the words begin with, and the rest: the reason."""
    for count in range(min(LONGEST, len(words)), 0, -1):
        found = regio.gemeente(" ".join(words[:count]))
        if found is not None:
            return found, " ".join(words[count:])
    return None, ""


def _likely(regio: Regio, melding: Melding) -> tuple[str, ...]:
    """Those that fit what the melder said; else all."""
    locatie = melding.report.locatie
    return (regio.route(locatie).candidates if locatie else ()) or _all(regio)


def _near(regio: Regio, words: Sequence[str]) -> tuple[str, ...]:
    """Where a place of this name lies, or the names that look like it; else all."""
    names = {name.casefold(): name for name in _all(regio)}
    for count in range(min(LONGEST, len(words)), 0, -1):
        said = " ".join(words[:count])
        alike = difflib.get_close_matches(said.casefold(), names, n=NEAR)
        if found := regio.by_woonplaats(said) or tuple(names[name] for name in alike):
            return found
    return _all(regio)


def _all(regio: Regio) -> tuple[str, ...]:
    return tuple(gemeente.naam for gemeente in regio.gemeenten)
