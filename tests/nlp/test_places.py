import pytest

from nlp.triage import DutchTriage


@pytest.mark.parametrize(
    ("text", "straat", "nummer", "plaats"),
    [
        ("in enschde roept een man de hele nacht", "", "", "Enschede"),
        ("ze woont in hengelo ov en is erg in de war", "", "", "Hengelo"),
        ("hij woont op de Prins Bernhardlaan 14 A, Goor", "Prins Bernhardlaan", "14 A", "Goor"),
        ("wat een goor huis", "", "", ""),
        ("het ging best goed", "", "", ""),
        ("mijn oom in den haag is verward", "", "", "'s-Gravenhage"),
        ("wijkteam Almelo: mevrouw in Borne is verward", "", "", "Borne"),
        ("ik woon in Zwolle maar mijn moeder in Deventer dwaalt", "", "", "Deventer"),
    ],
)
def test_place_of_the_person(dutch: DutchTriage, text: str, straat: str, nummer: str, plaats: str) -> None:
    place = dutch.read(text).locatie
    found = (place.straat, place.huisnummer, place.woonplaats) if place else ("", "", "")
    assert found == (straat, nummer, plaats)


def test_postcode_gives_the_gemeente_and_no_woonplaats(dutch: DutchTriage) -> None:
    place = dutch.read("het is op 7511 ab nummer 4").locatie
    assert place is not None
    assert (place.postcode, place.gemeente, place.woonplaats) == ("7511AB", "Enschede", "")


def test_a_year_and_a_word_are_no_postcode(dutch: DutchTriage) -> None:
    assert dutch.read("sinds 2014 is hij verward").locatie is None


def test_a_name_of_two_gemeenten_gives_candidates(dutch: DutchTriage) -> None:
    place = dutch.read("een man in Beuningen is verward").locatie
    assert place is not None
    assert place.gemeente == ""
    assert place.candidates == ("Losser", "Dinkelland")
