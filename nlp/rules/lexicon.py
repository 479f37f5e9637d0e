"""Reads the lexicons of `nlp/data` and refuses them with one line per mistake: file, line, what is wrong.

A lexicon is a TOML file of tables `[[regel]]`; `words.toml` and `classes.toml` hold the word classes that phrases may name.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from flows.assessment import Betreft, MelderRole, Signaal, SignaalStatus, Thema, Topic, Urgentie
from flows.errors import BadSettings
from nlp.normalise import plain
from nlp.rules import clauses, inflect, lint
from nlp.rules.clauses import Clauses
from nlp.rules.inflect import Verb
from nlp.rules.patterns import Reader
from nlp.rules.phrases import Matcher, Rule, fill

LEXICONS = (
    "danger.toml", "danger_life.toml", "danger_other.toml", "signals.toml", "suicide.toml", "signals_other.toml",
    "themes.toml", "cues.toml", "context.toml", "melder.toml",
)  # fmt: skip
_KEYS = frozenset({"soort", "naam", "niveau", "status", "themas", "wat", "zinnen"})
_NAMES: Mapping[str, frozenset[str]] = {
    "signaal": frozenset(Signaal),
    "thema": frozenset(Thema),
    "betreft": frozenset(Betreft),
    "role": frozenset(MelderRole),
    "said": frozenset(Topic),
    "cue": frozenset({"urgent", "erger", "kort", "lang", "advies", "goed", "geen", "persoon", "herhaling", "dienst"}),
    "context": frozenset(
        {"niet", "geen", "niet_na", "schijn", "eerder", "recent", "nu", "mogelijk", "verhaal", "figuurlijk", "spreekt"}
    ),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the components know of language."""

    matcher: Matcher
    rules: tuple[Rule, ...]
    spellings: Mapping[str, str]
    clauses: Clauses = clauses.NONE


def source(name: str) -> str:
    return resources.files("nlp").joinpath("data", name).read_text(encoding="utf-8")


def table(name: str) -> dict[str, Any]:
    """One TOML file of `nlp/data`; raises BadSettings."""
    return parse(name, source(name))


def parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings([f"{name}: {error}"]) from error


def load(split: Callable[[str], Sequence[str]]) -> Lexicon:
    """The shipped lexicons; raises BadSettings with every mistake in them. `split`: the tokeniser."""
    words, classes = table("words.toml"), table("classes.toml")
    verbs = inflect.verbs(table("verbs.toml")["werkwoorden"])
    groups = {**words["classes"], **_groups(classes)}
    sources = {name: source(name) for name in LEXICONS}
    found = build(groups, words["spelling"], words["negations"], sources, verbs=verbs, split=split)
    return replace(found, clauses=clauses.build(words["zinsdelen"], verbs))


def _groups(classes: Mapping[str, Any]) -> dict[str, list[str]]:
    """`[woorden]` as written; `[samen.x]` is every part × every head, and `extra`; `[som]` joins groups."""
    groups = {name: list(members) for name, members in classes["woorden"].items()}
    for name, recipe in classes["samen"].items():
        groups[name] = [*inflect.compounds(recipe["koppen"], recipe["delen"]), *recipe.get("extra", ())]
    for name, parts in classes["som"].items():
        groups[name] = [word for part in parts for word in groups[part]]
    return groups


def build(
    classes: Mapping[str, Sequence[str]],
    spellings: Mapping[str, str],
    negations: Sequence[str],
    sources: Mapping[str, str],
    *,
    verbs: Mapping[str, Verb] | None = None,
    split: Callable[[str], Sequence[str]] = str.split,
) -> Lexicon:
    """`sources`: file name → TOML text."""
    problems: list[str] = []
    found: list[tuple[Rule, Sequence[str]]] = []
    for name, text in sources.items():
        for at, entry in _tables(name, text):
            wrong = [f"{name}:{at}: {problem}" for problem in _problems(entry)]
            problems += wrong
            if not wrong:
                found.append((_rule(f"{name}:{at}", entry), entry["zinnen"]))
    written = {plain(word): plain(meant) for word, meant in spellings.items()}
    reader = Reader(classes, verbs or {}, written)
    matcher = Matcher(reader)
    problems += _located(fill(matcher, found, frozenset(negations)), sources)
    phrases = ((rule.where, phrase) for rule, zinnen in found for phrase in zinnen)
    problems += _located(lint.unreachable(phrases, reader, split), sources)
    if problems:
        raise BadSettings(problems)
    return Lexicon(matcher, tuple(rule for rule, _ in found), spellings)


def _tables(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each rule with the line its table starts on."""
    starts = (number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[regel]]")
    return zip(starts, parse(name, text).get("regel", []), strict=True)


def _problems(entry: Mapping[str, Any]) -> Iterator[str]:
    if unknown := sorted(entry.keys() - _KEYS):
        yield f"onbekend: {', '.join(unknown)}"
    names = _NAMES.get(str(entry.get("soort")))
    if names is None:
        yield f"soort is een van {', '.join(_NAMES)}"
    elif entry.get("naam") not in names:
        yield f"naam is een van {', '.join(sorted(names))}"
    if "niveau" in entry and entry["niveau"] not in set(Urgentie):
        yield f"niveau is een van {', '.join(Urgentie)}"
    if "status" in entry and entry["status"] not in set(SignaalStatus):
        yield f"status is een van {', '.join(SignaalStatus)}"
    if unknown := [thema for thema in entry.get("themas", ()) if thema not in set(Thema)]:
        yield f"onbekend thema: {', '.join(map(str, unknown))}"
    zinnen = entry.get("zinnen")
    if not isinstance(zinnen, list) or not zinnen or not all(isinstance(zin, str) for zin in zinnen):
        yield "zinnen is een lijst van minstens een zin"


def _rule(where: str, entry: Mapping[str, Any]) -> Rule:
    return Rule(
        soort=entry["soort"],
        naam=entry["naam"],
        where=where,
        niveau=Urgentie(entry["niveau"]) if "niveau" in entry else None,
        status=SignaalStatus(entry["status"]) if "status" in entry else None,
        themas=tuple(Thema(thema) for thema in entry.get("themas", ())),
        wat=entry.get("wat", ""),
    )


def _located(problems: Iterable[str], sources: Mapping[str, str]) -> Iterator[str]:
    """The line of the phrase itself instead of the line of its table, where it can be found."""
    for problem in problems:
        where, _, rest = problem.partition(": ")
        name, _, table_line = where.rpartition(":")
        phrase = rest.rpartition("«")[2].removesuffix("»")
        lines = sources[name].splitlines()[int(table_line) :]
        offset = next((i for i, line in enumerate(lines, 1) if f'"{phrase}"' in line), 0)
        yield f"{name}:{int(table_line) + offset}: {rest}"
