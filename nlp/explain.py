"""Why this level: at most five reasons in plain Dutch, the weightiest first. The rules name things; the encoder fills up."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flows.assessment import Reason, Signaal, SignaalStatus, Thema, Urgentie
from nlp import urgency
from nlp.reading import Finding, Reading
from nlp.weighty import Weighty

AT_MOST = 5
_WORDS = {SignaalStatus.MOGELIJK: "mogelijk: ", SignaalStatus.EERDER: "was eerder zo: ", SignaalStatus.NIET: "ontkend: "}
_LOWERS = frozenset({SignaalStatus.EERDER, SignaalStatus.NIET})
_LOWERING_CUES = frozenset({"advies", "goed", "geen", "dienst"})


class Explanation:
    """A component, the last: fills `uitleg`."""

    def __init__(self, weighty: Weighty) -> None:
        self._weighty = weighty

    def __call__(self, reading: Reading) -> None:
        reasons = [*doubts(reading), *named(reading)]
        reasons += [reason for reason in self._weighty.reasons(reading) if not _told(reason, reasons)]
        reading.uitleg = tuple(reasons[:AT_MOST])


def doubts(reading: Reading) -> Iterator[Reason]:
    """ "Eerst een mens", with why."""
    if reading.doubt:
        first, second = reading.doubt
        yield Reason(0, 0, f"eerst een mens: de lezer twijfelt tussen {first} en {second}", omhoog=True)


def named(reading: Reading) -> list[Reason]:
    """What the rules found and the readers did not contradict; each reason once."""
    reasons: dict[str, Reason] = {}
    for finding in sorted(filter(lambda f: _agreed(reading, f), reading.findings), key=_weight):
        for reason in _reason(reading, finding):
            reasons.setdefault(reason.wat, reason)
    return list(reasons.values())


def _agreed(reading: Reading, finding: Finding) -> bool:
    """A signaal with the same status, a thema that was given; a cue of no worry only when there is none."""
    rule = finding.hit.rule
    if rule.soort == "signaal":
        return reading.signalen.get(Signaal(rule.naam)) is finding.status
    if rule.soort == "thema":
        return Thema(rule.naam) in reading.themas
    return rule.naam not in _LOWERING_CUES or reading.urgentie in {Urgentie.ADVIES, Urgentie.GEEN, Urgentie.REGULIER}


def _told(reason: Reason, before: Iterable[Reason]) -> bool:
    """These words have a reason already."""
    return any(reason.start < other.eind and other.start < reason.eind for other in before)


def _weight(finding: Finding) -> tuple[int, int]:
    plea = urgency.level(replace(finding, ended=False))
    return plea.rank if plea else len(Urgentie), finding.hit.start


def _reason(reading: Reading, finding: Finding) -> Iterator[Reason]:
    rule = finding.hit.rule
    if not rule.wat or (rule.soort == "thema" and finding.status in _LOWERS):
        return
    lowers = finding.status in _LOWERS or (rule.soort == "cue" and rule.naam in _LOWERING_CUES)
    before = _WORDS.get(finding.status, "")
    ago = "deze week: " if finding.recent else ""
    start, end = reading.span(finding.hit.start, finding.hit.end)
    yield Reason(start, end, ago + before + rule.wat.removeprefix(before), not lowers)
