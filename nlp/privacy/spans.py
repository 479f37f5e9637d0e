"""From words that are part of a name to whole names: particles, initials, and the surname behind a first name."""

from collections.abc import Iterator, Sequence

from nlp.privacy.features import Context

Span = tuple[int, int]  # tokens [start, end)
_BEFORE_PARTICLES = frozenset({"aanhef", "groet", "heet", "relatie"})
_NO_SURNAME = frozenset({"nooit", "aanhef", "ambt", "doet", "bezit", "voegwoord"})
_LOOSE = frozenset({"van", "in", "op", "aan", "bij"})  # "Henk van Enschede" has no surname
_WORDS_TOO = frozenset({"ben", "bin", "al", "oude"})
_LONGEST_JOINT = 3  # particles and initials between two parts of one name


def joined(context: Context, named: Sequence[bool]) -> Iterator[Span]:
    """Token spans: names that touch, with the particles and initials between and before them."""
    tokens, at = context.tokens, 0
    while at < len(tokens):
        if not named[at]:
            at += 1
            continue
        start, end = _before(context, at), at + 1
        while (more := _next(context, named, end)) > end:
            end = more
        yield start, end
        at = end


def _before(context: Context, at: int) -> int:
    """Initials and particles before a name belong to it; small particles before a first name only behind a form of address."""
    start = at
    while start and (context.tokens[start - 1].shape == "i" or _leads(context, start - 1)):
        start -= 1
    firstly = context.tokens[at].known.kind in "vVbB" or context.language == "de"
    small = firstly and not (start and context.classes[start - 1] in _BEFORE_PARTICLES)
    while small and start < at and context.tokens[start].shape == "x":
        start += 1
    return start


def _next(context: Context, named: Sequence[bool], end: int) -> int:
    """Where the name ends that goes on at `end`; `end` when it does not."""
    at = end
    while at < len(named) and at - end <= _LONGEST_JOINT and not named[at] and _joint(context, at):
        at += 1
    if at < len(named) and (named[at] or _follows(context, at, loose=at == end + 1 and context.tokens[end].word in _LOOSE)):
        return at + 1
    while at > end and not _is_initial(context, at - 1):
        at -= 1
    return at


def _follows(context: Context, at: int, *, loose: bool) -> bool:
    """A word that stands behind a name, or behind a particle behind a name, and is taken for a surname."""
    token = context.tokens[at]
    if token.first or context.classes[at] in _NO_SURNAME or token.known.kind == "e":
        return False
    if token.shape == "X":
        if context.language == "de" and not token.known.person:
            return False
        return not loose or token.known.person or (token.known.band == 0 and not token.known.place)
    likely = token.known.kind in "aAbB" and (token.known.band < 3 or token.known.kind in "AB")
    return token.shape == "x" and likely and not loose


def _joint(context: Context, at: int) -> bool:
    if context.tokens[at].word == "-":
        return at + 1 < len(context.tokens) and _particle(context, at + 1)
    return _particle(context, at) or _is_initial(context, at)


def _particle(context: Context, at: int) -> bool:
    return context.classes[at] == "tussen"


def _leads(context: Context, at: int) -> bool:
    """ "ik ben jan" has no particle, "Ben Salah" has."""
    token = context.tokens[at]
    return _particle(context, at) and (token.shape == "X" or token.word not in _WORDS_TOO)


def _is_initial(context: Context, at: int) -> bool:
    token = context.tokens[at]
    return token.shape == "i" or (token.shape == "X" and len(token.text) == 1)
