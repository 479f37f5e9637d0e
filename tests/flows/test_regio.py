"""Regio files: the shipped ones hold what they must, places find their gemeente, and each mistake in a file has its line."""

import math
from pathlib import Path

import pytest

from flows import errors, regio
from flows.assessment import Locatie, Urgentie
from flows.deadlines import OfficeHours, Term

REGIOS = Path(regio.__file__).with_name("regios")
SHIPPED = {"twente": 14, "west-brabant": 16, "noord-holland-noord": 17, "oost-nederland": 76}
DISTRICTS = {"IJsselland": 11, "Twente": 14, "Noord- en Oost-Gelderland": 22, "Gelderland-Midden": 15, "Gelderland-Zuid": 14}

SMALL = """\
key = "klein"
naam = "Klein"

[kantooruren]
dagen = ["maandag", "dinsdag"]
van = "09:00"
tot = "12:30"

[termijnen.oppakken]
spoed = "30 minuten"

[[gemeenten]]
naam = "Enschede"
code = "GM0153"
netnummer = "053"
woonplaatsen = ["Enschede", "Glanerbrug"]
postcodes = [
    "7511-7548",
    "7550",
]
midden = [52.221, 6.893]

[[gemeenten]]
naam = "Hengelo"
code = "GM0164"
woonplaatsen = ["Hengelo"]
postcodes = ["7550-7559"]
midden = [52.265, 6.793]
"""


def shipped(key: str) -> regio.Regio:
    return regio.parse((REGIOS / f"{key}.toml").read_text(encoding="utf-8"), source=f"{key}.toml")


@pytest.fixture(scope="module")
def twente() -> regio.Regio:
    return shipped("twente")


@pytest.fixture(scope="module")
def oost() -> regio.Regio:
    return shipped("oost-nederland")


def problems(old: str = "", new: str = "", *, text: str = "") -> tuple[str, ...]:
    """What is said about SMALL with `old` replaced, or about `text`."""
    assert old in SMALL
    with pytest.raises(errors.BadSettings) as caught:
        regio.parse(text or SMALL.replace(old, new, 1), source="klein.toml")
    return caught.value.problems


# what is shipped


@pytest.mark.parametrize(("key", "count"), SHIPPED.items())
def test_each_shipped_regio_has_its_gemeenten(key: str, count: int) -> None:
    found = shipped(key)
    assert found.key == key
    assert len(found.gemeenten) == count
    assert len({gemeente.code for gemeente in found.gemeenten}) == count
    assert found.auto_assign == {Urgentie.ACUUT, Urgentie.SPOED}
    assert found.terms == regio.Terms()


@pytest.mark.parametrize("key", SHIPPED)
def test_every_woonplaats_postcode_and_centre_leads_back_to_its_gemeente(key: str) -> None:
    found = shipped(key)
    for gemeente in found.gemeenten:
        assert found.gemeente(gemeente.naam) is gemeente
        assert found.nearest(gemeente.latitude, gemeente.longitude) == gemeente.naam
        assert all(gemeente.naam in found.by_woonplaats(place) for place in gemeente.woonplaatsen)
        assert all(gemeente.naam in found.by_postcode(str(end)) for ends in gemeente.postcodes for end in ends)


@pytest.mark.parametrize("key", SHIPPED)
def test_four_digits_belong_to_two_gemeenten_at_most(key: str) -> None:
    found = shipped(key)
    assert all(len(found.by_postcode(str(pc4))) <= 2 for pc4 in range(1000, 10000))


def test_no_file_is_shipped_that_is_not_tested() -> None:
    assert {path.stem for path in REGIOS.glob("*.toml")} == set(SHIPPED)


def test_oost_nederland_is_five_districts(oost: regio.Regio) -> None:
    counts = {name: sum(gemeente.district == name for gemeente in oost.gemeenten) for name in DISTRICTS}
    assert counts == DISTRICTS


def test_twente_is_the_same_in_both_files(twente: regio.Regio, oost: regio.Regio) -> None:
    for gemeente in twente.gemeenten:
        same = oost.gemeente(gemeente.naam)
        assert same is not None
        assert (same.code, same.postcodes, same.woonplaatsen) == (gemeente.code, gemeente.postcodes, gemeente.woonplaatsen)


@pytest.mark.parametrize(
    ("key", "place", "gemeente"),
    [
        ("twente", "Glanerbrug", "Enschede"),
        ("twente", "Markelo", "Hof van Twente"),
        ("twente", "Goor", "Hof van Twente"),
        ("twente", "Vroomshoop", "Twenterand"),
        ("twente", "De Lutte", "Losser"),
        ("twente", "Nijverdal", "Hellendoorn"),
        ("west-brabant", "Hoeven", "Halderberge"),
        ("west-brabant", "Sint Willebrord", "Rucphen"),
        ("west-brabant", "Wijk en Aalburg", "Altena"),
        ("west-brabant", "Babylonienbroek", "Altena"),
        ("west-brabant", "Prinsenbeek", "Breda"),
        ("noord-holland-noord", "Den Helder", "Den Helder"),
        ("noord-holland-noord", "Julianadorp", "Den Helder"),
        ("noord-holland-noord", "Heerhugowaard", "Dijk en Waard"),
        ("noord-holland-noord", "'t Zand", "Schagen"),
        ("noord-holland-noord", "Het Zand", "Schagen"),
        ("noord-holland-noord", "Bergen", "Bergen"),
        ("oost-nederland", "Raalte", "Raalte"),
        ("oost-nederland", "Apeldoorn", "Apeldoorn"),
        ("oost-nederland", "Zutphen", "Zutphen"),
        ("oost-nederland", "’s-Heerenberg", "Montferland"),
        ("oost-nederland", "s heerenberg", "Montferland"),
        ("oost-nederland", "BERG EN DAL", "Berg en Dal"),
        ("oost-nederland", "Marienberg", "Hardenberg"),
        ("oost-nederland", "Loo (Gld)", "Duiven"),
        ("oost-nederland", "Overbetuwe", "Overbetuwe"),
    ],
)
def test_a_woonplaats_finds_its_gemeente(key: str, place: str, gemeente: str) -> None:
    assert shipped(key).by_woonplaats(place) == (gemeente,)


@pytest.mark.parametrize(
    ("key", "postcode", "gemeenten"),
    [
        ("twente", "7511", ("Enschede",)),
        ("twente", "7511AB", ("Enschede",)),
        ("twente", " 7475 ab", ("Hof van Twente",)),
        ("twente", "7614", ("Almelo", "Tubbergen")),
        ("twente", "7549", ()),
        ("twente", "751", ()),
        ("twente", "7511A", ()),
        ("twente", "0511", ()),
        ("west-brabant", "4741", ("Halderberge",)),
        ("noord-holland-noord", "1781", ("Den Helder",)),
        ("oost-nederland", "8102", ("Raalte",)),
        ("oost-nederland", "7411", ("Deventer",)),
    ],
)
def test_a_postcode_finds_its_gemeenten(key: str, postcode: str, gemeenten: tuple[str, ...]) -> None:
    assert shipped(key).by_postcode(postcode) == gemeenten


def test_hengelo_lies_in_two_gemeenten_until_the_province_is_said(oost: regio.Regio) -> None:
    assert oost.by_woonplaats("Hengelo") == ("Hengelo", "Bronckhorst")
    assert oost.by_woonplaats("Hengelo (Gelderland)") == ("Bronckhorst",)
    assert oost.by_woonplaats("hengelo gld") == ("Bronckhorst",)
    assert oost.by_woonplaats("Hengelo (Ov)") == ("Hengelo",)
    assert oost.by_woonplaats("Hengelo, Overijssel") == ("Hengelo",)


@pytest.mark.parametrize("name", ["", " ", "-", "Amsterdam", "Laren (NH)x"])
def test_what_is_no_place_here_finds_nothing(twente: regio.Regio, name: str) -> None:
    assert twente.by_woonplaats(name) == ()
    assert twente.gemeente(name) is None


@pytest.mark.parametrize("name", ["Hof van Twente", "hof van twente", "HOF-VAN-TWENTE", "Hóf van Twente"])
def test_a_gemeente_is_found_however_it_is_written(twente: regio.Regio, name: str) -> None:
    found = twente.gemeente(name)
    assert found is not None
    assert (found.naam, found.code) == ("Hof van Twente", "GM1735")


def test_bergen_in_noord_holland_may_carry_its_province() -> None:
    found = shipped("noord-holland-noord").gemeente("Bergen (NH)")
    assert found is not None
    assert found.code == "GM0373"


@pytest.mark.parametrize(("km", "expected"), [(19.9, "Losser"), (20.1, None)])
def test_the_nearest_gemeente_is_within_20_km(twente: regio.Regio, km: float, expected: str | None) -> None:
    losser = twente.gemeente("Losser")
    assert losser is not None
    east = km / (111.2 * math.cos(math.radians(losser.latitude)))
    assert twente.nearest(losser.latitude, losser.longitude + east) == expected


# where a melding belongs


@pytest.mark.parametrize(
    ("locatie", "expected"),
    [
        (Locatie(), regio.Routing()),
        (Locatie(straat="Dorpsstraat"), regio.Routing()),
        (Locatie(postcode="geen idee"), regio.Routing()),
        (Locatie(gemeente="enschede"), regio.Routing("Enschede", candidates=("Enschede",))),
        (Locatie(gemeente="Enschede", postcode="7551"), regio.Routing("Enschede", candidates=("Enschede",))),
        (Locatie(gemeente="Zwolle", postcode="7551"), regio.Routing(outside=True)),
        (Locatie(postcode="7511AB"), regio.Routing("Enschede", candidates=("Enschede",))),
        (Locatie(postcode="7511AB", woonplaats="Almelo"), regio.Routing("Enschede", candidates=("Enschede",))),
        (Locatie(postcode="1011AB", woonplaats="Almelo"), regio.Routing(outside=True)),
        (Locatie(postcode="1011"), regio.Routing(outside=True)),
        (Locatie(postcode="7614"), regio.Routing(candidates=("Almelo", "Tubbergen"))),
        (Locatie(postcode="7614", woonplaats="Tubbergen"), regio.Routing("Tubbergen", candidates=("Tubbergen",))),
        (Locatie(postcode="7614", candidates=("Almelo",)), regio.Routing("Almelo", candidates=("Almelo",))),
        (Locatie(postcode="onleesbaar", woonplaats="Almelo"), regio.Routing("Almelo", candidates=("Almelo",))),
        (Locatie(woonplaats="Glanerbrug"), regio.Routing("Enschede", candidates=("Enschede",))),
        (Locatie(woonplaats="Haarle"), regio.Routing(candidates=("Hellendoorn", "Tubbergen"))),
        (Locatie(woonplaats="Haarle", candidates=("Tubbergen", "X")), regio.Routing("Tubbergen", candidates=("Tubbergen",))),
        (Locatie(woonplaats="Haarle", candidates=("Zwolle",)), regio.Routing(candidates=("Hellendoorn", "Tubbergen"))),
        (Locatie(woonplaats="Amsterdam"), regio.Routing(outside=True)),
        (Locatie(candidates=("Borne", "Zwolle")), regio.Routing("Borne", candidates=("Borne",))),
        (Locatie(candidates=("Borne", "Losser")), regio.Routing(candidates=("Borne", "Losser"))),
        (Locatie(candidates=("Zwolle", "Kampen")), regio.Routing(outside=True)),
    ],
)
def test_the_surest_part_of_a_place_decides(twente: regio.Regio, locatie: Locatie, expected: regio.Routing) -> None:
    assert twente.route(locatie) == expected


def test_hengelo_needs_a_person_in_oost_nederland_but_not_in_twente(twente: regio.Regio, oost: regio.Regio) -> None:
    assert oost.route(Locatie(woonplaats="Hengelo")) == regio.Routing(candidates=("Hengelo", "Bronckhorst"))
    assert twente.route(Locatie(woonplaats="Hengelo")).gemeente == "Hengelo"


# reading a file


def test_a_file_is_read_and_what_it_leaves_out_has_a_default() -> None:
    found = regio.parse(SMALL, source="klein.toml")
    assert (found.naam, found.telefoon, found.aanspreekvorm) == ("Klein", "", regio.Aanspreekvorm.U)
    assert found.kantooruren.days == {0, 1}
    assert f"{found.kantooruren.opens:%H:%M}-{found.kantooruren.closes:%H:%M}" == "09:00-12:30"
    assert found.terms.acknowledge[Urgentie.SPOED] == Term(minutes=30)
    assert found.terms.acknowledge[Urgentie.ACUUT] == Term(minutes=5)
    assert found.terms.first_look == regio.Terms().first_look
    assert found.gemeenten[0].postcodes == ((7511, 7548), (7550, 7550))
    assert (found.gemeenten[0].netnummer, found.gemeenten[1].netnummer) == ("053", "")
    assert found.by_postcode("7550") == ("Enschede", "Hengelo")


def test_terms_without_a_file_are_those_of_the_guide() -> None:
    look, acknowledge = regio.Terms().first_look, regio.Terms().acknowledge
    assert [acknowledge[u] for u in (Urgentie.ACUUT, Urgentie.SPOED)] == [Term(minutes=5), Term(minutes=60)]
    assert [look[u] for u in (Urgentie.ACUUT, Urgentie.SPOED)] == [Term(minutes=15), Term(working_minutes=240)]
    for terms in (look, acknowledge):
        assert [terms[u] for u in (Urgentie.REGULIER, Urgentie.ADVIES)] == [Term(working_days=1), Term(working_days=5)]
        assert Urgentie.GEEN not in terms


def test_a_regio_may_say_je_give_a_phone_number_and_assign_nothing_by_itself() -> None:
    head = 'telefoon = "0800-1205"\naanspreekvorm = "je"\nautomatisch_toewijzen = []\n'
    found = regio.parse(head + SMALL, source="klein.toml")
    assert (found.telefoon, found.aanspreekvorm, found.auto_assign) == ("0800-1205", regio.Aanspreekvorm.JE, frozenset())


def test_without_office_hours_the_usual_ones_hold() -> None:
    text = SMALL.replace(SMALL[SMALL.index("[kantooruren]") : SMALL.index("[termijnen")], "")
    assert regio.parse(text, source="x").kantooruren == OfficeHours()


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("1 minuut", Term(minutes=1)),
        ("2 uur", Term(minutes=120)),
        ("1 werkuur", Term(working_minutes=60)),
        ("4 werkuren", Term(working_minutes=240)),
        ("1 werkdag", Term(working_days=1)),
        ("5 werkdagen", Term(working_days=5)),
    ],
)
def test_a_term_is_written_in_words(said: str, term: Term) -> None:
    found = regio.parse(SMALL.replace("30 minuten", said), source="klein.toml")
    assert found.terms.acknowledge[Urgentie.SPOED] == term


@pytest.mark.parametrize(
    ("old", "new", "line", "wrong"),
    [
        ('key = "klein"', 'key = "Klein!"', 1, "key 'Klein!' kan niet"),
        ('key = "klein"', "key = 3", 1, "'key' moet een tekst zijn"),
        ('naam = "Klein"', "", 1, "'naam' ontbreekt"),
        ('naam = "Klein"', 'naam = " "', 2, "'naam' moet een tekst zijn"),
        ('naam = "Klein"', 'naam = "K"\nkleur = "rood"', 3, "de sleutel 'kleur' is onbekend"),
        ('naam = "Klein"', 'naam = "K"\ntelefoon = 112', 3, "'telefoon' moet een tekst zijn"),
        ('naam = "Klein"', 'naam = "K"\naanspreekvorm = "gij"', 3, "aanspreekvorm 'gij' kan niet"),
        ('naam = "Klein"', 'naam = "K"\naanspreekvorm = 1', 3, "'aanspreekvorm' moet een tekst zijn"),
        ('naam = "Klein"', 'naam = "K"\nautomatisch_toewijzen = ["rood"]', 3, "urgentie 'rood' is onbekend"),
        ('naam = "Klein"', 'naam = "K"\nautomatisch_toewijzen = "spoed"', 3, "'automatisch_toewijzen' moet een lijst"),
        ("[kantooruren]", "[kantoren]", 4, "de sleutel 'kantoren' is onbekend"),
        ('dagen = ["maandag", "dinsdag"]', 'dagen = ["maandag",\n"zondagg"]', 6, "dag 'zondagg' is onbekend"),
        ('dagen = ["maandag", "dinsdag"]', "dagen = []", 5, "'dagen' moet een lijst"),
        ('van = "09:00"', 'van = "9:00"', 6, "'9:00' is geen tijd"),
        ('van = "09:00"', 'van = ""', 6, "'' is geen tijd"),
        ('van = "09:00"', "van = 9", 6, "'van' moet een tekst zijn"),
        ('tot = "12:30"', 'tot = "24:00"', 7, "'24:00' is geen tijd"),
        ('tot = "12:30"', 'tot = "09:00"', 6, "van 09:00 is niet voor tot 09:00"),
        ('tot = "12:30"', 'tott = "12:30"', 7, "de sleutel 'tott' is onbekend"),
        ("[termijnen.oppakken]", "[termijnen.opeten]", 9, "de sleutel 'opeten' is onbekend"),
        ("spoed =", "geen =", 10, "de sleutel 'geen' is onbekend"),
        ("30 minuten", "0 minuten", 10, "termijn '0 minuten' is nul"),
        ("30 minuten", "-3 minuten", 10, "'-3 minuten' is geen termijn"),
        ("30 minuten", "gauw", 10, "'gauw' is geen termijn"),
        ('"30 minuten"', "30", 10, "'spoed' moet een tekst zijn"),
        ('[termijnen.oppakken]\nspoed = "30 minuten"', "[termijnen]\noppakken = 3", 10, "'oppakken' moet een tabel zijn"),
        ('naam = "Enschede"', "", 12, "'naam' ontbreekt"),
        ('code = "GM0164"', "", 23, "'code' ontbreekt"),
        ('naam = "Hengelo"', 'naam = "enschede"', 24, "gemeente 'enschede' staat er twee keer in"),
        ('code = "GM0164"', 'code = "0164"', 25, "code '0164' kan niet"),
        ('netnummer = "053"', 'netnummer = "53"', 15, "netnummer '53' kan niet"),
        ('netnummer = "053"', 'inwoners = "9"', 15, "de sleutel 'inwoners' is onbekend"),
        ('woonplaatsen = ["Hengelo"]', "woonplaatsen = [1]", 26, "'woonplaatsen' moet een lijst"),
        ('    "7550",', '    "75-50",', 19, "'75-50' is geen reeks postcodes"),
        ('    "7550",', '    "0550",', 19, "'0550' is geen reeks postcodes"),
        ('    "7550",', '    "7560-7550",', 19, "reeks '7560-7550' loopt terug"),
        ('postcodes = ["7550-7559"]', "postcodes = []", 27, "'postcodes' moet een lijst"),
        ("[52.265, 6.793]", "[6.793, 52.265]", 28, "het punt 6.793, 52.265 ligt niet in Nederland"),
        ("[52.265, 6.793]", "[52.265, 8.1]", 28, "het punt 52.265, 8.1 ligt niet in Nederland"),
        ("[52.265, 6.793]", "[54.1, 6.8]", 28, "het punt 54.1, 6.8 ligt niet in Nederland"),
        ("[52.265, 6.793]", "[52.265]", 28, "'midden' moet uit twee getallen bestaan"),
        ("[52.265, 6.793]", "[true, false]", 28, "'midden' moet uit twee getallen bestaan"),
        ("[52.265, 6.793]", "[52.265, 6.793", 28, "dit is geen geldige TOML"),
        ('naam = "Klein"', 'naam = "Klein', 2, "dit is geen geldige TOML"),
        ('naam = "Klein"', 'naam = "K"\nnaam = "L"', 3, "dit staat er al eerder in"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_how_to_mend_it(old: str, new: str, line: int, wrong: str) -> None:
    (problem,) = problems(old, new)
    assert problem.startswith(f"klein.toml, regel {line}: {wrong}")
    assert "\n" not in problem
    assert len(problem.split(". ", 1)[1]) > 10


def test_a_mistake_in_a_dotted_key_or_an_inline_table_has_its_line_too() -> None:
    loose = SMALL[SMALL.index("[[gemeenten]]") :]
    head = 'key = "k"\nnaam = "K"\nkantooruren.van = "9"\ntermijnen = { bekijken = { spoed = "nu" } }\n'
    assert [problem.split(":")[0] for problem in problems(text=head + loose)] == ["klein.toml, regel 3", "klein.toml, regel 4"]


@pytest.mark.parametrize("tail", ["", "gemeenten = []\n"])
def test_a_regio_without_gemeenten_is_refused(tail: str) -> None:
    (problem,) = problems(text=f'key = "leeg"\nnaam = "Leeg"\n{tail}')
    assert "er staan geen gemeenten in" in problem


def test_gemeenten_that_are_no_tables_are_refused() -> None:
    (problem,) = problems(text='key = "leeg"\nnaam = "Leeg"\ngemeenten = ["Almelo"]\n')
    assert problem.startswith("klein.toml, regel 3: 'gemeenten' moet uit tabellen bestaan")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace("Klein", "").replace("09:00", "9 uur").replace("GM0153", "153").replace("7550-7559", "7559-7550")
    lines = [problem.split(":")[0] for problem in problems(text=text)]
    assert lines == [f"klein.toml, regel {number}" for number in (2, 6, 14, 27)]
