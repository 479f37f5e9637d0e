"""What needs no learning: where a word is surely a name, and where it must be likelier than elsewhere to be one."""

from nlp.privacy.features import Context

_WORDS = frozenset({"doet", "voorzetsel", "voegwoord", "bezit", "lid"})  # classes that a name has not
_SURE_PARTICLES = frozenset({"van", "vd", "ter", "ten", "te", "el"})
_INTRODUCED = frozenset({"aanhef", "ambt", "relatie", "heet", "groet"})


_LOCAL = frozenset({"in", "te", "uit", "naar", "nabij", "richting", "у", "в", "aus", "from", "op"})
_ARTICLES = frozenset({"de", "het", "een", "t", "'t", "n", "'n", "der", "die", "das", "the", "a"})


def certain(context: Context, at: int) -> bool:
    """A common first name with a capital or as a signature; a capital behind initials, a form of address, a capital particle."""
    token, group = context.tokens[at], context.classes[at]
    if token.known.surely_first and (token.shape != "x" or (token.first and at == len(context.tokens) - 1)):
        return context.style != "shout" or token.shape == "XX"
    if token.known.surely_first and context.language == "nl" and _surname(context, at + 1):
        return True
    if at and token.known.kind in "VB" and token.known.band < 2 and context.classes[at - 1] in _INTRODUCED:
        return True
    if token.first or group in _WORDS or (token.shape != "X" and not token.known.person):
        return False
    before = at - 1
    while before >= 0 and (context.classes[before] == "tussen" or context.tokens[before].shape == "i"):
        before -= 1
    parts = context.tokens[before + 1 : at]
    if any(part.shape == "i" for part in parts):
        return True
    if token.shape != "X":
        return False
    if any(part.shape == "X" and not part.first and part.word in _SURE_PARTICLES for part in parts):
        return True
    title = context.classes[before] if before >= 0 else ""
    if parts:  # "de heer te Winkel", not "pastoor te Venray"
        return title == "aanhef"
    return title in {"aanhef", "ambt"} and token.known.band < 3


def _surname(context: Context, at: int) -> bool:
    """In lower case too: "henk jansen"."""
    if at >= len(context.tokens) or context.classes[at] in _WORDS:
        return False
    known = context.tokens[at].known
    return known.kind in "AB" or (known.kind in "ab" and known.band == 0)


def doubt(context: Context, at: int) -> float:
    """What comes on top of the threshold: below zero for a common name, above it for a word that no list of names has."""
    token = context.tokens[at]
    known = token.known
    if known.surely_first:
        return -0.25 if context.language == "nl" else -0.15
    before = context.tokens[at - 1].word if at else ""
    if known.person:
        return _listed(context, at, before)
    if token.shape in {"x", "o"}:
        return 0.4
    if at > 1 and before in {"ben", "am", "bin"}:
        return -0.15
    if at and context.classes[at - 1] in _INTRODUCED:
        return 0.0
    strange = context.language != "nl" or known.place or known.kind == "e"
    return 0.3 if strange or before in _LOCAL or before in _ARTICLES else 0.0


def _listed(context: Context, at: int, before: str) -> float:
    """A name that is a word or a place as well, or not common here."""
    token = context.tokens[at]
    known = token.known
    placed = 0.25 if known.place and before in _LOCAL | {"van", "bij"} else 0.0
    if token.shape == "x":
        strange = context.language != "nl" or (known.band > 1 and known.kind in "aA")
        return placed + (0.3 if strange else 0.15)
    if token.shape == "o":
        return 0.1
    return placed - (0.1 if known.kind in "VB" and not token.first else 0.0)
