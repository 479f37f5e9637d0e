"""What is known of one text while it is read: a spaCy Doc and what the components found in it.

Every component takes a Reading and adds to it. Offsets are code points in `text`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from flows.assessment import Betreft, Locatie, MelderRole, PersonalData, Reason, Signaal, SignaalStatus, Thema, Topic, Urgentie
from nlp.rules.phrases import Hit

if TYPE_CHECKING:
    from nlp.meaning.encoder import Votes


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit after its context was weighed. `recent`: this week, but not at this moment."""

    hit: Hit
    status: SignaalStatus
    recent: bool = False
    ended: bool = False  # services were there and it is over


@dataclass(slots=True)
class Reading:
    text: str  # without what no library can encode; as long as the text that was given
    doc: Doc
    words: tuple[str, ...]  # one normalised word a token; "" for a token that is not read
    judged: tuple[tuple[int, int], ...] = ()  # the stretches of the text that are read: offsets
    sentences: tuple[int, ...] = ()  # the number of the sentence, per token
    clauses: tuple[int, ...] = ()
    present: frozenset[int] = frozenset()  # clauses with a finite verb in the present tense
    hits: tuple[Hit, ...] = ()
    concepts: list[tuple[int, int, str]] = field(default_factory=list)  # tokens [start, end) and the name of the concept
    findings: list[Finding] = field(default_factory=list)
    signalen: dict[Signaal, SignaalStatus] = field(default_factory=dict)
    themas: tuple[Thema, ...] = ()
    urgentie: Urgentie = Urgentie.ADVIES
    zekerheid: float = 0.0
    betreft: Betreft = Betreft.ANDER
    role: MelderRole | None = None
    said: tuple[Topic, ...] = ()
    locatie: Locatie | None = None
    taal: str = "nl"
    pii: tuple[PersonalData, ...] = ()
    veilig: str = ""
    uitleg: tuple[Reason, ...] = ()
    chance: tuple[float, ...] = ()  # of each level, acuut first
    doubt: tuple[Urgentie, ...] = ()  # between these two the reader cannot choose
    votes: "list[Votes]" = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Tokens [start, end) as offsets in the text."""
        last = self.doc[end - 1]
        return self.doc[start].idx, last.idx + len(last.text)

    def of_kind(self, *soorten: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.rule.soort in soorten]
