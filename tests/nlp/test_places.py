import pytest

from nlp import triage
from nlp.triage import DutchTriage
from nlp.where.gazetteer import PlaceEntry


@pytest.fixture(scope="module")
def national() -> DutchTriage:
    """Without a regio."""
    return triage.load()


@pytest.mark.parametrize(
    ("text", "straat", "nummer", "plaats"),
    [
        ("in enschde roept een man de hele nacht", "", "", "Enschede"),
        ("ze woont in hengelo ov en is erg in de war", "", "", "Hengelo"),
        ("hij woont op de Prins Bernhardlaan 14 A, Goor", "Prins Bernhardlaan", "14 A", "Goor"),
        ("wat een goor huis", "", "", ""),
        ("hij zit op een bankje bij de Waal in Tiel", "", "", "Tiel"),
        ("mijn zus woont in De Waal op Texel", "", "", "De Waal"),
        ("Vlissingen boulevard: man moet nuchter worden bij ons", "", "", "Vlissingen"),
        ("het ging best goed", "", "", ""),
        ("mijn oom in den haag is verward", "", "", "'s-Gravenhage"),
        ("een vrouw dwaalt in den bosch", "", "", "'s-Hertogenbosch"),
        ("wijkteam Almelo: mevrouw in Borne is verward", "", "", "Borne"),
        ("ik woon in Zwolle maar mijn moeder in Deventer dwaalt", "", "", "Deventer"),
        ("mijn buurman ligt op de grond. zijn zoon woont in Almere. Zeist", "", "", "Zeist"),
        ("hij slaapt in het park in Weert, ik werk zelf in Roermond", "", "", "Weert"),
        ("зараз він бігає по Ейндговену", "", "", "Eindhoven"),
        ("Deventer'de annem evden çıkmış", "", "", "Deventer"),
    ],
)
def test_place_of_the_person(dutch: DutchTriage, text: str, straat: str, nummer: str, plaats: str) -> None:
    place = dutch.read(text).locatie
    found = (place.straat, place.huisnummer, place.woonplaats) if place else ("", "", "")
    assert found == (straat, nummer, plaats)


@pytest.mark.parametrize(
    ("text", "straat", "nummer"),
    [
        ("zo in de kerkstr 12bis staat hij te gillen", "kerkstr", "12bis"),
        ("inspectie Ambachtsweg 15 A-2 te Waalwijk", "Ambachtsweg", "15 A-2"),
        ("lag in de gang, Grote Markt 14-boven, Enkhuizen", "Grote Markt", "14-boven"),
        ("studentenhuis Lange Nieuwstraat 25 BS in utrecht", "Lange Nieuwstraat", "25 BS"),
        ("huurt Goudsesingel 91 C2, 3031EE Rotterdam", "Goudsesingel", "91 C2"),
        ("flat Lombokstraat 9 t/m 57, Delft", "Lombokstraat", "9 t/m 57"),
        ("portiek Rooseveltlaan 200-240: graffiti", "Rooseveltlaan", "200-240"),
        ("mama slaapt niet tarwekamp 33 zeewolde", "tarwekamp", "33"),
        ("hij drinkt al jaren. Zuiderdiep 30 stadskanaal", "Zuiderdiep", "30"),
        ("een vrouw liep zonder jas over Ringdijk Diemen", "Ringdijk", ""),
        ("kerkstraat 12: om 12:30 begon het", "kerkstraat", "12"),
        ("brand bij Pieter de Hooghstraat 8 hengelo ov", "Pieter de Hooghstraat", "8"),
        ("ze ligt in de gang, Lange Nieuwstraat 301 IJmuiden", "Lange Nieuwstraat", "301"),
        ("huisbezoek Zeliha K. Hagedoornlaan 55 tilburg", "Hagedoornlaan", "55"),
        ("de achterdeur van de Kerkstraat 5 staat open", "Kerkstraat", "5"),
        ("de buurman op Grutto 18 IJsselmuiden schreeuwt", "Grutto", "18"),
        ("bew. De Kempenaerstraat 311 hs A'dam stookt vuurtjes", "De Kempenaerstraat", "311 hs"),
        ("deur op slot bij Oranjestr. 5b made", "Oranjestr.", "5b"),
        ("hij zit op Kanaaldijk Noord 51 Helmond", "Kanaaldijk Noord", "51"),
        ("nr 14 in de Rijensestraat te Rijen stinkt", "Rijensestraat", "14"),
        ("Wim van Oirschotseweg 31 te Best schreeuwt", "Oirschotseweg", "31"),
        ("bewoner Bijlmerdreef 1290 Amsterdam dreigt", "Bijlmerdreef", "1290"),
    ],
)
def test_street_and_number(national: DutchTriage, text: str, straat: str, nummer: str) -> None:
    place = national.read(text).locatie
    assert place is not None
    assert (place.straat, place.huisnummer) == (straat, nummer)


@pytest.mark.parametrize(
    "text",
    [
        "ze heeft twee kleintjes, 3 en 5",
        "Bewoonster 2e etage, bekend van de kraan",
        "hij staat op perron 3 te wachten",
        "wat een hitte op deze zolderkamer, 34 graden",
        "Gister 10x. Hij stampt op de vloer",
        "Cliënt mw. Oosterbaan, 88, zit sinds zaterdag in dezelfde stoel",
        "Bloedsuiker 7, arts is tevreden",
        "Paal 0412. Er is geen licht",
        "hij wil iemand doodslaan zegt hij",
        "ze ziet pakweg 1x p mnd iemand",
        "ik ging met Jan 45 keer langs",
    ],
)
def test_no_false_street(national: DutchTriage, text: str) -> None:
    place = national.read(text).locatie
    assert place is None or not place.straat


@pytest.mark.parametrize(
    "text",
    [
        "nu is hij weer rustig",
        "ik zag hem een eindje lopen",
        "dat mensen moeten leiden en putten leeg moeten",
        "mevrouw Kampen belt elke dag",
        "Annelies Bos heeft weer water en licht",
        "hij leek echt heel boos. Echt.",
    ],
)
def test_no_false_place(national: DutchTriage, text: str) -> None:
    place = national.read(text).locatie
    assert place is None or not place.woonplaats


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


@pytest.mark.parametrize(
    ("text", "gemeente", "candidates", "plaats"),
    [
        ("hij zwerft door Vinkeveen en slaapt in Mijdrecht", "De Ronde Venen", (), "Mijdrecht"),
        ("een man in Hengelo is verward", "", ("Bronckhorst", "Hengelo"), "Hengelo"),
        ("Ruurloseweg 3, 7255 AB Hengelo, ruit kapot", "Bronckhorst", (), "Hengelo (Gld)"),
        ("een man in Hengelo gld is verward", "Bronckhorst", (), "Hengelo (Gld)"),
        ("Sietse uit Bergen (die in Noord-Holland) huilt", "Bergen (NH)", (), "Bergen (NH)"),
        ("een vrouw loopt ergens tussen Goor en Delden op de weg", "Hof van Twente", (), ""),
        ("ze staat op de pier op Texel in haar nachthemd", "Texel", (), ""),
    ],
)
def test_gemeente_in_the_whole_country(
    national: DutchTriage, text: str, gemeente: str, candidates: tuple[str, ...], plaats: str
) -> None:
    place = national.read(text).locatie
    assert place is not None
    assert (place.gemeente, tuple(sorted(place.candidates)), place.woonplaats) == (gemeente, candidates, plaats)


def test_the_regio_decides_between_two_gemeenten_and_a_postcode_elsewhere_is_believed(dutch: DutchTriage) -> None:
    here, elsewhere = (dutch.read(text).locatie for text in ("een man in Hengelo", "Ruurloseweg 3, 7255 AB Hengelo"))
    assert here is not None
    assert elsewhere is not None
    assert (here.gemeente, elsewhere.gemeente) == ("Hengelo", "Bronckhorst")


def test_a_gemeente_is_spelled_as_the_regio_does() -> None:
    noord = triage.load([PlaceEntry("Bergen (NH)", "Bergen", ((1861, 1873),)), PlaceEntry("Schoorl", "Bergen", ((1861, 1873),))])
    for text in ("een man in Bergen", "een man in Egmond aan Zee, 1931 AB"):
        place = noord.read(text).locatie
        assert place is not None
        assert place.gemeente == "Bergen"
    noord.close()
