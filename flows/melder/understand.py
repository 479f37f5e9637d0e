"""What a melder means by a few words where a button was expected. Pure; no guessing: None is "not understood".

Longer stories are read by the triage, not here.
"""

import re
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
    **dict.fromkeys(
        ("voorbijganger", "passant", "toevallig langs", "ik kwam toevallig langs", "ik kwam langs"), MelderRole.VOORBIJGANGER
    ),
    **dict.fromkeys(("wijkagent", "politie", "agent"), MelderRole.WIJKAGENT),
    **dict.fromkeys(("woningcorporatie", "corporatie", "verhuurder", "woonconsulent"), MelderRole.WONINGCORPORATIE),
    **dict.fromkeys(
        (
            "professional",
            "hulpverlener",
            "huisarts",
            "verpleegkundige",
            "ik werk met deze persoon",
            "vanuit mijn werk",
            "leraar",
            "begeleider",
        ),
        MelderRole.PROFESSIONAL,
    ),
    **dict.fromkeys(("zelf", "ikzelf", "ik zelf", "mijzelf", "mezelf", "over mijzelf", "ik"), MelderRole.ZELF),
}

_ANONYMITY: Mapping[str, Anonymity] = {
    **dict.fromkeys(("verborgen", "alleen het meldpunt", "alleen meldpunt", "niet aan de persoon", "geheim"), Anonymity.HIDDEN),
    **dict.fromkeys(
        ("bekend", "mag bekend", "iedereen mag het weten", "de persoon mag het weten", "mag wel", "mijn naam mag bekend zijn"),
        Anonymity.KNOWN,
    ),
    **dict.fromkeys(("anoniem", "niemand", "geen naam", "ik blijf anoniem"), Anonymity.ANONYMOUS),
}

_YES = frozenset(
    {"ja", "j", "yes", "klopt", "goed", "ok", "oke", "versturen", "verstuur", "stuur", "sturen", "prima", "jawel", "akkoord"}
)
_NO = frozenset({"nee", "neen", "n", "no", "niet", "klopt niet"})
_DROP = frozenset({"niet versturen", "niet sturen", "verstuur niet"})
_THROW = frozenset({"weggooien", "gooi weg", "gooi maar weg", "verwijderen", "verwijder", "wissen"})
_CHANGE = frozenset({"aanpassen", "pas aan", "wijzigen", "wijzig", "veranderen", "verbeteren"})
_INSISTS = frozenset({"het gaat wel over een persoon", "wel over een persoon", "het gaat over een persoon", "over een persoon"})
_NO_CODE = frozenset(
    {"geen", "geen code", "ik heb geen code", "kwijt", "code kwijt", "ik ben hem kwijt", "die heb ik niet", "nee"}
)
_CHAT = frozenset({"via deze chat", "deze chat", "via de chat", "chat", "hier", "via hier"})

_GREETINGS = frozenset(
    {
        "hallo",
        "hoi",
        "hey",
        "hi",
        "hello",
        "dag",
        "goedendag",
        "goededag",
        "goedemorgen",
        "goedemiddag",
        "goedenavond",
        "goedenacht",
    }
    | {"goeiemorgen", "goeiemiddag", "goeienavond", "goede", "goeden", "moin", "salam"}
)
_WITH_GREETING = frozenset({"daar", "allemaal", "morgen", "middag", "avond", "meldpunt", "mevrouw", "meneer"})

# Words around an answer that say nothing more than the answer.
_FILLERS = frozenset(
    {"ik", "ben", "een", "de", "het", "zijn", "haar", "hun", "mijn", "van", "als", "of", "en", "over", "gaat", "om", "wil"}
    | {"graag", "liever", "liefst", "blijf", "blijven", "deze", "persoon", "aub", "alstublieft", "ja", "hoor"}
)
_WITH_CONTACT = _FILLERS | {
    "bel",
    "bellen",
    "mail",
    "app",
    "sms",
    "tel",
    "telefoon",
    "nummer",
    "mobiel",
    "op",
    "via",
    "is",
    "me",
    "mij",
    "maar",
}
_CONTACT = re.compile(r"\+?\(?\d[\d ()./-]{6,}\d|[^\s@]+@[^\s@]+\.[^\s@]+")


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
    """What else these words say, they say to the triage: then it is no answer."""
    short = plain(text)
    if short in names:
        return names[short]
    words = [word for word in _words(short) if word not in _FILLERS]
    found = {names.get(word) for word in words}
    return found.pop() if len(found) == 1 else None


def _words(short: str) -> list[str]:
    return short.replace(",", " ").split()


def yes(text: str) -> bool:
    return plain(text) in _YES


def no(text: str) -> bool:
    return plain(text) in _NO


def drop(text: str) -> bool:
    """Do not send it."""
    return plain(text) in _DROP


def throw(text: str) -> bool:
    """Throw it away."""
    return plain(text) in _THROW


def change(text: str) -> bool:
    return plain(text) in _CHANGE


def insists(text: str) -> bool:
    """It is about a person after all."""
    return plain(text) in _INSISTS | _YES


def no_code(text: str) -> bool:
    return plain(text) in _NO_CODE


def like_code(text: str) -> bool:
    """A number in few words: meant as a code, and not one."""
    return sum(c.isdigit() for c in text) >= 6 and len(text.split()) <= 6


def greeting(text: str) -> bool:
    """Nothing but a greeting."""
    words = _words(plain(text).replace("!", " "))
    return any(word in _GREETINGS for word in words) and all(word in _GREETINGS | _WITH_GREETING for word in words)


def contact(text: str) -> str:
    """The first telephone number or e-mail address in it; "" when there is none."""
    found = _CONTACT.search(text)
    return found[0].strip() if found else ""


def only_contact(text: str) -> bool:
    """Says how to reach the melder, and nothing else."""
    if plain(text) in _CHAT:
        return True
    rest = _CONTACT.sub(" ", text)
    return rest != text and all(word in _WITH_CONTACT for word in _words(plain(rest).replace(":", " ")))


def code(text: str) -> str:
    """The 16 digits of a follow-up code in any notation; "" when there are not 16."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c in "0123456789")
    return digits if len(digits) == 16 else ""
