import pytest

from nlp.rules import inflect, lexicon


@pytest.mark.parametrize(
    ("infinitive", "strong", "forms"),
    [
        ("wurgen", "", {"wurg", "wurgt", "wurgen", "gewurgd"}),
        ("trappen", "", {"trap", "trapt", "trappen", "getrapt"}),
        ("dreigen", "", {"dreig", "dreigt", "dreigen", "gedreigd"}),
        ("weigeren", "", {"weiger", "weigert", "geweigerd"}),
        ("zwerven", "zwierf zwierven gezworven", {"zwerf", "zwerft", "gezworven"}),
        ("slaan", "=sla =slaat sloeg sloegen geslagen", {"sla", "slaat", "slaan", "geslagen"}),
        ("beuken", "", {"gebeukt"}),
        ("bedreigen", "", {"bedreigd"}),
    ],
)
def test_a_verb_has_its_forms(infinitive: str, strong: str, forms: set[str]) -> None:
    assert forms <= inflect.verb(infinitive, strong.split()).forms


def test_compounds_are_every_part_with_every_head() -> None:
    assert {"broodmes", "brood mes", "zakmes"} <= set(inflect.compounds(["mes"], ["brood", "zak"]))


@pytest.mark.parametrize(
    "text", ["hij slaat hem neer", "hij wil hem neerslaan", "hij heeft hem neergeslagen", "om hem neer te slaan"]
)
def test_a_separable_verb_is_found_apart_and_together(text: str) -> None:
    found = lexicon.build(
        {}, {}, [], {"x.toml": '[[regel]]\nsoort = "signaal"\nnaam = "geweld"\nzinnen = ["neer~slaan"]\n'},
        verbs=inflect.verbs({"slaan": "=sla =slaat sloeg sloegen geslagen"}),
    )  # fmt: skip
    assert found.matcher.find(text.split(), [0] * len(text.split()))
