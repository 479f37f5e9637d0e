"""How redaction is measured, and that the weights can be learned again."""

from flows.assessment import Betreft, MelderRole, PersonalData, Urgentie
from nlp.lab import train_names
from nlp.lab.corpus import Example, Part, plain
from nlp.lab.privacy_figures import measure
from nlp.privacy.names import read_weights
from nlp.privacy.redactor import Redactor
from nlp.rules.lexicon import table
from nlp.where.addresses import Addresses


def _example(marked: str, name: str = "a-0001") -> Example:
    text, pii = plain(marked)
    return Example(
        id=name, part=Part.TRAIN, bron=MelderRole.BUUR, taal="nl", text=text, urgentie=Urgentie.GEEN, themas=frozenset(),
        signalen={}, betreft=Betreft.ANDER, locatie={}, pii=pii, tags=frozenset(),
    )  # fmt: skip


def test_half_a_name_hidden_is_a_name_shown() -> None:
    example = _example("dhr. [[persoon:Jan de Wit]] belt")
    half = measure([example], lambda _: [PersonalData(5, 8, "persoon")])
    whole = measure([example], lambda _: [PersonalData(0, 15, "persoon")])
    assert (half.recall, half.precision) == (0.0, 1.0)
    assert (whole.recall, whole.precision) == (1.0, 1.0)
    assert [(mistake.missed, mistake.value) for mistake in half.mistakes] == [(True, "Jan de Wit")]


def test_the_kind_does_not_matter_and_parts_add_up() -> None:
    example = _example("[[persoon:Jan de Wit]] en [[telefoon:0612345678]]")
    figures = measure(
        [example], lambda _: [PersonalData(0, 3, "adres"), PersonalData(4, 10, "persoon"), PersonalData(14, 24, "bsn")]
    )
    assert figures.recalls == {"persoon": 1.0, "telefoon": 1.0}
    assert (figures.hidden, figures.right) == (3, 3)


def test_what_is_hidden_without_reason_costs_precision_once() -> None:
    figures = measure([_example("de bakker is open")], lambda _: [PersonalData(3, 6, "persoon"), PersonalData(6, 9, "adres")])
    assert (figures.hidden, figures.right, figures.recall) == (1, 0, 1.0)


def test_weights_are_learned_from_train_and_the_same_each_time() -> None:
    examples = [
        *(
            _example(f"mijn buurman [[persoon:{name}]] schreeuwt", f"a-{at:04}")
            for at, name in enumerate(["Xaro", "Quill", "Vorn"] * 3)
        ),
        *(_example(f"de {word} staat Open", f"b-{at:04}") for at, word in enumerate(["Winkel", "Kraam", "Deur"] * 3)),
    ]
    start = read_weights("*bias\t0\n*threshold\t0.5\n")
    redactor = Redactor(table("names.toml"), Addresses(table("places.toml")["straten"]), start)
    learned = train_names.train(examples, redactor, ["zorvan", "brimmel"])
    assert learned == train_names.train(examples, redactor, ["zorvan", "brimmel"])
    weights = read_weights(learned)
    assert weights.values["p1=buurman"] > 0 > weights.values["p1=de"]
