"""One triage for all tests of nlp: it only reads."""

import pytest

from nlp import triage
from nlp.where.gazetteer import PlaceEntry

REGIO = (
    PlaceEntry("Enschede", "Enschede", ((7500, 7549),)),
    PlaceEntry("Glanerbrug", "Enschede", ((7500, 7549),)),
    PlaceEntry("Hengelo", "Hengelo", ((7550, 7559),)),
    PlaceEntry("Goor", "Hof van Twente", ((7470, 7479),)),
    PlaceEntry("Beuningen", "Losser", ((7580, 7589),)),
    PlaceEntry("Beuningen", "Dinkelland", ((7590, 7599),)),
)


@pytest.fixture(scope="session")
def rules() -> triage.DutchTriage:
    """The rules alone, as they were before the readers that learn: what their own tests are about."""
    return triage.DutchTriage(triage.gazetteer_of(REGIO), None)


@pytest.fixture(scope="session")
def dutch() -> triage.DutchTriage:
    return triage.load(REGIO)


@pytest.fixture(scope="session")
def dutch_everywhere() -> triage.DutchTriage:
    """Without a regio: as the figures are measured."""
    return triage.load()
