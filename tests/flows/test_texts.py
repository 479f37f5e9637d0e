"""Every text that flows can say is in the catalogue, says only what it is given, and keeps the tone; and none is unused."""

import itertools
import logging
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

from bot.render import Renderer
from flows.assessment import MelderRole, Thema, Urgentie
from flows.melding import Status
from flows.messages import Argument, Moment, Text
from flows.people import Role
from flows.report import Anonymity
from tests.text_uses import FAMILIES, HEAD, ROOT, STAFF, uses

CATALOGUE = (ROOT / "texts" / "nl.ftl").read_text("utf-8")
NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
MOMENT = Moment(NOW + timedelta(days=3))
VALUES: Mapping[str, tuple[Argument, ...]] = {
    "urgentie": (*map(str, Urgentie), "unread"),
    "gemeente": ("Noordoostpolder",),
    "busy": ("yes", "no"),
    "late": ("yes", "no"),
    "thema": tuple(map(str, Thema)),
    "on": ("yes", "no"),
    "place": ("yes", "no"),
    "who": ("regievoerder Enschede",),
    "due": (MOMENT,),
    "status": tuple(map(str, Status)),
    "role": (*map(str, Role), *map(str, MelderRole), "unknown"),
    "anonymity": tuple(map(str, Anonymity)),
    "count": (0, 1, 2),
    "number": ("M-2026-000042",),
    "name": ("nietvoormij",),
    "at": (MOMENT,),
    "received": (MOMENT,),
    "hours": ("op werkdagen van 8.30 tot 17.00 uur",),
}
NUMBERS = {"id", "minutes", "files", "total", "first", "last"}


USES = tuple(uses())
USED = {name for use in USES for name in use.names}
ENTRIES = {entry.id.name: entry for entry in parse(CATALOGUE).body if isinstance(entry, ftl.Message)}


class References(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


def references(name: str) -> tuple[set[str], set[str]]:
    """Arguments and other messages that this message needs, through and through."""
    seen = References()
    seen.visit(ENTRIES[name])
    variables, messages = set(seen.variables), set(seen.messages)
    for other in seen.messages:
        more, deeper = references(other)
        variables |= more
        messages |= deeper
    return variables, messages


def given_to(name: str) -> frozenset[str]:
    """What every place that says this text gives, and what the renderer makes of it."""
    own = [use for use in USES if name in use.names]
    given = frozenset.intersection(*(use.given for use in own))
    moments = frozenset.intersection(*(use.moments for use in own))
    ages = {"age"} if "minutes" in given else set()
    return given | {f"{moment}-{part}" for moment in moments for part in ("day", "time")} | ages


def filled(name: str) -> Iterator[Text]:
    """The text with every combination of what can stand in it."""
    own = [use for use in USES if name in use.names]
    given = sorted({argument for use in own for argument in use.given})
    always = frozenset.intersection(*(use.moments for use in own))
    absent = {argument for use in own for argument in use.absent} | {"gemeente"}
    options = [values_of(argument, always=argument in always, absent=argument in absent) for argument in given]
    for chosen in itertools.product(*options):
        yield Text(name, dict(zip(given, chosen, strict=True)))


def values_of(argument: str, *, always: bool, absent: bool) -> tuple[Argument, ...]:
    if always:
        return (MOMENT,)
    values = (7,) if argument in NUMBERS else VALUES.get(argument, ("woorden",))
    return (*values, "none") if absent else values


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer({"nl": CATALOGUE}, lambda: NOW)


@pytest.fixture(scope="module")
def said(renderer: Renderer) -> Mapping[str, set[str]]:
    return {name: {renderer.text(text)[1] for text in filled(name)} for name in sorted(USED & ENTRIES.keys())}


def test_the_catalogue_can_be_read() -> None:
    assert not [entry.content for entry in parse(CATALOGUE).body if isinstance(entry, ftl.Junk)]
    names = re.findall(r"^([a-z][\w-]*) =", CATALOGUE, re.MULTILINE)
    assert sorted(names) == sorted(set(names)), "a name stands in it twice"


def test_each_text_that_is_said_exists() -> None:
    assert not [(use.where, name) for use in USES for name in sorted(use.names - ENTRIES.keys())]


def test_no_text_is_unused() -> None:
    needed = USED | {other for name in USED & ENTRIES.keys() for other in references(name)[1]}
    assert sorted(ENTRIES.keys() - needed) == []


def test_every_family_of_names_is_in_use() -> None:
    assert [template for (template, _), members in FAMILIES.items() if not members] == []
    for (template, _), members in FAMILIES.items():
        prefix = template.split("{}", 1)[0]
        assert {prefix + str(member) for member in members} <= USED, template


@pytest.mark.parametrize("name", sorted(USED & ENTRIES.keys()))
def test_a_text_asks_for_no_argument_that_is_not_given(name: str) -> None:
    assert references(name)[0] - given_to(name) == set()


@pytest.mark.parametrize("name", sorted(USED & ENTRIES.keys()))
def test_a_text_can_be_said_with_everything_it_may_be_given(
    name: str, renderer: Renderer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        for text in filled(name):
            words = renderer.text(text)[1]
            assert not re.search(r"none|unread|\{|\}|\$|  |\bNone\b| \.| ,", words), words
            assert words.strip() == words != ""
    assert not caplog.messages


def test_what_a_person_wrote_fits_however_long_it_is(renderer: Renderer) -> None:
    for name in ("summary-story", "dossier-story"):
        assert "'" * 5000 in renderer.text(Text(name, {"story": "'" * 5000}))[1]
    assert "x" * 5000 in renderer.text(Text("melder-question", {"number": "M", "question": "x" * 5000}))[1]


FORBIDDEN = re.compile(
    r"helaas|verwarde (persoon|man|vrouw|mens)|klacht|dader|\bgeval(len)?\b|patiënt|gestoord|psychisch|overlastgever|"
    r"fijn|leuk|super|garand|beloven|beloofd|\bsorry\b|bijv\.|m\.b\.t|d\.w\.z|z\.s\.m|\bjij\b|\bjouw\b|\bje\b|!",
    re.IGNORECASE,
)


def test_no_text_holds_a_word_we_do_not_use(said: Mapping[str, set[str]]) -> None:
    assert not [(name, found[0]) for name, texts in said.items() for text in texts if (found := FORBIDDEN.search(text))]


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?:])\s+|\n| · ", text) if sentence.strip()]


def test_sentences_are_short(said: Mapping[str, set[str]]) -> None:
    lengths = {s: len(s.split()) for texts in said.values() for text in texts for s in sentences(text)}
    assert not [sentence for sentence, length in lengths.items() if length > 20]
    assert sum(lengths.values()) / len(lengths) < 10


def test_a_text_asks_one_thing(said: Mapping[str, set[str]]) -> None:
    """Besides the standing "Is er nu gevaar?" and its like, which are answered by calling."""
    standing = re.compile(
        r"Is er (nu )?gevaar\?|Denkt u zelf aan zelfmoord\?|Gaat het over zelfmoord\?|Wordt het erger\?|"
        r"Verandert het\?|Ziet u het opnieuw\?|Wilt u dat niet\?|Danger now\?|Maakt u zich zorgen over een persoon\?"
    )
    assert not [name for name, texts in said.items() for text in texts if standing.sub("", text).count("?") > 1]


def test_labels_fit_a_button(said: Mapping[str, set[str]], renderer: Renderer) -> None:
    labels = {name for use in USES if use.label for name in use.names}
    assert {"summary-send", "answer-unknown", "urgentie-acuut", "card-called", "command-melden"} <= labels
    assert not [(name, text) for name in labels for text in said[name] if len(text) > 30 or "\n" in text]
    assert not [name for name in labels for text in filled(name) if "<" in renderer.text(text)[0]]


def test_only_bold_is_marked_up() -> None:
    assert set(re.findall(r"<[^>]*>", CATALOGUE)) == {"<b>", "</b>"}
    assert "&" not in CATALOGUE


def test_the_opening_says_what_must_be_known_first(said: Mapping[str, set[str]]) -> None:
    (opening,) = said["opening"]
    for must in ("112", "113", "0800-0113", "op werkdagen van 8.30 tot 17.00 uur", "/privacy", "meteen door"):
        assert must in opening
    assert opening.index("112") < opening.index("werkdagen")


def test_the_card_begins_with_112(said: Mapping[str, set[str]]) -> None:
    assert {text[:11] for text in said["card-112"]} == {"Bel nu 112."}


NOTICES = ("alarm-acute", "alarm-unread", "arrival", "assigned", "late", "taken", "more", "risen", "answered-told")


@pytest.mark.parametrize("name", [*NOTICES, "withdraw-wish", "withdrawn-told", "melder-gone"])
def test_a_notice_to_staff_is_given_no_content(name: str) -> None:
    assert given_to(name) <= HEAD | {"busy", "minutes", "age", "due", "due-day", "due-time", "who"}
    assert "number" in references(name)[0]


@pytest.mark.parametrize("role", STAFF)
def test_help_names_what_this_role_can_do(role: Role, said: Mapping[str, set[str]]) -> None:
    from flows.meldpunt.commands import COMMANDS
    from flows.people import RIGHTS

    (words,) = said[f"staff-help-{role}"]
    shown = set(re.findall(r"^/(\w+)", words, re.MULTILINE))
    may = {name for name, command in COMMANDS.items() if command.right is None or command.right in RIGHTS[role]}
    same = {"start", "ik", "terug"} | ({"kijk"} if role not in {Role.MEDEWERKER, Role.COORDINATOR} else set())
    assert shown == may - same
