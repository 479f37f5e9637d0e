"""The danger signs: hits of soort `signaal`, `thema` and `cue` become findings; a signaal gets one status."""

from dataclasses import replace

from flows.assessment import Signaal, SignaalStatus
from nlp.reading import Finding, Reading
from nlp.rules.context import Context

_ORDER = list(SignaalStatus)  # the most serious first


def find(reading: Reading) -> None:
    context = Context(reading)
    for hit in reading.of_kind("signaal", "thema", "cue"):
        weighed = context.weigh_cue(hit) if hit.rule.soort == "cue" else context.weigh(hit)
        if weighed.status is not None:
            reading.findings.append(Finding(hit, weighed.status, weighed.recent))
    if over := [f.hit for f in reading.findings if f.hit.rule.naam == "dienst" and f.status is SignaalStatus.NU]:
        reading.findings = [
            replace(f, ended=not (f.hit.start > over[0].end and context.still_on(f.hit))) for f in reading.findings
        ]


def conclude(reading: Reading) -> None:
    """One status per signaal: the most serious that was found."""
    for finding in reading.findings:
        if finding.hit.rule.soort == "signaal":
            signaal = Signaal(finding.hit.rule.naam)
            known = reading.signalen.get(signaal, finding.status)
            reading.signalen[signaal] = min(known, finding.status, key=_ORDER.index)
