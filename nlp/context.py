"""Weighs a hit by what stands around it: denied, past, feared, told of a film, or a figure of speech.

Knows the lexicon's rules of soort `context` and nothing of urgency.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.assessment import SignaalStatus
from nlp.phrases import Hit
from nlp.reading import Reading

_DENIAL_REACHES = 4  # words between "geen" and what it denies
_DOUBT_REACHES = 9
_TIME_REACHES = 14
_ENDS = frozenset({".", "!", "?", "…", "..", "...", ";", "•"})
_PAUSES = frozenset({",", ":", "-", "–", "(", ")", '"', "'", "/"})


def split(reading: Reading) -> None:
    """Numbers the sentences."""
    number, numbers = 0, []
    for token, word in zip(reading.doc, reading.words, strict=True):
        numbers.append(number)
        if word in _ENDS or "\n" in token.text or (token.is_punct and set(token.text) <= {".", "!", "?"}):
            number += 1
    reading.sentences = tuple(numbers)


def clause(reading: Reading) -> None:
    """Numbers the clauses: a pause or a joining word opens a new one."""
    joints = {hit.start for hit in reading.of_kind("context") if hit.rule.naam == "grens"}
    number, last, numbers = 0, 0, []
    for index, word in enumerate(reading.words):
        if reading.sentences[index] != last or index in joints or word in _PAUSES:
            number, last = number + 1, reading.sentences[index]
        numbers.append(number)
    reading.clauses = tuple(numbers)


@dataclass(frozen=True, slots=True)
class Weighed:
    """`status` None: the words mean nothing here."""

    status: SignaalStatus | None
    recent: bool = False


class Context:
    """The triggers of one text, by name."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._by_name: dict[str, list[Hit]] = {}
        for hit in reading.of_kind("context"):
            self._by_name.setdefault(hit.rule.naam, []).append(hit)

    def weigh(self, hit: Hit) -> Weighed:
        if self._figurative(hit) or self._told(hit):
            return Weighed(None)
        if hit.rule.status is not None:
            return Weighed(hit.rule.status)
        if self._denied(hit):
            return Weighed(SignaalStatus.NIET)
        moment = self._moment(hit)
        if moment == "eerder":
            return Weighed(SignaalStatus.EERDER)
        if self._doubted(hit):
            return Weighed(SignaalStatus.MOGELIJK)
        return Weighed(SignaalStatus.NU, recent=moment == "recent")

    def weigh_cue(self, hit: Hit) -> Weighed:
        """What the melder says of the case as a whole is neither past nor feared; it can be denied."""
        return Weighed(SignaalStatus.NIET if self._denied(hit) else SignaalStatus.NU)

    def _figurative(self, hit: Hit) -> bool:
        return any(other.start < hit.end and hit.start < other.end for other in self._by_name.get("figuurlijk", ()))

    def _told(self, hit: Hit) -> bool:
        """Film, game, song, news: near by, unless this moment is spoken of nearer by."""
        told = self._nearest(hit, self._by_name.get("verhaal", ()))
        now = self._nearest(hit, self._by_name.get("nu", ()))
        reach = _TIME_REACHES + (_DENIAL_REACHES if hit.rule.soort == "signaal" else 0)
        return told is not None and told < reach and (now is None or told <= now)

    def _nearest(self, hit: Hit, triggers: Sequence[Hit]) -> int | None:
        return min((self._distance(hit, t) for t in triggers if self._together(hit, t)), default=None)

    def _together(self, a: Hit, b: Hit) -> bool:
        return self._reading.sentences[a.start] == self._reading.sentences[b.start]

    def _same_clause(self, a: Hit, b: Hit) -> bool:
        first, second = sorted((a, b), key=lambda h: h.start)
        return self._reading.clauses[max(first.end - 1, first.start)] == self._reading.clauses[second.start]

    def _distance(self, a: Hit, b: Hit) -> int:
        """In words; a trigger inside the hit is at 0, one in another clause farther than any in the same."""
        apart = max(0, b.start - a.end, a.start - b.end)
        return apart if self._same_clause(a, b) else apart + _TIME_REACHES

    def _denied(self, hit: Hit) -> bool:
        if hit.inherent:
            return False
        clauses = self._reading.clauses
        for trigger in self._by_name.get("niet", ()):
            inside = hit.start <= trigger.start and trigger.end <= hit.end
            before = 0 <= hit.start - trigger.end <= _DENIAL_REACHES and clauses[trigger.start] == clauses[hit.start]
            if inside or before:
                return True
        after = self._by_name.get("niet_na", ())
        return any(0 <= t.start - hit.end <= 2 and clauses[t.start] == clauses[hit.end - 1] and self._closes(t) for t in after)

    def _closes(self, trigger: Hit) -> bool:
        """Nothing of the clause follows: "een mes heeft hij niet." and not "... wil niet luisteren"."""
        clauses = self._reading.clauses
        return trigger.end >= len(clauses) or clauses[trigger.end] != clauses[trigger.start] or self._ends(trigger.end)

    def _ends(self, index: int) -> bool:
        return self._reading.doc[index].is_punct or self._reading.doc[index].is_space

    def _moment(self, hit: Hit) -> str:
        """The name of the nearest word of time: nu, recent, eerder, or "" when there is none near."""
        nearest = {name: self._nearest(hit, self._by_name.get(name, ())) for name in ("nu", "recent", "eerder")}
        near = {name: apart for name, apart in nearest.items() if apart is not None and apart < _TIME_REACHES * 2}
        return min(near, key=lambda name: near[name]) if near else ""

    def _doubted(self, hit: Hit) -> bool:
        """A word of fear or condition before the hit; "als hij" and the like bind until the sentence ends."""
        triggers = self._by_name.get("mogelijk", ())
        return any(self._together(hit, t) and t.start <= hit.start <= t.end + _DOUBT_REACHES for t in triggers)
