"""The model card, `docs/triage-card.md`: the words stand here, every number is computed. The same input gives the same bytes.

The last part has the fields of the Algoritmeregister Publicatiestandaard 1.0 (regels.overheid.nl), in its order, under its names.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from flows.assessment import MelderRole, Urgentie
from nlp.lab import figures
from nlp.lab.corpus import LANGUAGES, Example, Part
from nlp.lab.evaluate import Read
from nlp.lab.figures import Row

REGIO = "**[regio vult in]**"
TRIED = "triage-tekort.md"  # beside the card, by hand: what was tried for what falls short
PICTURES = {"img/confusion.png": "Wat werd gelezen, naast het label", "img/calibration.png": "Hoe zeker, en hoe vaak dat klopt"}

PURPOSE = """\
## Waarvoor het is

Iemand vertelt een zorg over verward of onbegrepen gedrag. Het model leest die tekst en stelt voor: hoe dringend het is, waar
het over gaat, welk gevaar er is, en om welke plaats het gaat. Het wijst ook persoonsgegevens aan, zodat die verborgen kunnen
worden. Een medewerker van het meldpunt ziet het voorstel met de woorden waar het op steunt. **Het model stelt voor, een mens
beslist.**

## Waarvoor het niet is

- Niet om zelf te beslissen over een mens, over hulp of over verplichte zorg.
- Niet om een diagnose te stellen. Het leest een tekst. Het kent de persoon niet.
- Niet om acuut te verlagen. Wat acuut is voorgesteld, maakt alleen een mens lager.
- Niet om 112 of 113 te vervangen. Die nummers staan altijd bij het begin van het gesprek.
- Niet om te voorspellen wat iemand gaat doen, en niet om mensen te volgen of een profiel van hen te maken.
- Niet om te controleren of een melder de waarheid vertelt.

## Hoe het werkt

1. Regels zoeken woorden en zinsdelen uit de woordenlijsten in `nlp/data`. Ze letten op ontkenning, verleden, vrees en
   figuurlijk gebruik.
2. Een kleine transformer leest de hele tekst: de eerste negen lagen van multilingual-e5-small (MIT), verder getraind op onze
   teksten, in 8-bit ONNX.
3. Een lineaire lezer telt woorden, stukjes van woorden, signalen van de regels en begrippen.
4. De twee lezers worden gemengd. Het mengsel en de grenzen zijn geijkt op een apart deel van de teksten.
5. Vindt een regel gevaar dat nu speelt, dan is minder zekerheid genoeg voor acuut. Is het model te onzeker, dan staat er:
   "eerst een mens".

Dit draait allemaal op de eigen server. De tekst gaat niet naar een taalmodel van een ander. Een adres wordt soms opgezocht
bij PDOK: dan gaan alleen straat, nummer, postcode en woonplaats mee."""

LIMITS = """\
- De teksten zijn verzonnen door taalmodellen. Echte meldingen zijn anders. Verwacht daar lagere cijfers, en meet op eigen
  meldingen.
- De labels komen van dezelfde soort makers als de teksten. Ook die kunnen zich vergissen, op dezelfde manier.
- Per taal en per soort melder zijn er soms weinig teksten. Het interval is dan breed: lees het mee.
- Wij hebben niet gemeten of het model verschil maakt naar herkomst, geslacht, leeftijd of geloof. Daar zijn geen labels voor.
- Taal verandert. Nieuwe straattaal, scheldwoorden en kwetsende woorden kent het model niet. Het wordt dan langzaam minder
  goed.
- Een grof woord is geen gevaar, en een rustige tekst kan over groot gevaar gaan. Het model kan zich daarin vergissen.
- Van een heel lang bericht leest het model het begin en het eind. Dat staat dan bij de uitleg.
- Het is gemaakt voor deze meldingen. Gebruik het niet voor iets anders, ook niet als dat erop lijkt."""

OVERSIGHT = """\
## De mens erbij

- Elke melding wordt door een medewerker gelezen. Ook als het voorstel "geen" is.
- De medewerker ziet het voorstel en de woorden die meetelden. Twijfelt het model, dan staat dat erbij.
- De medewerker kan alles veranderen: hoe dringend, het thema, de gemeente. Dat kost één opdracht of één knop. Een reden mag
  erbij.
- Nieuws in een melding kan het voorstel verhogen, nooit verlagen.
- Voorstel en besluit worden allebei bewaard. `meldpunt nlp evaluate --decisions` laat zien waar ze verschillen.
- Het model leert niet vanzelf. Een mens maakt een nieuwe versie. Die wordt geweigerd als zij slechter is.
- Valt het model uit of duurt het te lang, dan wacht de melding als "eerst een mens"."""

RISKS = """\
## Risico's en maatregelen

- **Acuut wordt niet gezien**: hulp komt te laat. Daarom: lage grens voor acuut, regels als vangnet, 112 en 113 in beeld, een
  mens leest elke melding.
- **Vals acuut**: onnodig zware inzet bij iemand. Daarom: uitleg met woorden, een mens beslist, gemeten op moeilijke teksten.
- **Te veel vertrouwen in het voorstel**: de medewerker kijkt niet meer zelf. Daarom: bij twijfel "eerst een mens", en
  het verschil tussen voorstel en besluit meten.
- **Verschil tussen groepen melders**: de ene melder wordt beter begrepen dan de andere. Daarom: cijfers per bron en taal in
  deze kaart; eigen cijfers per regio en rol.
- **Persoonsgegevens blijven staan**: iemand wordt herkend. Daarom: aparte cijfers voor persoonsgegevens; berichten aan
  medewerkers bevatten geen inhoud.
- **Taal verandert**: het model wordt minder goed. Daarom: ten minste elk halfjaar opnieuw meten op besluiten, en bij elke
  nieuwe versie.
- **Woorden kwetsen**: mensen worden weggezet. Daarom: vaste, rustige woorden voor thema's en uitleg; geen diagnoses en geen
  oordeel over de persoon."""

GENERAL: Mapping[str, str] = {
    "Naam": "Voorstel voor hoe dringend een melding over verward of onbegrepen gedrag is",
    "Korte omschrijving": "Het algoritme leest een melding over verward of onbegrepen gedrag. Het stelt voor hoe dringend "
    "de melding is, waar zij over gaat en om welke plaats het gaat. Een medewerker van het meldpunt leest elke melding en "
    "beslist.",
    "Organisatie": REGIO,
    "Thema": f"Zorg en gezondheid; Openbare orde en veiligheid. {REGIO}: kies uit de themalijst.",
    "Status": f"{REGIO}: In ontwikkeling, In gebruik of Buiten gebruik.",
    "Begindatum": f"{REGIO}: jaar en maand.",
    "Einddatum": "Leeg zolang het in gebruik is.",
    "Contactgegevens": f"{REGIO}: een adres waar burgers vragen kunnen stellen.",
    "Link naar publiekspagina": f"{REGIO} (vroeger: Website).",
    "Publicatiecategorie": f"{REGIO}: ten minste Impactvolle algoritmes. Laat een jurist bepalen of het een Hoog-risico "
    "AI-systeem is: zie de AI-verordening, bijlage III, punt 5d (noodoproepen en voorrang bij spoed). Zo ja, dan hoort het ook "
    "in de EU-databank.",
    "Link naar bronregistratie": REGIO,
}
RESPONSIBLE: Mapping[str, str] = {
    "Doel en impact": "Dringende meldingen komen sneller bij een mens. De melder hoeft minder vragen te beantwoorden. Een fout "
    "voorstel kan hulp vertragen, of te zwaar maken. De persoon om wie het gaat, weet vaak niet van de melding.",
    "Afwegingen": "Lezen op volgorde van binnenkomst laat spoed wachten. Alleen woordenlijsten missen te veel. Een groot "
    "taalmodel van een ander zou de tekst buiten de deur brengen. Daarom een klein model op de eigen server. "
    f"{REGIO}: de eigen afweging.",
    "Menselijke tussenkomst": "Een medewerker leest elke melding, ziet waarom iets is voorgesteld, en beslist. Het voorstel "
    f"verlaagt acuut nooit zelf. {REGIO}: wie dat zijn en hoe zij zijn opgeleid.",
    "Risicobeheer": f"Zie de risico's en maatregelen hierboven. {REGIO}: wie meet, hoe vaak, en wie ingrijpt.",
    "Wettelijke basis": f"{REGIO}. Denk aan de Wmo 2015, de Wet publieke gezondheid, de Wvggz artikel 5:1, en de AVG "
    "artikel 6, 9 en 10.",
    "Links naar wettelijke basis": f"{REGIO}: adressen op wetten.overheid.nl.",
    "Link naar verwerkingsregister": f"{REGIO}: de verwerking in het verwerkingsregister (AVG artikel 30).",
    "Impacttoetsen": f"{REGIO}: een DPIA en een IAMA, vóór het gebruik.",
    "Toelichting op impacttoetsen": f"{REGIO}. Deze kaart is geen impacttoets, maar kan er wel bij gebruikt worden.",
}
WORKING: Mapping[str, str] = {
    "Gegevens": "Bij gebruik: de tekst van de melder. Daarin kunnen namen, adressen en gegevens over gezondheid staan. Bij "
    "het maken: alleen verzonnen teksten, zonder echte personen. Ook openbare lijsten van namen, straten, "
    "woonplaatsen en gemeenten.",
    "Links naar gegevensbronnen": "`nlp/data/corpus` en `nlp/data` bij de broncode.",
    "Technische werking": "Zie 'Hoe het werkt' hierboven. Het algoritme is niet zelflerend.",
    "Leverancier": f"{REGIO}. Het basismodel is multilingual-e5-small (MIT).",
    "Link naar broncode": f"{REGIO}. Licentie: EUPL-1.2.",
}
EXTRA: Mapping[str, str] = {
    "Afdeling": REGIO,
    "Type algoritme": "Regels met twee zelf getrainde lezers (tekstclassificatie); niet zelflerend.",
}


def write(target: Path, version: str, rows: Sequence[Row], read: Sequence[Read], examples: Sequence[Example]) -> None:
    """`read`: the held-out texts with what was found; `examples`: the whole corpus."""
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        *_head(version),
        *_data(examples),
        *_figures(rows, read, target.parent),
        *_limits(rows, target.parent),
        *_register(version),
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _head(version: str) -> Iterator[str]:
    yield from (f"# Modelkaart van de triage: {version}", "")
    yield from (f"Gemaakt door `make evaluate` uit de versie die draait: `{version}`. Niet met de hand veranderen.", "")
    yield from (PURPOSE, "")


def _data(examples: Sequence[Example]) -> Iterator[str]:
    authors = {one.id.rpartition("-")[0] for one in examples}
    yield from ("## De teksten", "")
    yield f"Er zijn {len(examples)} teksten, geschreven door {len(authors)} auteurs."
    yield "De auteurs zijn taalmodellen. Zij werkten met een codeboek."
    yield "Alles is verzonnen: er zit geen echt mens en geen echte melding in. Ook de persoonsgegevens zijn verzonnen."
    yield "Teksten over dezelfde situatie staan altijd in hetzelfde deel. Wat geleerd is, wordt dus niet gemeten."
    for name, kinds in _groups(examples).items():
        yield from ("", f"| {name} | leren | afstemmen | meten | samen |", "|---|---|---|---|---|")
        yield from (_counted(kind, some) for kind, some in kinds if some)
        yield _counted("alle teksten", examples)
    yield ""


def _groups(examples: Sequence[Example]) -> Mapping[str, Sequence[tuple[str, Sequence[Example]]]]:
    return {
        "niveau": [(level, [one for one in examples if one.urgentie is level]) for level in Urgentie],
        "bron": [(bron, [one for one in examples if one.bron is bron]) for bron in MelderRole],
        "taal": [(taal, [one for one in examples if one.taal == taal]) for taal in sorted(LANGUAGES)],
        "bijzonder": [
            ("lijkt acuut, is het niet (ontkend, verleden, figuurlijk, citaat)", list(filter(_hard, examples))),
            ("geen, met woorden uit ons vak", list(filter(_near, examples))),
        ],
    }


def _hard(one: Example) -> bool:
    return "hard" in one.tags and one.urgentie is not Urgentie.ACUUT


def _near(one: Example) -> bool:
    return "domeinwoorden" in one.tags and one.urgentie is Urgentie.GEEN


def _counted(name: str, some: Sequence[Example]) -> str:
    parts = [sum(one.part is part for one in some) for part in Part]
    return f"| {name} | {' | '.join(map(str, parts))} | {len(some)} |"


def _figures(rows: Sequence[Row], read: Sequence[Read], folder: Path) -> Iterator[str]:
    """`folder`: of the card; the pictures stand in `img` beside it."""
    from nlp.lab import report  # which writes this card

    yield from (
        "## De cijfers",
        "",
        f"Gemeten op {len(read)} teksten die apart zijn gehouden. Bij elk cijfer staat het interval van 95 %.",
        "",
    )
    yield from (*figures.table(rows), "", "### Per bron, taal en soort tekst", "")
    yield from (
        "Tussen haken staat het interval van 95 %. Groepen zonder teksten staan er niet bij.",
        "",
        *report.by_group(read),
        "",
    )
    for path, words in PICTURES.items():
        if (folder / path).exists():
            yield from (f"![{words}]({path})", "")


def _limits(rows: Sequence[Row], folder: Path) -> Iterator[str]:
    yield from ("## Grenzen", "", LIMITS)
    yield f"- Onder de ondergrens in deze versie: {_names(row for row in rows if row.fails)}."
    yield f"- Onder het doel in deze versie: {_names(row for row in rows if row.short and not row.fails)}."
    yield f"- Niet gemeten in deze versie: {_names(row for row in rows if math.isnan(row.figure.value))}."
    if (folder / TRIED).exists():
        yield f"- Wat voor het tekort is geprobeerd, staat in [{TRIED}]({TRIED})."
    yield from ("", OVERSIGHT, "", RISKS, "")


def _names(rows: Iterable[Row]) -> str:
    return "; ".join(row.name for row in rows) or "niets"


def _register(version: str) -> Iterator[str]:
    yield from ("## Voor het Algoritmeregister", "")
    yield f"De velden van de Publicatiestandaard 1.0, voor versie `{version}`."
    yield f"Waar {REGIO} staat, vult de regio aan. De regio controleert ook de rest."
    parts = {
        "Algemene informatie": GENERAL,
        "Verantwoord gebruik": RESPONSIBLE,
        "Werking": WORKING,
        "Geen veld in 1.0, wel handig": EXTRA,
    }
    for name, fields in parts.items():
        yield from ("", f"### {name}", "", "| veld | inhoud |", "|---|---|")
        yield from (f"| {field} | {content} |" for field, content in fields.items())
