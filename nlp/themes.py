"""The themas: what the findings show of behaviour now. What is only past or denied gives none."""

from flows.assessment import Signaal, SignaalStatus, Thema
from nlp.reading import Finding, Reading

_LIVE = frozenset({SignaalStatus.NU, SignaalStatus.MOGELIJK})


def find(reading: Reading) -> None:
    found = {thema for finding in reading.findings if finding.status in _LIVE for thema in _shows(finding)}
    if reading.signalen.get(Signaal.KIND) is SignaalStatus.NU:
        found.add(Thema.GEZIN)
    reading.themas = tuple(thema for thema in Thema if thema in found)


def _shows(finding: Finding) -> tuple[Thema, ...]:
    rule = finding.hit.rule
    return (Thema(rule.naam), *rule.themas) if rule.soort == "thema" else rule.themas
