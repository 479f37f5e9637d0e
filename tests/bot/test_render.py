"""Names become words: escaping, moments in Dutch, long and hostile arguments, and a message that is never lost."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import dutch, render
from bot.channels.rendered import Button
from bot.render import Renderer
from flows.messages import Argument, Choice, ConversationKey, Moment, Outgoing, Text, say

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # vrijdag, 9.00 uur in Amsterdam
TEXTS = """
plain = Gewoon.
bold = <b>Nummer</b> { $number }
quote = U zei “{ $story }” en dat is alles.
when = Lees { $due-day } voor { $due-time }, dus { $due }.
old = { $age } oud
maybe = { $due ->
    [none] geen termijn
   *[other] voor { $due }
    }
valueless =
    .label = niets
"""
LANE = ConversationKey("web", "own", "1")


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer({"nl": TEXTS, "fy": "plain = Gewoan."}, lambda: NOW)


def test_arguments_are_escaped_in_html_and_as_written_in_plain(renderer: Renderer) -> None:
    marked, plain = renderer.text(say("bold", number='<b>1</b> & "2"'))
    assert marked == "<b>Nummer</b> &lt;b&gt;1&lt;/b&gt; &amp; &quot;2&quot;"
    assert plain == 'Nummer <b>1</b> & "2"'


def test_braces_in_an_argument_are_only_braces(renderer: Renderer) -> None:
    assert renderer.text(say("quote", story="{ $number } { bold }"))[1] == "U zei “{ $number } { bold }” en dat is alles."


@pytest.mark.parametrize("story", ["x" * 20_000, "<" * 5_000, "\N{FACE WITH OPEN MOUTH}" * 4_096])
def test_a_long_story_is_said_whole(renderer: Renderer, story: str) -> None:
    assert renderer.text(say("quote", story=story))[1] == f"U zei “{story}” en dat is alles."


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "Lees vandaag voor 9.00 uur, dus vandaag 9.00 uur."),
        (NOW - timedelta(days=1), "Lees gisteren voor 9.00 uur, dus gisteren 9.00 uur."),
        (NOW + timedelta(hours=15), "Lees morgen voor 0.00 uur, dus morgen 0.00 uur."),
        (NOW + timedelta(days=3, minutes=5), "Lees maandag 23 november voor 9.05 uur, dus maandag 23 november 9.05 uur."),
        (NOW + timedelta(days=45), "Lees maandag 4 januari 2027 voor 9.00 uur, dus maandag 4 januari 2027 9.00 uur."),
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "Lees woensdag 1 juli voor 12.00 uur, dus woensdag 1 juli 12.00 uur."),
    ],
)
def test_a_moment_is_said_on_the_clock_of_amsterdam(renderer: Renderer, at: datetime, words: str) -> None:
    assert renderer.text(say("when", due=Moment(at)))[0] == words


def test_a_moment_may_also_be_none(renderer: Renderer) -> None:
    assert renderer.text(say("maybe", due="none"))[0] == "geen termijn"
    assert renderer.text(say("maybe", due=Moment(NOW)))[0] == "voor vandaag 9.00 uur"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-3, "0 minuten"),
        (0, "0 minuten"),
        (1, "1 minuut"),
        (59, "59 minuten"),
        (60, "1 uur"),
        (179, "2 uur"),
        (47 * 60 + 59, "47 uur"),
        (48 * 60, "2 dagen"),
        (40 * 24 * 60, "40 dagen"),
    ],
)
def test_minutes_become_an_age(renderer: Renderer, minutes: int, words: str) -> None:
    assert dutch.age(minutes) == words
    assert renderer.text(say("old", minutes=minutes))[0] == f"{words} oud"


def test_control_characters_go_and_line_breaks_stay() -> None:
    assert render.tame("a\0b\x1bc\x9fd\te\r\nf\u2028g\ud800h") == "abcd\te\nf\ngh"


def test_emoji_keep_their_joiners() -> None:
    family = "\U0001f469\u200d\U0001f467"
    assert render.tame(family) == family


def test_a_turned_quote_cannot_turn_our_own_words(renderer: Renderer) -> None:
    _, plain = renderer.text(say("quote", story="nu \u202eneewt\u2066 drie"))
    assert plain == "U zei “nu neewt drie” en dat is alles."


def test_each_line_of_right_to_left_text_is_isolated() -> None:
    assert render.tame("\u05d0\u05d1\ndrie\n\u0627") == "\u2068\u05d0\u05d1\u2069\ndrie\n\u2068\u0627\u2069"


@given(st.text())
def test_isolates_are_balanced_in_every_line(text: str) -> None:
    for line in render.tame(text).split("\n"):
        opened = line.count(render.ISOLATE)
        assert opened == line.count(render.END_ISOLATE) <= 1
        assert not render.TURNING & set(line.strip(render.ISOLATE + render.END_ISOLATE))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (say("absent"), "absent"),
        (say("absent", number="M-1 <x>", count=2), "absent: M-1 <x> · 2"),
        (say("bold"), "bold"),
        (say("bold", other="y"), "bold: y"),
        (say("valueless"), "valueless"),
    ],
)
def test_a_broken_text_is_still_a_message_and_the_log_holds_its_name_only(
    renderer: Renderer, caplog: pytest.LogCaptureFixture, text: Text, words: str
) -> None:
    with caplog.at_level(logging.ERROR):
        marked, plain = renderer.text(text)
    assert plain == words
    assert "<x>" not in marked
    assert caplog.messages == [f"text missing or broken: {text.name}"]


def test_another_language_is_said_in_dutch_where_it_has_no_words(renderer: Renderer) -> None:
    assert renderer.text(say("plain"), "fy")[0] == "Gewoan."
    assert renderer.text(say("bold", number="1"), "fy")[1] == "Nummer 1"
    assert renderer.text(say("plain"), "en")[0] == "Gewoon."


def test_a_label_is_one_plain_line(renderer: Renderer) -> None:
    assert renderer.label(say("bold", number="a\nb & c")) == "Nummer a b & c"


def outgoing(*texts: Text, **more: object) -> Outgoing:
    return Outgoing(LANE, texts, **more)  # type: ignore[arg-type]


def test_a_message_is_rendered_whole(renderer: Renderer) -> None:
    rows = ((Choice(say("plain"), "d:1:x"), Choice(say("plain"), "c:/help", url="https://example.org")),)
    made = outgoing(say("plain"), say("bold", number="<"), choices=rows, ask_location=True, melding="M-1", callback_id="cb")
    done = renderer.render(made, key="outbox-7")
    assert done.conversation == LANE
    assert done.html == "Gewoon.\n\n<b>Nummer</b> &lt;"
    assert done.plain == "Gewoon.\n\nNummer <"
    assert done.buttons == ((Button("Gewoon.", action="d:1:x"), Button("Gewoon.", url="https://example.org")),)
    assert (done.ask_location, done.callback_id, done.key, done.melding) == (True, "cb", "outbox-7", "M-1")


def test_what_may_come_twice_says_so_first(renderer: Renderer) -> None:
    done = renderer.render(outgoing(say("plain")), key="k", doubtful=True)
    assert done.html == done.plain == "(Mogelijk dubbel)\n\nGewoon."


def test_the_packaged_catalogue_says_a_notice_in_full() -> None:
    args: dict[str, Argument] = {"number": "M-2026-000042", "urgentie": "spoed", "gemeente": "Enschede"}
    text = say("assigned", minutes=6, due=Moment(NOW + timedelta(hours=1)), **args)
    assert Renderer.load(lambda: NOW).text(text)[1] == (
        "Nieuwe melding M-2026-000042 · ▲ spoed · Enschede · 6 minuten oud. Reageer vandaag voor 10.00 uur."
    )


@pytest.mark.parametrize(
    ("busy", "gemeente", "words"),
    [
        ("yes", "Almelo", "🔴 ACUUT M-1 · Almelo · melder is nog bezig."),
        ("no", "none", "🔴 ACUUT M-1 · plaats onbekend."),
    ],
)
def test_the_alarm_is_short(busy: str, gemeente: str, words: str) -> None:
    text = say("alarm-acute", number="M-1", urgentie="acuut", gemeente=gemeente, busy=busy)
    assert Renderer.load(lambda: NOW).text(text)[1] == words
