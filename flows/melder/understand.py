"""What a melder means by a few words where a button was expected. Pure; no guessing: None is "not understood".

Longer stories are read by the triage, not here.
"""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flows.assessment import MelderRole
from flows.report import Anonymity

_Meaning = TypeVar("_Meaning")


class Word(StrEnum):
    """Words that work in every state."""

    STOP = "stop"
    BACK = "terug"
    UNKNOWN = "weet ik niet"
    DANGER = "112"


_WORDS: Mapping[str, Word] = {
    **dict.fromkeys(("stop", "stoppen", "ophouden", "annuleren", "annuleer", "ik stop", "cancel"), Word.STOP),
    **dict.fromkeys(("terug", "vorige", "ga terug", "back"), Word.BACK),
    **dict.fromkeys(
        ("weet ik niet", "weet niet", "geen idee", "ik weet het niet", "weetniet", "wni", "kweenie", "?", "weet k niet"),
        Word.UNKNOWN,
    ),
    **dict.fromkeys(("112", "bel 112", "help 112"), Word.DANGER),
}

_ROLES: Mapping[str, MelderRole] = {
    **dict.fromkeys(("buur", "buurman", "buurvrouw", "buren", "buurtgenoot", "omwonende", "een buur"), MelderRole.BUUR),
    **dict.fromkeys(
        (
            "naaste",
            "familie",
            "vriend",
            "vriendin",
            "moeder",
            "vader",
            "zoon",
            "dochter",
            "broer",
            "zus",
            "partner",
            "mantelzorger",
        ),
        MelderRole.NAASTE,
    ),
    **dict.fromkeys(("voorbijganger", "toevallig langs", "passant"), MelderRole.VOORBIJGANGER),
    **dict.fromkeys(("wijkagent", "politie", "agent"), MelderRole.WIJKAGENT),
    **dict.fromkeys(("woningcorporatie", "corporatie", "verhuurder", "woonconsulent"), MelderRole.WONINGCORPORATIE),
    **dict.fromkeys(
        ("professional", "hulpverlener", "huisarts", "verpleegkundige", "ik werk met deze persoon", "leraar", "begeleider"),
        MelderRole.PROFESSIONAL,
    ),
    **dict.fromkeys(("zelf", "ikzelf", "ik zelf", "mijzelf", "mezelf", "over mijzelf", "ik"), MelderRole.ZELF),
}

_ANONYMITY: Mapping[str, Anonymity] = {
    **dict.fromkeys(("verborgen", "alleen het meldpunt", "alleen meldpunt", "niet aan de persoon", "geheim"), Anonymity.HIDDEN),
    **dict.fromkeys(("bekend", "mag bekend", "iedereen mag het weten", "mag wel", "mijn naam mag bekend zijn"), Anonymity.KNOWN),
    **dict.fromkeys(("anoniem", "niemand", "geen naam", "ik blijf anoniem"), Anonymity.ANONYMOUS),
}

_YES = frozenset(
    {"ja", "j", "yes", "klopt", "goed", "ok", "oke", "versturen", "verstuur", "stuur", "sturen", "prima", "jawel", "akkoord"}
)
_NO = frozenset({"nee", "neen", "n", "no", "niet", "niet versturen", "klopt niet"})


def plain(text: str) -> str:
    """Lower case, without accents, invisible characters, end punctuation and double spaces: for comparing, never for keeping."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    visible = "".join(c for c in folded if not unicodedata.category(c).startswith(("M", "C")) or c in "\n\t")
    return " ".join(visible.split()).strip(" .!,;:\"'")


def word(text: str) -> Word | None:
    short = plain(text)
    return _WORDS.get(short) or (Word.UNKNOWN if text.strip() == "?" else None)


def role(text: str) -> MelderRole | None:
    """The one role these few words name; None when they name none or several."""
    return _only(_ROLES, text)


def anonymity(text: str) -> Anonymity | None:
    return _only(_ANONYMITY, text)


def _only(names: Mapping[str, _Meaning], text: str) -> _Meaning | None:
    short = plain(text)
    if short in names:
        return names[short]
    words = short.split()
    if len(words) > 6:
        return None
    found = {names[w] for w in words if w in names}
    return found.pop() if len(found) == 1 else None


def yes(text: str) -> bool:
    return plain(text) in _YES


def no(text: str) -> bool:
    return plain(text) in _NO


def code(text: str) -> str:
    """The 16 digits of a follow-up code in any notation; "" when there are not 16."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c in "0123456789")
    return digits if len(digits) == 16 else ""
