"""What can be done with a melding now, as buttons: two or three big verbs first. Pure."""

from collections.abc import Sequence

from flows import actions
from flows.assessment import Thema, Urgentie
from flows.melding import Melding, Status, has_to_do_with
from flows.messages import Choice, Rows, say
from flows.people import DESK, Person, Right

MOST_GEMEENTEN = 20  # buttons; of a larger regio the name is typed
OUTCOMES = ("opgepakt", "doorverwezen", "geen-actie", "verkeerd-loket")
DECLINE_REASONS = ("gemeente", "beschikbaar", "anders")


def on(melding: Melding, verb: str, label: str, value: str = "") -> Choice:
    return Choice(say(label), str(actions.OnMelding(verb, melding.number, melding.version, value)))


def choices(melding: Melding, person: Person) -> Rows:
    """At most six, two a row; none for a melding that is over."""
    involved = person.may(Right.TAKE) and has_to_do_with(melding, person.id)
    if not melding.status.open or not (involved or person.may(Right.TAKE, gemeente=melding.gemeente)):
        return ()
    if person.role not in DESK:
        own = [on(melding, "ack", "button-ack")] if melding.owner is None else []
        asked = [on(melding, "decline", "button-decline")] if person.id in melding.asked else []
        return in_rows(own + asked)
    return in_rows(_at_desk(melding))


def _at_desk(melding: Melding) -> list[Choice]:
    """The desk's own work comes first: to look, to bring it to somebody."""
    verbs: list[Choice] = []
    if melding.looker is None and melding.owner is None:
        verbs.append(on(melding, "look", "button-look"))
    if melding.status is not Status.ACKNOWLEDGED:
        verbs.append(on(melding, "assign", "button-assign"))
    if melding.owner is None:
        verbs.append(on(melding, "ack", "button-ack"))
    verbs.append(on(melding, "urgentie", "button-urgentie"))
    looked = melding.looker is not None or melding.owner is not None
    if looked:
        verbs.append(on(melding, "thema", "button-thema"))
    if looked or not melding.gemeente:
        verbs.append(on(melding, "gemeente", "button-gemeente"))
    verbs.append(on(melding, "close", "button-close"))
    return verbs


def in_rows(buttons: list[Choice]) -> Rows:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def levels(melding: Melding) -> Rows:
    return in_rows([on(melding, "urgentie", f"urgentie-{level}", level) for level in Urgentie])


def themas(melding: Melding) -> Rows:
    """Each switches one thema on or off."""
    return in_rows([_toggle(melding, thema, on=thema in melding.themas) for thema in Thema])


def _toggle(melding: Melding, thema: Thema, *, on: bool) -> Choice:
    action = actions.OnMelding("thema", melding.number, melding.version, f"{'-' if on else '+'}{thema}")
    return Choice(say("thema-on" if on else "thema-off", thema=str(thema)), str(action))


def gemeenten(melding: Melding, names: Sequence[str]) -> Rows:
    """None when there are too many to choose from."""
    if len(names) > MOST_GEMEENTEN:
        return ()
    made = [actions.OnMelding("gemeente", melding.number, melding.version, name) for name in names]
    return in_rows([Choice(say("button-name", name=action.value), str(action)) for action in made])


def outcomes(melding: Melding) -> Rows:
    return in_rows([on(melding, "close", f"outcome-{outcome}", outcome) for outcome in OUTCOMES])


def reasons(melding: Melding) -> Rows:
    return in_rows([on(melding, "decline", f"decline-{reason}", reason) for reason in DECLINE_REASONS])
