import pytest

from nlp.triage import DutchTriage


@pytest.mark.parametrize(
    ("text", "soort", "secret"),
    [
        ("mevrouw Jansen is in de war", "persoon", "Jansen"),
        ("mijn buurman fatih schreeuwt", "persoon", "fatih"),
        ("volgens agnieszka gaat het slecht", "persoon", "agnieszka"),
        ("dhr. B. de Vries doet niet open", "persoon", "B. de Vries"),
        ("hij woont op kerkstraat 12", "adres", "kerkstraat 12"),
        ("postcode 7511AB", "postcode", "7511AB"),
        ("bel me op 06-12345678", "telefoon", "06-12345678"),
        ("bel +31 6 1234 5678 graag", "telefoon", "+31 6 1234 5678"),
        ("mail a.b@voorbeeld.nl", "email", "a.b@voorbeeld.nl"),
        ("bsn 111222333", "bsn", "111222333"),
        ("rekening NL91 ABNA 0417 1643 00", "iban", "NL91 ABNA 0417 1643 00"),
        ("busje met VK-619-R voor de deur", "kenteken", "VK-619-R"),
        ("geboren 12-03-1956 te Almelo", "geboortedatum", "12-03-1956"),
        ("hij is van 3 mei 1949 en woont alleen", "geboortedatum", "3 mei 1949"),
        ("mevrouw (1979-08-30) is niet thuis", "geboortedatum", "1979-08-30"),
        ("zie @piet_1956 op insta", "account", "@piet_1956"),
    ],
)
def test_personal_data_is_hidden(dutch: DutchTriage, text: str, soort: str, secret: str) -> None:
    read = dutch.read(text)
    assert [(text[span.start : span.eind], span.soort) for span in read.pii] == [(secret, soort)]
    assert secret not in read.veilig
    assert f"[{soort}]" in read.veilig


@pytest.mark.parametrize(
    "text",
    [
        "sinds 12 jan is het erger",
        "sinds 3 mei 2026 is ze weg",
        "een roos in de tuin",
        "jan en alleman",
        "de wijkagent van Hengelo",
        "mevrouw is in de war",
    ],
)
def test_what_is_no_person_stays(dutch: DutchTriage, text: str) -> None:
    assert dutch.read(text).veilig == text


def test_a_name_is_hidden_everywhere_once_it_is_known(dutch: DutchTriage) -> None:
    assert "Roos" not in dutch.read("mijn buurvrouw Roos is boos. Help Roos").veilig


def test_a_surname_that_is_also_a_word_is_hidden_behind_a_first_name(dutch: DutchTriage) -> None:
    assert dutch.read("bel henk jansen maar even").veilig == "bel [persoon] maar even"
