"""Values that tests build on, and a melder's dialogue as a person has it: `say`, `press`, `reads`. Only the pure part runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from bot.render import Renderer
from flows.assessment import Assessment, Betreft, Locatie, MelderRole, Signaal, SignaalStatus, Thema, Topic, Urgentie
from flows.melder import answering, hearing
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Add, Edit, Effect, Heard, Offer, Reply, Scene, Send, Step, report_of
from flows.messages import Attachment, Choice, ConversationKey, Incoming, Kind, Location, Text
from flows.regio import Regio, parse
from flows.report import Part, Report

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)  # woensdag, 11.00 uur in Amsterdam
LANE = ConversationKey("web", "own", "melder-1")
NUMBER = "M-2026-000001"
STORY = "Mijn buurman schreeuwt elke nacht tegen de muur."
JOURNEY = "mijn buurman schreeuwt al drie nachten en praat tegen mensen die er niet zijn, kerkstraat 12 enschede"

Read = Callable[[str], Assessment | None]


@cache
def regio(key: str = "twente") -> Regio:
    """A shipped one."""
    file = resources.files("flows") / "regios" / f"{key}.toml"
    return parse(file.read_text("utf-8"), source=f"{key}.toml")


@cache
def renderer() -> Renderer:
    return Renderer.load(lambda: NOW)


def incoming(text: str = "", *, kind: Kind = Kind.TEXT, message_id: str = "1", **more: Any) -> Incoming:
    return Incoming(LANE, f"u{message_id}", kind, more.pop("at", NOW), message_id, text, **more)


def scene(*, professional: bool = False, key: str = "twente") -> Scene:
    return Scene(regio(key), NOW, professional=professional)


def assessment(
    urgentie: Urgentie = Urgentie.REGULIER,
    *,
    role: MelderRole | None = None,
    said: Sequence[Topic] = (),
    locatie: Locatie | None = None,
    betreft: Betreft = Betreft.ANDER,
    signalen: Mapping[Signaal, SignaalStatus] | None = None,
    themas: Sequence[Thema] = (),
    veilig: str = "[veilig]",
) -> Assessment:
    return Assessment(
        urgentie,
        0.9,
        veilig,
        "test",
        themas=tuple(themas),
        signalen=signalen or {},
        betreft=betreft,
        locatie=locatie,
        said=tuple(said),
        role=role,
    )


ENSCHEDE = Locatie(straat="kerkstraat", huisnummer="12", woonplaats="Enschede", gemeente="Enschede")


def reads_journey(text: str) -> Assessment:
    """As the triage reads the story of the newcomer."""
    if "kerkstraat 12 enschede" not in text:
        return assessment()
    return assessment(role=MelderRole.BUUR, said=(Topic.ROLE, Topic.SINCE), locatie=ENSCHEDE)


class Dialogue:
    """One melder and the bot, as `flows.talking` and `flows.effects` run it, without a database.

    `read` stands in for the triage; None is a triage that failed. What was replied last is in `replies`.
    """

    def __init__(self, read: Read = lambda _: assessment(), *, state: State | None = None, professional: bool = False) -> None:
        self.read = read
        self.scene = scene(professional=professional)
        self.state: State = state if state is not None else Idle()
        self.replies: tuple[Reply, ...] = ()
        self.effects: list[Effect] = []
        self.step_effects: tuple[Effect, ...] = ()
        self.count = 0

    def say(self, text: str, *, kind: Kind = Kind.TEXT, message_id: str = "", **more: Any) -> "Dialogue":
        self.count += 1
        at = NOW + timedelta(seconds=self.count)
        return self.take(incoming(text, kind=kind, message_id=message_id or str(self.count), at=at, **more))

    def press(self, wanted: str) -> "Dialogue":
        """The button with this label, or whose action ends with this value."""
        found = [c for c in self.choices if wanted in (self.label(c), c.action) or c.action.endswith(f":{wanted}")]
        assert len(found) == 1, f"{wanted!r} is not one of {self.labels}"
        return self.act(found[0].action)

    def act(self, action: str) -> "Dialogue":
        return self.say("", kind=Kind.CHOICE, message_id="of-ours", action=action)

    def edit(self, message_id: str, text: str) -> "Dialogue":
        return self.say(text, kind=Kind.EDIT, message_id=message_id)

    def locate(self, latitude: float, longitude: float) -> "Dialogue":
        return self.say("", kind=Kind.LOCATION, location=Location(latitude, longitude))

    def attach(self, caption: str = "", soort: str = "photo") -> "Dialogue":
        return self.say(caption, kind=Kind.ATTACHMENT, attachments=(Attachment(soort, "ref"),))

    def take(self, said: Incoming) -> "Dialogue":
        step = answering.answer(self._read(hearing.hear(self.state, said, self.scene)), self.scene)
        self.replies = step.replies
        self.step_effects = step.effects
        self.effects.extend(step.effects)
        self.state = self._carried_out(step)
        return self

    def _read(self, heard: Heard) -> Heard:
        state = heard.state
        of_a_melding = any(isinstance(effect, Add | Edit) for effect in heard.effects)
        if of_a_melding or not isinstance(state, Asking | Confirming | Stopped):
            return heard
        report = state.report
        if self.scene.professional and report.role is None:
            report = replace(report, role=MelderRole.PROFESSIONAL)
        if heard.to_read and report.everything.strip():
            report = report.read_as(self.read(report.everything))
        return replace(heard, state=replace(state, report=report))

    def _carried_out(self, step: Step) -> State:
        state = step.state
        for effect in step.effects:
            match effect:
                case Offer() if isinstance(state, Asking | Confirming | Stopped) and not state.report.number:
                    state = replace(state, report=replace(state.report, number=NUMBER))
                case Send():
                    state = Sent(last=NUMBER)
                case _:
                    pass
        return state

    @property
    def report(self) -> Report:
        found = report_of(self.state)
        assert found is not None
        return found

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(text for reply in self.replies for text in reply.text)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(text.name for text in self.texts)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for reply in self.replies for row in reply.choices for choice in row)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.label(choice) for choice in self.choices)

    @staticmethod
    def label(choice: Choice) -> str:
        return renderer().label(choice.label)

    @property
    def reads(self) -> str:
        """What the melder reads, as plain text."""
        return "\n\n".join(renderer().text(text)[1] for text in self.texts)

    @property
    def question(self) -> str:
        """The name of the one question that was asked now; "" is none."""
        asked = questions_in(self.names)
        assert len(asked) <= 1, asked
        return asked[0] if asked else ""


QUESTIONS = frozenset({"summary-ask", "stopped", "withdraw-ask", "change-what", "other-counter", "other-counter-named"})


def questions_in(names: Sequence[str]) -> list[str]:
    """What wants an answer; the safety card counts as one."""
    return [name for name in names if name.startswith("question-") or name in QUESTIONS or name == "card-112"]


def at_question(topic: Topic, *, read: Read = lambda _: assessment()) -> Dialogue:
    """A dialogue in which this was asked just now."""
    dialogue = Dialogue(read)
    dialogue.say(STORY)
    for _ in range(8):
        if isinstance(dialogue.state, Asking) and dialogue.state.topic is topic:
            return dialogue
        dialogue.press("unknown")
    raise AssertionError(f"{topic} was never asked")


def told(**more: Any) -> Report:
    return Report(parts=(Part("s", STORY, NOW),), reading=assessment(), **more)


def states() -> dict[str, State]:
    """One of every kind."""
    return {
        "new": Idle(),
        "idle": Idle(last=NUMBER, greeted=True),
        "asking": Asking(report=replace(told(), asked=(Topic.PLACE,)), topic=Topic.PLACE, serial=3),
        "confirming": Confirming(report=replace(told(), asked=(Topic.PLACE, Topic.ROLE)), serial=4),
        "stopped": Stopped(report=told(), serial=5),
        "sent": Sent(last=NUMBER),
        "questioned": Sent(last=NUMBER, question=NUMBER),
        "withdrawing": Withdrawing(last=NUMBER, serial=6),
        "code": GivingCode(),
    }


def finish(dialogue: Dialogue, word: str) -> list[str]:
    """Every question that came, until the summary, each answered with this."""
    asked = [dialogue.question]
    while not isinstance(dialogue.state, Confirming):
        assert len(asked) < 12, asked
        asked.append(dialogue.say(word).question)
    return asked
