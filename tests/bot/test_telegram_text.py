"""Cutting and escaping: pure, so thousands of texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram_text import LIMIT, clean, escape, plain, split, units
from tests.telegram_emulator.entities import parse_html

NASTY = ["<", "&", "_", "😀", "👨‍👩‍👧", "עברית", "\u200b", "\u202e", "\0", "\ud83d", "\n", "\n\n", " ", "é", "a", "woord "]


@given(st.lists(st.sampled_from(NASTY), max_size=200).map("".join))
def test_failure_19_any_text_survives_escaping(text: str) -> None:
    assert parse_html(escape(text)) == clean(text) == plain(escape(text))


@given(st.lists(st.sampled_from(NASTY), min_size=1, max_size=400).map("".join), st.integers(20, 60))
@settings(max_examples=300)
def test_failure_18_parts_fit_parse_and_lose_nothing_but_space(text: str, limit: int) -> None:
    html = f'<b>{escape(text)}</b> en <a href="https://a.nl?x=1&amp;y=2">{escape(text)}</a>'
    parts = split(html, limit)
    for part in parts:
        assert units(parse_html(part)) <= limit
    assert "".join("".join(parse_html(part) for part in parts).split()) == "".join(plain(html).split())


def test_failure_18_a_short_text_is_left_alone() -> None:
    assert split("  kort\n") == ("  kort\n",)
    assert split("x" * LIMIT) == ("x" * LIMIT,)


def test_failure_18_long_text_is_split_on_paragraphs() -> None:
    paragraphs = [letter * 800 + "\n" + letter * 700 for letter in "abcde"]
    assert split("\n\n".join(paragraphs)) == ("\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:4]), paragraphs[4])


def test_failure_18_then_on_lines_then_on_words_then_anywhere() -> None:
    assert split("aaaa\nbbbb cccc", 10) == ("aaaa", "bbbb cccc")
    assert split("aaaa bbbb cccc", 10) == ("aaaa bbbb", "cccc")
    assert split("x" * 25, 10) == ("x" * 10, "x" * 10, "x" * 5)


def test_failure_18_counts_utf16_units_after_parsing() -> None:
    assert split("😀" * 2048) == ("😀" * 2048,)
    assert [units(part) for part in split("😀" * 2049)] == [4096, 2]
    assert len(split("&amp;" * LIMIT)) == 1


def test_failure_18_never_cuts_a_tag_an_entity_or_a_joined_emoji() -> None:
    assert split("<b>aaaa bbbb</b> cccc", 6) == ("<b>aaaa</b>", "<b>bbbb</b>", "cccc")
    assert split("aaa&amp;&amp;bbb", 4) == ("aaa&amp;", "&amp;bbb")
    family = "👨‍👩‍👧"
    assert split("xxxx" + family, 8) == ("xxxx", family)


@pytest.mark.parametrize(("text", "kept"), [("a\0b", "ab"), ("\ud83d", "�"), ("\ud83d\ude00", "😀"), ("\u202e", "\u202e")])
def test_failure_19_what_no_channel_can_carry_goes(text: str, kept: str) -> None:
    assert clean(text) == kept
    assert clean(text).encode()
