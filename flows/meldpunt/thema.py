"""Use case: say which themas a melding has. What a person says stays, whatever is read later."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flows import decisions
from flows.assessment import Thema
from flows.decisions import What
from flows.melder.step import Reply
from flows.melding import Event, EventKind, Melding
from flows.meldpunt import buttons
from flows.meldpunt.decide import reason
from flows.meldpunt.desk import Desk, Replies, find, must_be_open
from flows.messages import Text, say
from flows.people import Right

NONE = "geen"
NAMES: Mapping[str, Thema] = {
    **{str(thema): thema for thema in Thema},
    "suïcidaliteit": Thema.SUICIDALITEIT,
    "zelfmoordgedachten": Thema.SUICIDALITEIT,
    "alcohol_of_drugs": Thema.MIDDELEN,
    "wonen_en_geld": Thema.WONEN_GELD,
    "wil_geen_zorg": Thema.ZORGMIJDING,
}
LONGEST = 3  # words of a name
LIKE = 0.8  # so near to a name is a typing error, no reason


@dataclass(frozen=True, slots=True)
class Said:
    """`unknown`: a word where a thema should stand; "" when all is clear. `toggled`: one was switched on or off."""

    themas: tuple[Thema, ...]
    why: str = ""
    unknown: str = ""
    toggled: bool = False


async def thema(desk: Desk, words: str) -> Replies:
    """/thema NR thema … [reden]; "+thema" and "-thema" change one, "geen" takes all away."""
    number, _, said = words.partition(" ")
    melding = await find(desk, number, Right.DECIDE)
    must_be_open(melding)
    if not said.strip():
        return _offer(melding, say("thema-which", number=melding.number, themas=shown(melding.themas)))
    heard = hear(said, melding.themas)
    if heard.unknown:
        return _offer(melding, say("thema-unknown", name=heard.unknown, themas=shown(Thema)))
    if heard.themas == melding.chosen:
        return _offer(melding, say("thema-same", number=melding.number, themas=shown(heard.themas)))
    saved = await _set(desk, melding, heard)
    told = say("thema-set", number=saved.number, themas=shown(saved.themas))
    return (Reply((told,), buttons.themas(saved) if heard.toggled else buttons.choices(saved, desk.person)),)


async def _set(desk: Desk, melding: Melding, heard: Said) -> Melding:
    detail = {
        "from": shown(melding.themas),
        "to": shown(heard.themas),
        "proposed": shown(melding.proposed_themas),
        **reason(heard.why),
    }
    event = Event(EventKind.THEMA, desk.now, desk.person.id, detail)
    saved = await desk.work.meldingen.save(replace(melding, chosen=heard.themas), event)
    if heard.themas != decisions.ordered(melding.themas):
        decided = decisions.joined(heard.themas)
        await desk.work.decisions.keep(decisions.made(melding, desk.person, What.THEMA, decided, desk.now))
    return saved


def _offer(melding: Melding, text: Text) -> Replies:
    return (Reply((text,), buttons.themas(melding)),)


def shown(themas: Sequence[Thema] | type[Thema]) -> str:
    """For people, and as it may be typed."""
    return ", ".join(str(thema).replace("_", " ") for thema in themas) or NONE


def hear(said: str, present: Sequence[Thema]) -> Said:
    """The themas that the words begin with; the rest is the reason. `present` is what a plus or a minus changes. Pure."""
    words = said.replace(",", " ").split()
    toggled = _signed(words[0])
    if words[0].casefold() == NONE:
        return Said((), " ".join(words[1:]))
    chosen = set(present) if toggled else set()
    at = 0
    while found := _first(words[at:]):
        name, count = found
        chosen = chosen - {name} if words[at].startswith("-") else chosen | {name}
        at += count
    rest = words[at:]
    unclear = rest and (at == 0 or _signed(rest[0]) or difflib.get_close_matches(rest[0].casefold(), NAMES, n=1, cutoff=LIKE))
    return Said(decisions.ordered(chosen), " ".join(rest), rest[0] if unclear else "", toggled=toggled)


def _signed(word: str) -> bool:
    return word[0] in "+-" and len(word) > 1


def _first(words: Sequence[str]) -> tuple[Thema, int] | None:
    """The thema in front, and how many words it takes; an "en" before it is taken along."""
    for count in range(min(LONGEST, len(words)), 0, -1):
        name = "_".join(words[:count]).casefold().lstrip("+-").replace("-", "_")
        if name in NAMES:
            return NAMES[name], count
    if len(words) > 1 and words[0].casefold() == "en" and (after := _first(words[1:])):
        return after[0], after[1] + 1
    return None
