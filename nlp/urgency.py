"""The level, by rules: each finding pleads for one, combinations may raise it, and the highest plea wins.

Between two levels the higher; a word that was denied, past or figurative pleads for nothing.
"""

from dataclasses import dataclass

from flows.assessment import SignaalStatus, Thema, Urgentie, most_urgent
from nlp.reading import Finding, Reading

_LIVE = frozenset({SignaalStatus.NU, SignaalStatus.MOGELIJK})
_GRAVE = frozenset({Thema.VERWARDHEID, Thema.AGRESSIE, Thema.SUICIDALITEIT, Thema.VERGEETACHTIG})
_NO_WORRY = frozenset({Thema.OVERLAST, Thema.MIDDELEN})  # a party or a dog alone
_DOUBTED = {Urgentie.ACUUT: Urgentie.SPOED, Urgentie.SPOED: Urgentie.REGULIER}
_SURE = {Urgentie.ACUUT: 0.85, Urgentie.SPOED: 0.75, Urgentie.REGULIER: 0.7, Urgentie.ADVIES: 0.75, Urgentie.GEEN: 0.85}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the cues of one text say together."""

    cues: frozenset[str]
    themas: frozenset[Thema]
    kind: bool
    danger: bool  # a sign of danger that is so now

    @property
    def worsening(self) -> bool:
        """Confused or grave, and short, growing, urgent, repeated or with a child beside it."""
        if not self.themas & _GRAVE:
            return False
        if self.cues & {"erger", "urgent"}:
            return True
        if self.kind and self.themas & {Thema.VERWARDHEID, Thema.AGRESSIE}:
            return True
        return Thema.VERWARDHEID in self.themas and "kort" in self.cues and "lang" not in self.cues and "goed" not in self.cues


def conclude(reading: Reading) -> None:
    cues = {f.hit.rule.naam for f in reading.findings if f.hit.rule.soort == "cue" and f.status is SignaalStatus.NU}
    kind = any(f.hit.rule.naam == "kind" and f.status is SignaalStatus.NU for f in reading.findings)
    danger = SignaalStatus.NU in reading.signalen.values()
    facts = _Facts(frozenset(cues), frozenset(reading.themas), kind, danger)
    pleas = [plea for f in reading.findings if (plea := level(f))]
    highest = most_urgent(*pleas) if pleas else None
    reading.urgentie, reading.zekerheid = _decide(highest, pleas.count(Urgentie.ACUUT), facts)
    if reading.urgentie is Urgentie.GEEN:
        reading.themas = ()


def level(finding: Finding) -> Urgentie | None:
    """What one finding pleads for."""
    niveau = finding.hit.rule.niveau
    if niveau is None or finding.status not in _LIVE:
        return None
    if finding.status is SignaalStatus.MOGELIJK and finding.hit.rule.status is None:
        feared_death = Thema.SUICIDALITEIT in finding.hit.rule.themas
        return Urgentie.SPOED if feared_death else _DOUBTED.get(niveau, niveau)
    if niveau is Urgentie.ACUUT and (finding.recent or finding.ended):
        return Urgentie.SPOED
    return niveau


def _decide(highest: Urgentie | None, acute: int, facts: _Facts) -> tuple[Urgentie, float]:
    if highest is Urgentie.ACUUT:
        return Urgentie.ACUUT, 0.95 if acute > 1 else _SURE[Urgentie.ACUUT]
    if highest is Urgentie.SPOED:
        return Urgentie.SPOED, _SURE[Urgentie.SPOED]
    if "geen" in facts.cues and facts.themas <= _NO_WORRY:
        return Urgentie.GEEN, _SURE[Urgentie.GEEN]
    if "dienst" in facts.cues and (facts.danger or facts.themas & _GRAVE):
        return Urgentie.SPOED, 0.65
    if facts.cues & {"advies", "goed"} and "erger" not in facts.cues:
        return Urgentie.ADVIES, _SURE[Urgentie.ADVIES]
    if facts.worsening:
        return Urgentie.SPOED, 0.6
    if highest is not None:
        return highest, _SURE[highest]
    if facts.themas:
        return Urgentie.REGULIER, 0.8 if "lang" in facts.cues else _SURE[Urgentie.REGULIER]
    if facts.cues >= {"lang", "persoon"} and "geen" not in facts.cues:
        return Urgentie.REGULIER, 0.4
    return (Urgentie.GEEN, 0.6) if "geen" in facts.cues and not facts.danger else (Urgentie.ADVIES, 0.35)
