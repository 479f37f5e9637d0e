"""Names of people as chat writes them, and what looks like one and is none."""

import pytest

from flows.errors import BadSettings
from nlp.privacy import lists
from nlp.privacy.names import read_weights
from nlp.triage import DutchTriage


@pytest.mark.parametrize(
    ("text", "veilig"),
    [
        ("mn buurman achmed schreeuwt", "mn buurman [persoon] schreeuwt"),
        ("ome sjaak is er weer", "ome [persoon] is er weer"),
        ("tonny van hierboven gooit met spullen", "[persoon] van hierboven gooit met spullen"),
        ("mw el khatib doet niet open", "mw [persoon] doet niet open"),
        ("henk jansen uit de kerkstraat 12", "[persoon] uit de [adres]"),
        ("het gaat om mijn broer Mehmet Yıldız en zijn hond", "het gaat om mijn broer [persoon] en zijn hond"),
        ("Mevrouw Wilhelmina Schouten-Pel is 76", "Mevrouw [persoon] is 76"),
        ("de heer te Winkel belt", "de heer [persoon] belt"),
        ("zijn dochter Merel de Bie weet ervan", "zijn dochter [persoon] weet ervan"),
        ("Met vriendelijke groet,\nJ.P. van 't Hooft", "Met vriendelijke groet,\n[persoon]"),
        ("dossier van mijn ex R. Ferrier graag", "dossier van mijn ex [persoon] graag"),
        ("IK BEN MAARTEN HELP MIJ NU", "IK BEN [persoon] HELP MIJ NU"),
        ("Мій сусід Андрій кричить", "Мій сусід [persoon] кричить"),
        ("opa Jan van 90 belt steeds", "opa [persoon] van 90 belt steeds"),
    ],
)
def test_a_name_is_hidden_whole_and_nothing_else(dutch: DutchTriage, text: str, veilig: str) -> None:
    assert dutch.read(text).veilig == veilig


@pytest.mark.parametrize(
    "text",
    [
        "ik hoop dat mei droog is",
        "er was storm en er viel een boom",
        "de roos bloeit, de beer slaapt en de bakker is open",
        "hij komt eind jan terug",
        "bij Albert Heijn op de hoek",
        "opvang in Ter Apel zit vol",
        "oefening bij de Willem-Alexanderkazerne",
        "elke ochtend wil ze weg",
        "",
        " \n",
        "Wir haben den Mann auf der Straße gesehen und die Polizei ist da",
    ],
)
def test_what_looks_like_a_name_stays(dutch: DutchTriage, text: str) -> None:
    assert dutch.read(text).veilig == text


def test_a_name_that_is_known_is_hidden_in_lower_case_too(dutch: DutchTriage) -> None:
    assert dutch.read("Jan's hond blaft. En jan slaapt").veilig == "[persoon] hond blaft. En [persoon] slaapt"


def test_a_date_stays_where_a_name_is_the_same_word(dutch: DutchTriage) -> None:
    assert dutch.read("mijn buurman Jan komt 12 jan terug").veilig == "mijn buurman [persoon] komt 12 jan terug"


@pytest.mark.parametrize(
    ("text", "veilig"),
    [
        ("dhr. geb. 3 mei '88 te Ede", "dhr. geb. [geboortedatum] te Ede"),
        ("R. Lammers, 182736459, woont alleen", "[persoon], [bsn], woont alleen"),
        ("ons zaaknummer 182736459 graag vermelden", "ons zaaknummer 182736459 graag vermelden"),
        ("der Lkw BOR-KL 2210 steht quer", "der Lkw [kenteken] steht quer"),
        ("bel 0900-8844 als het erger wordt", "bel 0900-8844 als het erger wordt"),
    ],
)
def test_forms_that_are_easily_missed_or_taken_for_another(dutch: DutchTriage, text: str, veilig: str) -> None:
    assert dutch.read(text).veilig == veilig


@pytest.mark.parametrize(
    ("namen", "woorden", "wrong"),
    [
        ("jan\tV\npiet\tQ\n", "de\t3\n", "namen.tsv:2"),
        ("piet\tV\njan\tV\n", "de\t3\n", "namen.tsv:2"),
        ("jan\tV\n", "de\n", "woorden.tsv:1"),
    ],
)
def test_a_mistake_in_a_list_is_told_with_its_line(namen: str, woorden: str, wrong: str) -> None:
    with pytest.raises(BadSettings, match=wrong):
        lists.build(namen, woorden, ())


def test_a_mistake_in_the_weights_is_told_with_its_line() -> None:
    with pytest.raises(BadSettings, match=r"names\.tsv:2") as caught:
        read_weights("*bias\t0\np1=de\tveel\n")
    assert "*threshold" in str(caught.value)


@pytest.mark.parametrize(
    ("word", "kind", "band", "person"),
    [
        ("jan", "V", 0, True),
        ("gerrit-jan", "V", 0, True),
        ("jan-kazerne", "-", 0, False),
        ("jan's", "V", 0, True),
        ("de", "-", 3, False),
    ],
)
def test_what_the_lists_know_of_a_word(word: str, kind: str, band: int, person: bool) -> None:
    known = lists.build("gerrit\tV\njan\tV\n", "de\t3\n", ()).word(word)
    assert (known.kind, known.band, known.person) == (kind, band, person)


def test_letters_are_folded_as_the_lists_spell() -> None:
    assert [lists.fold(word) for word in ("Yıldız", "Stanisław", "Gré", "Ömer")] == ["yildiz", "stanislaw", "gre", "omer"]
