"""Forms of Dutch words by rule: every inflection of a verb, as spelled and as chatted, and compounds of two lists.

Knows no meaning; `verbs.toml` and `classes.toml` say which words there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_VOWELS = "aeiouy"
_UNSTRESSED = ("be", "ver", "ont", "her", "ge")
_VOICELESS = frozenset("tkfspx")


@dataclass(frozen=True, slots=True)
class Verb:
    """`now`: third person present; `past`: simple past; `rest`: stem, infinitive, participle and what chat makes of them."""

    now: frozenset[str]
    past: frozenset[str]
    rest: frozenset[str]
    participles: frozenset[str]

    @property
    def forms(self) -> frozenset[str]:
        """All but the simple past, which melders use for what is over."""
        return self.now | self.rest | self.participles


def verb(infinitive: str, strong: Sequence[str] = ()) -> Verb:
    """`strong`: simple past and participle where no rule gives them; a `=` gives the present forms of an odd verb."""
    odd = [form.removeprefix("=") for form in strong if form.startswith("=")]
    given = [form for form in strong if not form.startswith("=")]
    stem = odd[0] if odd else _stem(infinitive)
    now = odd[1] if len(odd) > 1 else stem if stem.endswith("t") else f"{stem}t"
    past = frozenset(given[:-1]) or frozenset(_weak_past(infinitive, stem))
    participle = given[-1] if given else _participle(infinitive, stem)
    chat = {f"{stem}d"} if not stem.endswith(("d", "t")) and len(stem) > 3 and not participle.endswith(f"{stem}d") else set()
    short = {infinitive.removesuffix("n")} if infinitive.endswith("en") and len(infinitive) > 5 else set()
    return Verb(frozenset({now} | chat), past, frozenset({stem, infinitive} | short), frozenset({participle}))


def _stem(infinitive: str) -> str:
    if not infinitive.endswith("en"):
        return infinitive.removesuffix("n")
    bare = infinitive.removesuffix("en")
    if len(bare) > 2 and bare[-1] == bare[-2] and bare[-1] not in _VOWELS:
        return bare[:-1]
    root = next((bare.removeprefix(p) for p in _UNSTRESSED if bare.startswith(p) and len(bare) - len(p) > 2), bare)
    syllables = sum(a in _VOWELS and b not in _VOWELS for a, b in zip(root, f"{root[1:]} ", strict=True))
    open_vowel = len(bare) > 1 and bare[-1] not in _VOWELS and bare[-2] in "aeou" and (len(bare) < 3 or bare[-3] not in _VOWELS)
    if open_vowel and syllables == 1:
        bare = bare[:-1] + bare[-2] + bare[-1]
    return bare[:-1] + {"v": "f", "z": "s"}.get(bare[-1], bare[-1])


def _weak_past(infinitive: str, stem: str) -> tuple[str, str]:
    end = "te" if _voiceless(infinitive) else "de"
    return f"{stem}{end}", f"{stem}{end}n"


def _participle(infinitive: str, stem: str) -> str:
    end = "" if stem.endswith(("d", "t")) else "t" if _voiceless(infinitive) else "d"
    after = next((stem.removeprefix(p) for p in _UNSTRESSED if stem.startswith(p)), "")
    prefixed = after[:1] not in _VOWELS and any(char in _VOWELS for char in after)
    return f"{stem}{end}" if prefixed else f"ge{stem}{end}"


def _voiceless(infinitive: str) -> bool:
    last = infinitive.removesuffix("en")[-1:]
    return last in _VOICELESS or infinitive.removesuffix("en").endswith("ch")


def joined(particle: str, base: Verb, infinitive: str) -> Iterator[str]:
    """The forms in which a separable verb is one word, or stands together: neerslaat, neergeslagen, neer te slaan."""
    for form in (*base.now, *base.participles, *base.past, infinitive):
        yield f"{particle}{form}"
        yield f"{particle} {form}"
    yield f"{particle} te {infinitive}"
    yield f"{particle}te{infinitive}"


def compounds(heads: Sequence[str], parts: Sequence[str]) -> Iterator[str]:
    """keuken × mes → keukenmes, keuken mes."""
    for part in parts:
        for head in heads:
            yield f"{part}{head}"
            yield f"{part} {head}"


def verbs(table: Mapping[str, str]) -> dict[str, Verb]:
    """`table`: infinitive → the forms that no rule gives, separated by spaces."""
    return {infinitive: verb(infinitive, forms.split()) for infinitive, forms in table.items()}
