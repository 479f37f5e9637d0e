"""Names of texts become words: formats the Fluent catalogue, escapes what people wrote, and says moments in Dutch.

What people wrote can neither mark up nor turn around our own words. A text that is missing or broken never loses the message.
"""

import html
import importlib.resources
import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType

from bot import dutch
from bot.channels.rendered import Button, Rendered
from flows.messages import Argument, Choice, Moment, Outgoing, Text

log = logging.getLogger(__name__)

LANGUAGE = "nl"
TAG = re.compile(r"</?(?:b|i|code)>")
DOUBTFUL = "(Mogelijk dubbel)"
BREAKS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"})
# Embeddings, overrides and isolates: whoever opens one inside a quote turns what follows the quote.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
RIGHT_TO_LEFT = frozenset({"R", "AL"})
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


class Words(str, FluentType):  # noqa: SLOT000 - FluentType has a __dict__ anyway
    """An argument as it stands. Fluent refuses a plain string of over 2,500 characters, and looks at every value twice:
    so this stays what it is."""

    def format(self, locale: Locale) -> "Words":  # type: ignore[override]
        return self


class Renderer:
    """`catalogue` holds the Fluent text of each language; Dutch is what every other language falls back to."""

    def __init__(self, catalogue: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._html = {language: _bundle(language, text) for language, text in catalogue.items()}
        self._plain = {language: _bundle(language, TAG.sub("", text)) for language, text in catalogue.items()}
        self._clock = clock

    @classmethod
    def load(cls, clock: Callable[[], datetime]) -> "Renderer":
        """The catalogues that come with the package."""
        folder = importlib.resources.files("flows") / "texts"
        files = [file for file in folder.iterdir() if file.name.endswith(".ftl")]
        return cls({file.name.removesuffix(".ftl"): file.read_text("utf-8") for file in files}, clock)

    def text(self, text: Text, language: str = LANGUAGE) -> tuple[str, str]:
        """As (html, plain)."""
        words = self._words(text.args)
        escaped = {name: Words(html.escape(word)) if isinstance(word, str) else word for name, word in words.items()}
        marked = _format(self._html, language, text.name, escaped)
        plain = _format(self._plain, language, text.name, words)
        if marked is None or plain is None:
            log.error("text missing or broken: %s", text.name)
            plain = _bare(text.name, words)
            return html.escape(plain), plain
        return marked, plain

    def label(self, text: Text, language: str = LANGUAGE) -> str:
        """For a button: one line, no markup."""
        return " ".join(self.text(text, language)[1].split())

    def render(self, outgoing: Outgoing, *, key: str, doubtful: bool = False, language: str = LANGUAGE) -> Rendered:
        pairs = [self.text(text, language) for text in outgoing.text]
        if doubtful:
            pairs.insert(0, (DOUBTFUL, DOUBTFUL))
        return Rendered(
            outgoing.to,
            "\n\n".join(marked for marked, _ in pairs),
            "\n\n".join(plain for _, plain in pairs),
            tuple(tuple(self._button(choice, language) for choice in row) for row in outgoing.choices),
            outgoing.ask_location,
            outgoing.callback_id,
            key,
            outgoing.melding,
        )

    def _button(self, choice: Choice, language: str) -> Button:
        label = self.label(choice.label, language)
        return Button(label, url=choice.url) if choice.url else Button(label, action=choice.action)

    def _words(self, args: Mapping[str, Argument]) -> dict[str, Words | int]:
        """The arguments, and what follows from them: `x-day` and `x-time` of a moment, `age` of `minutes`."""
        now = self._clock()
        words: dict[str, Words | int] = {}
        for name, value in args.items():
            match value:
                case Moment(at=at):
                    words[name] = Words(dutch.moment(at, now))
                    words[f"{name}-day"] = Words(dutch.day(at, now))
                    words[f"{name}-time"] = Words(dutch.clock(at))
                case int():
                    words[name] = value
                case _:
                    words[name] = Words(tame(value))
        if isinstance(minutes := words.get("minutes"), int):
            words["age"] = Words(dutch.age(minutes))
        return words


def tame(text: str) -> str:
    """What a person wrote, without control characters; a line with right-to-left letters keeps its direction to itself."""
    lines = text.replace("\r\n", "\n").translate(BREAKS).split("\n")
    return "\n".join(_tame_line(line) for line in lines)


def _tame_line(line: str) -> str:
    kept = "".join(c for c in line if c == "\t" or (c not in TURNING and unicodedata.category(c) not in {"Cc", "Cs"}))
    if any(unicodedata.bidirectional(c) in RIGHT_TO_LEFT for c in kept):
        return f"{ISOLATE}{kept}{END_ISOLATE}"
    return kept


def _bundle(language: str, text: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(text))
    return bundle


def _format(bundles: Mapping[str, FluentBundle], language: str, name: str, args: Mapping[str, Words | int]) -> str | None:
    """None: there is no such text, or it cannot be said with these arguments."""
    for bundle in (bundles.get(language), bundles.get(LANGUAGE)):
        if bundle is None or not bundle.has_message(name):
            continue
        pattern = bundle.get_message(name).value
        if pattern is None:
            continue
        said, problems = bundle.format_pattern(pattern, dict(args))
        if not problems and isinstance(said, str):
            return said
    return None


def _bare(name: str, words: Mapping[str, Words | int]) -> str:
    told = " · ".join(str(word) for word in words.values())
    return f"{name}: {told}" if told else name
