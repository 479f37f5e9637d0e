"""Weighs a hit by what stands around it: denied, past, feared, told of a film, or a figure of speech.

Knows the lexicon's rules of soort `context` and nothing of urgency. All of it goes by clause (see clauses.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.assessment import SignaalStatus
from nlp.reading import Reading
from nlp.rules.phrases import Hit, Span

_DENIAL_REACHES = 4  # words between "geen" and what it denies
_DOUBT_REACHES = 9
_TIME_REACHES = 14
_DURATIONS = frozenset({"kort", "lang", "herhaling"})  # "al vier nachten niet" says how long all the same
_NO_NOUN = frozenset({"op", "in", "met", "naar", "over", "langs", "bij", "uit", "tegen", "onder", "achter"})


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
        seeming = self._by_name.get("schijn", [])
        self._denials = [
            hit
            for name in ("niet", "geen")
            for hit in self._by_name.get(name, ())
            if not any(other.start <= hit.start < other.end for other in seeming)
        ]

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
        denied = hit.rule.naam not in _DURATIONS and self._denied(hit)
        return Weighed(SignaalStatus.NIET if denied else SignaalStatus.NU)

    def still_on(self, hit: Hit) -> bool:
        """Told as so at this moment, in the present tense."""
        now = self._nearest(hit, self._by_name.get("nu", ()))
        return now is not None and now < _TIME_REACHES and self._reading.clauses[hit.start] in self._reading.present

    def _figurative(self, hit: Hit) -> bool:
        return any(other.start < hit.end and hit.start < other.end for other in self._by_name.get("figuurlijk", ()))

    def _told(self, hit: Hit) -> bool:
        """Film, game, song, news, exercise: near by, unless this moment is spoken of nearer by."""
        told = self._nearest(hit, self._by_name.get("verhaal", ()))
        now = self._nearest(hit, self._by_name.get("nu", ()))
        reach = _TIME_REACHES + (_DENIAL_REACHES if hit.rule.soort == "signaal" else 0)
        return told is not None and told < reach and (now is None or told <= now)

    def _nearest(self, hit: Hit, triggers: Sequence[Hit]) -> int | None:
        return min((self._distance(hit, t) for t in triggers if self._together(hit, t)), default=None)

    def _together(self, a: Hit, b: Hit) -> bool:
        return self._reading.sentences[a.start] == self._reading.sentences[b.start]

    def _same_clause(self, a: Hit, b: Hit) -> bool:
        clauses = self._reading.clauses
        return bool({clauses[a.start], clauses[a.end - 1]} & {clauses[b.start], clauses[b.end - 1]})

    def _distance(self, a: Hit, b: Hit) -> int:
        """In words; a trigger inside the hit is at 0, one in another clause farther than any in the same."""
        apart = max(0, b.start - a.end, a.start - b.end)
        return apart if self._same_clause(a, b) else apart + _TIME_REACHES

    def _denied(self, hit: Hit) -> bool:
        """One denied side denies the whole of a phrase."""
        if hit.inherent:
            return False
        return any(self._denies(start, end) for start, end in hit.parts or ((hit.start, hit.end),))

    def _denies(self, start: int, end: int) -> bool:
        if any(self._scopes(trigger, (start, end)) for trigger in self._denials):
            return True
        clauses, after = self._reading.clauses, self._by_name.get("niet_na", ())
        near = (t for t in after if 0 <= t.start - end <= 2 and clauses[t.start] == clauses[end - 1])
        return any(self._closes(t) for t in near if t.start not in self._seeming())

    def _seeming(self) -> set[int]:
        return {index for hit in self._by_name.get("schijn", ()) for index in range(hit.start, hit.end)}

    def _scopes(self, trigger: Hit, span: Span) -> bool:
        """Over what follows in its own clause; "niet dat" also over the clause that "dat" opens; "geen" over its noun."""
        start, end = span
        if start <= trigger.start and trigger.end <= end:
            return True
        clauses = self._reading.clauses
        between = self._reading.words[trigger.end : start]
        through = between[:1] == ("dat",) and clauses[start] == clauses[trigger.end]
        if not 0 <= start - trigger.end <= _DENIAL_REACHES or not (through or clauses[trigger.start] == clauses[start]):
            return False
        return trigger.rule.naam != "geen" or not _NO_NOUN.intersection((*between, self._reading.words[start]))

    def _closes(self, trigger: Hit) -> bool:
        """Nothing of the clause follows: "een mes heeft hij niet." and not "... wil niet luisteren"."""
        clauses = self._reading.clauses
        return trigger.end >= len(clauses) or clauses[trigger.end] != clauses[trigger.start] or self._ends(trigger.end)

    def _ends(self, index: int) -> bool:
        return self._reading.doc[index].is_punct or self._reading.doc[index].is_space

    def _moment(self, hit: Hit) -> str:
        """The name of the nearest word of time: nu, recent, eerder, or "" when there is none near.

        A past of another clause does not reach into one that tells of the present.
        """
        near: dict[str, int] = {}
        for name in ("nu", "recent", "eerder"):
            triggers = [t for t in self._by_name.get(name, ()) if name == "nu" or self._reaches(hit, t)]
            apart = self._nearest(hit, triggers)
            if apart is not None and apart < _TIME_REACHES * 2:
                near[name] = apart
        return min(near, key=lambda name: near[name]) if near else ""

    def _reaches(self, hit: Hit, trigger: Hit) -> bool:
        return self._same_clause(hit, trigger) or self._reading.clauses[hit.start] not in self._reading.present

    def _doubted(self, hit: Hit) -> bool:
        """A word of fear or condition before the hit; "als hij" and the like bind until the sentence ends."""
        triggers = self._by_name.get("mogelijk", ())
        return any(self._together(hit, t) and t.start <= hit.start <= t.end + _DOUBT_REACHES for t in triggers)
