"""What a melder told, in their words: the content of a draft and of a melding alike. Holds personal data; storage seals it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flows.assessment import Assessment, Locatie, MelderRole, Topic, Urgentie, most_urgent
from flows.messages import Location


class Anonymity(StrEnum):
    """Who may know who the melder is. The first is the default."""

    HIDDEN = "verborgen"  # the meldpunt knows, the person does not
    KNOWN = "bekend"  # the person may know
    ANONYMOUS = "anoniem"  # nobody knows; no name is kept


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the melder. `topic` None: the story itself; else the answer to that question, "" for "weet ik niet".
    `earlier` holds what it said before it was edited, oldest first."""

    message_id: str
    text: str
    at: datetime
    topic: Topic | None = None
    earlier: tuple[str, ...] = ()
    answer: bool = False  # said as an answer to a question of the meldpunt

    def edited(self, text: str) -> "Part":
        return replace(self, text=text, earlier=(*self.earlier, self.text))


@dataclass(frozen=True, slots=True)
class File:
    """An attachment of the melder; `id` names it in the file store."""

    id: str
    soort: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """`asked` holds the topics in the order they were asked, repeats included: the way back, and the count of questions."""

    parts: tuple[Part, ...] = ()
    role: MelderRole | None = None
    location: Location | None = None
    locatie: Locatie | None = None
    gemeente: str = ""
    outside: bool = False  # certainly outside the regio, and the melder was told
    anonymity: Anonymity = Anonymity.HIDDEN
    asked: tuple[Topic, ...] = ()
    files: tuple[File, ...] = ()
    reading: Assessment | None = None
    unread: bool = False  # the triage failed: a person reads first
    number: str = ""  # of the melding, once it stands in the queue
    carded: bool = False  # the safety card was shown
    calm: bool = False  # the melder says there is no danger at this moment: told, never used to lower
    insisted: bool = False  # read as "geen", and the melder says it is about a person after all

    @property
    def story(self) -> str:
        """The story as one text, the way it is shown."""
        return "\n".join(part.text for part in self.parts if part.text and part.topic is None)

    @property
    def everything(self) -> str:
        """What the triage reads: the story, then the answers, a place with the preposition that makes it read as one."""
        return "\n".join(text for text in (self.story, self._answer_text(Topic.PLACE, "in "), *self._other_answers()) if text)

    def _answer_text(self, topic: Topic, prefix: str = "") -> str:
        text = self.answer(topic)
        return f"{prefix}{text}" if text else ""

    def _other_answers(self) -> tuple[str, ...]:
        answers = tuple(self.answer(topic) for topic in (Topic.SINCE, Topic.DANGER, Topic.HELP))
        return answers if _looks_like_contact(self.contact) else (*answers, self.contact)

    def answer(self, topic: Topic) -> str:
        """The last answer to this question; "" when there is none or the melder does not know."""
        texts = [part.text for part in self.parts if part.topic is topic]
        return texts[-1] if texts else ""

    def answered(self, topic: Topic) -> bool:
        """ "Weet ik niet" is an answer."""
        return any(part.topic is topic for part in self.parts)

    @property
    def place_words(self) -> str:
        return self.answer(Topic.PLACE)

    @property
    def since(self) -> str:
        return self.answer(Topic.SINCE)

    @property
    def danger(self) -> str:
        return self.answer(Topic.DANGER)

    @property
    def help(self) -> str:
        return self.answer(Topic.HELP)

    @property
    def contact(self) -> str:
        return self.answer(Topic.CONTACT)

    @property
    def empty(self) -> bool:
        return not self.story and not self.files

    @property
    def urgentie(self) -> Urgentie | None:
        """As proposed; None when nobody has read it yet. A melder who insists is never told that it is nothing."""
        if self.reading is None or (self.unread and self.reading.urgentie is not Urgentie.ACUUT):
            return None
        if self.insisted and self.reading.urgentie is Urgentie.GEEN:
            return Urgentie.ADVIES
        return self.reading.urgentie

    def told(self, part: Part) -> "Report":
        return replace(self, parts=(*self.parts, part))

    def as_story(self, topic: Topic) -> "Report":
        """What was said to this question was no answer to it: it belongs to the story."""
        return replace(self, parts=tuple(replace(p, topic=None) if p.topic is topic else p for p in self.parts))

    def edited(self, message_id: str, text: str) -> "Report":
        """The part of this message says `text` now; unchanged when no part came from it or nothing changed."""
        return replace(
            self,
            parts=tuple(p.edited(text) if p.message_id == message_id and p.text != text else p for p in self.parts),
        )

    def holds(self, message_id: str) -> bool:
        return any(part.message_id == message_id for part in self.parts)

    def read_as(self, reading: Assessment | None) -> "Report":
        """With a new reading. The urgentie may rise, never fall; None: the triage failed, a person reads first."""
        if reading is None:
            return replace(self, unread=True)
        before = self.reading.urgentie if self.reading else reading.urgentie
        reading = replace(reading, urgentie=most_urgent(before, reading.urgentie))
        return replace(self, reading=reading, unread=False, role=self.role or reading.role, locatie=reading.locatie)


def _looks_like_contact(text: str) -> bool:
    """A few words with an address or a number in them need no reading. Anything else does: danger is said at any question."""
    return len(text.split()) <= 4 and ("@" in text or sum(char.isdecimal() for char in text) >= 8)
