"""The embedded geocoder, and the lists of the country that it reads."""

import pytest

from flows.assessment import Locatie
from flows.errors import BadSettings
from nlp.triage import DutchTriage
from nlp.where import national
from nlp.where.geocoder import EmbeddedGeocoder


@pytest.mark.parametrize(
    ("locatie", "gemeenten"),
    [
        (Locatie(woonplaats="Zwolle"), {"Zwolle"}),
        (Locatie(woonplaats="Rijswijk"), {"Rijswijk", "Altena", "Buren"}),
        (Locatie(woonplaats="Rijswijk", postcode="4284VA"), {"Altena"}),
        (Locatie(woonplaats="Rijswijk", postcode="7511AB"), {"Rijswijk", "Altena", "Buren"}),
        (Locatie(postcode="7511AB"), {"Enschede"}),
        (Locatie(postcode="7511"), {"Enschede"}),
        (Locatie(woonplaats="Hengelo"), {"Hengelo"}),  # of two, the one of the regio
        (Locatie(straat="Kerkstraat", huisnummer="4"), set()),
        (Locatie(woonplaats="Nergenshuizen", postcode="0000"), set()),
    ],
)
async def test_it_knows_every_gemeente_that_fits(dutch: DutchTriage, locatie: Locatie, gemeenten: set[str]) -> None:
    found = await EmbeddedGeocoder(dutch.gazetteer).find(locatie)
    assert {place.gemeente for place in found} == gemeenten
    assert len(found) == len(gemeenten)


def test_the_whole_country_has_342_gemeenten_and_hardly_a_woonplaats_without_one() -> None:
    entries = national.national()
    assert len({entry.gemeente for entry in entries if entry.gemeente}) == 342
    assert [entry.woonplaats for entry in entries if not entry.gemeente] == []


def test_a_name_without_postcodes_of_its_own_has_those_that_nobody_claims() -> None:
    entries = national.parse("Ver\tDorp 1001-1002,Elders\nWeg\tDorp\n", "Dorp\t1001-1002,1005\nElders\t1003\n")
    assert {(e.woonplaats, e.gemeente, e.postcodes) for e in entries} == {
        ("Dorp", "Ver", ((1001, 1002),)),
        ("Elders", "Ver", ((1003, 1003),)),
        ("Dorp", "Weg", ((1005, 1005),)),
    }


def test_every_line_that_cannot_be_read_is_told_with_its_file_and_number() -> None:
    with pytest.raises(BadSettings) as caught:
        national.parse("# kop\nVer\tDorp,,Elders 100\nWeg\tHier 1005-1001\nVer\tDaar\n", "Dorp\t1001\nElders\tduizend\nHier\t\n")
    assert [problem.split(": ")[0] for problem in caught.value.problems] == [
        "woonplaatsen.tsv:2",
        "woonplaatsen.tsv:3",
        "gemeenten.tsv:2",
        "gemeenten.tsv:2",
        "gemeenten.tsv:3",
        "gemeenten.tsv:4",
    ]
