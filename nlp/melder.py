"""Who writes, about whom, and what the text already says, so that nobody is asked it again."""

from flows.assessment import Betreft, MelderRole, Signaal, Topic
from nlp.reading import Reading
from nlp.rules.phrases import Hit

_DANGERS = frozenset({Signaal.WAPEN, Signaal.DREIGING, Signaal.GEWELD, Signaal.KIND})
_FRAME_REACHES = 10  # words between "hij zegt" and what he says


def find(reading: Reading) -> None:
    spoken = reading.of_kind("context")
    frames = [hit for hit in spoken if hit.rule.naam == "spreekt"]
    if any(not _in_frame(reading, hit, frames) for hit in reading.of_kind("betreft")):
        reading.betreft = Betreft.ZELF
    reading.role = _role(reading)
    reading.said = _said(reading)


def _in_frame(reading: Reading, hit: Hit, frames: list[Hit]) -> bool:
    """ "hij zegt dat ik ..." and "ze appte: ik wil niet meer" are not the melder's own words about themselves."""
    return any(
        reading.sentences[frame.start] == reading.sentences[hit.start] and 0 <= hit.start - frame.end <= _FRAME_REACHES
        for frame in frames
    )


def _role(reading: Reading) -> MelderRole | None:
    """What the melder says to be outweighs what follows from whom they write about; then the first named."""
    if reading.betreft is Betreft.ZELF:
        return MelderRole.ZELF
    named = reading.of_kind("role")
    told = [hit for hit in named if hit.rule.wat == "zegt het zelf"]
    first = min(told or named, key=lambda hit: hit.start, default=None)
    return MelderRole(first.rule.naam) if first else None


def _said(reading: Reading) -> tuple[Topic, ...]:
    topics = {Topic(hit.rule.naam) for hit in reading.of_kind("said")}
    if reading.role is not None:
        topics.add(Topic.ROLE)
    if _DANGERS & reading.signalen.keys():
        topics.add(Topic.DANGER)
    return tuple(topic for topic in Topic if topic in topics)
