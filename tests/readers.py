"""Small readers for the tests of the use cases: each implements `flows.ports.Triage`."""

import asyncio

from flows.assessment import Assessment, Locatie, MelderRole, Thema, Topic, Urgentie

# The first that is found in the text decides.
WORDS = {
    "mes": Urgentie.ACUUT,
    "springen": Urgentie.ACUUT,
    "spoed": Urgentie.SPOED,
    "lantaarnpaal": Urgentie.GEEN,
    "hallo": Urgentie.GEEN,
    "vraagje": Urgentie.ADVIES,
}
PRIVATE = {"Kerkstraat": "[adres]", "Bakker": "[persoon]"}


class WordTriage:
    """Reads by a few words. Everything but place, role, anonymity and contact counts as said, so that dialogues are short."""

    async def assess(self, text: str) -> Assessment:
        folded = text.casefold()
        town = next((town for town in ("Enschede", "Almelo", "Utrecht") if town.casefold() in folded), "")
        safe = text
        for name, mark in PRIVATE.items():
            safe = safe.replace(name, mark)
        return Assessment(
            next((urgentie for word, urgentie in WORDS.items() if word in folded), Urgentie.REGULIER),
            0.9,
            safe,
            "woorden-1",
            themas=(Thema.SUICIDALITEIT,) if "springen" in folded else (),
            locatie=Locatie(woonplaats=town) if town else None,
            said=(Topic.SINCE, Topic.DANGER, Topic.HELP),
            role=MelderRole.BUUR if "buur" in folded else None,
        )


class SlowTriage(WordTriage):
    """Reads when it is let: set `ready`."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()

    async def assess(self, text: str) -> Assessment:
        await self.ready.wait()
        return await super().assess(text)


class BrokenTriage(WordTriage):
    """Raises until it is `mended`; the error quotes the text, as errors do."""

    mended = False

    async def assess(self, text: str) -> Assessment:
        if not self.mended:
            raise ValueError(f"cannot read: {text}")
        return await super().assess(text)
