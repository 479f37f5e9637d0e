"""Why this level: at most five reasons in plain Dutch, the weightiest first."""

from collections.abc import Iterator
from dataclasses import replace

from flows.assessment import Reason, SignaalStatus, Urgentie
from nlp import urgency
from nlp.reading import Finding, Reading

AT_MOST = 5
_WORDS = {SignaalStatus.MOGELIJK: "mogelijk: ", SignaalStatus.EERDER: "was eerder zo: ", SignaalStatus.NIET: "ontkend: "}
_LOWERS = frozenset({SignaalStatus.EERDER, SignaalStatus.NIET})
_LOWERING_CUES = frozenset({"advies", "goed", "geen", "dienst"})


def conclude(reading: Reading) -> None:
    weighty = sorted(reading.findings, key=_weight)
    reasons: dict[str, Reason] = {}
    for finding in weighty:
        for reason in _reason(reading, finding):
            reasons.setdefault(reason.wat, reason)
    reading.uitleg = (*reading.uitleg, *reasons.values())[:AT_MOST]


def _weight(finding: Finding) -> tuple[int, int]:
    plea = urgency.level(replace(finding, ended=False))
    return plea.rank if plea else len(Urgentie), finding.hit.start


def _reason(reading: Reading, finding: Finding) -> Iterator[Reason]:
    rule = finding.hit.rule
    if not rule.wat or (rule.soort == "thema" and finding.status in _LOWERS):
        return
    lowers = finding.status in _LOWERS or (rule.soort == "cue" and rule.naam in _LOWERING_CUES)
    ago = "deze week: " if finding.recent else ""
    start, end = reading.span(finding.hit.start, finding.hit.end)
    yield Reason(start, end, ago + _WORDS.get(finding.status, "") + rule.wat, not lowers)
