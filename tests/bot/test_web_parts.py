"""The pure parts: wake-ups, bubbles, the words of terms, the marks in a story."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.hub import Hub
from bot.web import assets, bubbles, casepage, texts
from flows.assessment import Reason, Thema, Urgentie
from flows.melding import EventKind, Status

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def entry(number: int, direction: str, **payload: Any) -> Any:
    return SimpleNamespace(id=number, direction=direction, payload=payload, at=NOW)


def out(number: int, *buttons: str, melding: str = "") -> Any:
    row = [{"label": action, "action": action, "url": ""} for action in buttons]
    return entry(number, "out", html=f"bericht {number}", buttons=[row] if row else [], melding=melding)


async def test_a_wake_between_two_waits_is_not_lost() -> None:
    hub = Hub()
    hub.wake("a")
    seen = await asyncio.wait_for(hub.wait("a", 0, 60), 1)
    hub.wake("a")
    assert await asyncio.wait_for(hub.wait("a", seen, 60), 1) > seen


async def test_a_wake_of_another_topic_wakes_nobody_but_who_also_listens() -> None:
    hub = Hub()
    waiting = asyncio.ensure_future(hub.wait("a", 0, 60, also="b"))
    other = asyncio.ensure_future(hub.wait("c", 0, 0.05))
    await asyncio.sleep(0)
    hub.wake("b")
    assert await asyncio.wait_for(waiting, 1) == 1
    assert not other.done()
    await other


async def test_forgotten_topics_wake_once_for_nothing_and_are_never_missed() -> None:
    hub = Hub(most_topics=2)
    for name in "abcd":
        hub.wake(name)
    seen = await asyncio.wait_for(hub.wait("a", 0, 60), 1)
    waiting = asyncio.ensure_future(hub.wait("a", seen, 0.05))
    assert await waiting == seen


async def test_closing_ends_every_wait() -> None:
    hub = Hub()
    waiting = asyncio.ensure_future(hub.wait("a", 0, 60))
    await asyncio.sleep(0)
    hub.close()
    await asyncio.wait_for(waiting, 1)
    assert hub.closed
    await asyncio.wait_for(hub.wait("a", 0, 60), 1)


def test_staff_keep_one_open_message_for_each_melding() -> None:
    one, two = "M-2026-000001", "M-2026-000002"
    entries = [
        out(1, f"m:ack:{one}:1", melding=one),
        out(2, f"m:ack:{two}:1", melding=two),
        entry(3, "in", kind="text", id="x", text="/help"),
        out(4, f"m:decline:{one}:1:anders"),
    ]
    live = {bubble.id for bubble in bubbles.fold(entries, staff=True) if bubble.live}
    assert live == {2, 4}


def test_a_melder_has_one_open_question() -> None:
    assert [b.live for b in bubbles.fold([out(1, "d:1:a"), out(2, "d:2:a"), out(3)])] == [False, True, False]


def test_only_own_words_can_be_changed() -> None:
    said = [
        entry(1, "in", kind="text", id="a", text="Hallo"),
        entry(2, "in", kind="text", id="b", text="/status"),
        entry(3, "in", kind="choice", id="c", action="d:1:x", label="Ja"),
        entry(4, "in", kind="location", id="d", latitude=1.0, longitude=2.0),
        out(5),
    ]
    assert [b.editable for b in bubbles.fold(said)] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (190, "nog 3 u 10 m"),
        (12, "nog 12 m"),
        (0, "nog 0 m"),
        (-12, "12 m te laat"),
        (3000, "nog 2 d 2 u"),
        (-1500, "1 d 1 u te laat"),
    ],
)
def test_terms_in_words(minutes: int, words: str) -> None:
    assert texts.term(timedelta(minutes=minutes)) == words


def test_no_term_is_no_words() -> None:
    assert texts.term(None) == ""


def test_everything_has_a_word() -> None:
    assert set(texts.MARKS) == {None, *Urgentie}
    assert set(texts.STATUSES) == set(Status)
    assert set(texts.THEMAS) == set(Thema)
    assert set(texts.EVENTS) == set(EventKind)
    shapes = [shape for shape, _ in texts.MARKS.values()]
    assert len(set(shapes)) == len(shapes), "never colour alone"


def test_marks_in_a_story_keep_every_character() -> None:
    story = "Hij loopt al weken met een mes 😀 op straat"
    reasons = [Reason(10, 18, "weken", True), Reason(15, 30, "mes", False), Reason(31, 32, "x", False)]
    pieces = list(casepage.segments(story, reasons))
    assert "".join(piece.text for piece in pieces) == story
    assert [(piece.text, piece.numbers) for piece in pieces if piece.numbers] == [(story[10:30], (1, 2)), ("😀", (3,))]
    assert list(casepage.segments("", [])) == []


def test_assets_are_named_by_what_is_in_them() -> None:
    loaded = assets.load()
    assert loaded.url("chat.js") == f"/static/{loaded.version}/chat.js"
    with pytest.raises(KeyError):
        loaded.url("geheim.js")
