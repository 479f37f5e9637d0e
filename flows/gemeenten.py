"""Gemeenten, their places, and finding one by what a melder says. Knows no regio and reads no file."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians

NEAR_KM = 20.0
KM_PER_DEGREE = 111.2

PROVINCES = {"overijssel": "ov", "gelderland": "gld", "noordholland": "nh", "noordbrabant": "nb", "utrecht": "ut", "gl": "gld"}
SHORT_FORMS = {"sint": "st", "het": "t"}
OTHER_NAMES = {"denbosch": "shertogenbosch", "denhaag": "sgravenhage"}
BARE = r"gld|ov|nh|nb|ut|overijssel|gelderland|noord[- ](?:holland|brabant)"
SUFFIX = re.compile(rf"(?P<place>.*\w)\s*(?:\((?P<within>[^)]+)\)|[\s,]\s*(?P<bare>{BARE})\.?)", re.IGNORECASE)
POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*(?:[a-z]{2})?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gemeente:
    """`code` is the CBS code (GM0153). `postcodes`: ranges of four digits, both ends included. WGS84 degrees."""

    naam: str
    code: str
    woonplaatsen: tuple[str, ...]
    postcodes: tuple[tuple[int, int], ...]
    latitude: float
    longitude: float
    netnummer: str = ""  # "053": the gemeente answers on 14 053
    district: str = ""

    def has_postcode(self, pc4: int) -> bool:
        return any(first <= pc4 <= last for first, last in self.postcodes)

    def km_from(self, latitude: float, longitude: float) -> float:
        """Flat enough for the Netherlands: wrong by less than 1 %."""
        north = latitude - self.latitude
        east = (longitude - self.longitude) * cos(radians(self.latitude))
        return hypot(north, east) * KM_PER_DEGREE


def same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


@lru_cache(maxsize=8192)
def name_key(name: str) -> tuple[str, str]:
    """(place, province) stripped of case, accents, hyphens and apostrophes; "Hengelo (Gld)" is ("hengelo", "gld")."""
    found = SUFFIX.fullmatch(name.strip())
    if found is None:
        return _plain(name), ""
    province = _plain(found["within"] or found["bare"])
    return _plain(found["place"]), PROVINCES.get(province, province)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[a-z0-9]+", "".join(char for char in letters if not unicodedata.combining(char)))
    key = "".join(SHORT_FORMS.get(word, word) for word in words)
    return OTHER_NAMES.get(key, key)


def pc4(postcode: str) -> int | None:
    """7511 from "7511 AB", "7511ab" or "7511"; None when it is no postcode."""
    found = POSTCODE.fullmatch(postcode)
    return int(found[1]) if found else None


def by_name(gemeenten: Iterable[Gemeente], name: str) -> Gemeente | None:
    """ "Bergen (NH)" finds Bergen: within a regio the province of a gemeente adds nothing."""
    wanted, _ = name_key(name)
    return next((gemeente for gemeente in gemeenten if name_key(gemeente.naam)[0] == wanted), None)


def by_woonplaats(gemeenten: tuple[Gemeente, ...], name: str) -> tuple[str, ...]:
    """All that have it: Hengelo lies in two. A named province decides; else the name of a gemeente will do as a place."""
    place, province = name_key(name)
    if not place:
        return ()
    found = [(gemeente.naam, key[1]) for gemeente in gemeenten for key in map(name_key, gemeente.woonplaatsen) if key[0] == place]
    exact = [naam for naam, said in found if province and said == province]
    # "Hengelo (Ov)" is the Hengelo that needs no addition, never the one that is written with (Gld)
    fitting = exact or [naam for naam, said in found if not province or not said]
    if not fitting and not found and (gemeente := by_name(gemeenten, name)):
        return (gemeente.naam,)
    return tuple(dict.fromkeys(fitting))


def nearest(gemeenten: Iterable[Gemeente], latitude: float, longitude: float) -> str | None:
    """The gemeente whose centre is nearest, when that is within 20 km."""
    ranked = sorted((gemeente.km_from(latitude, longitude), gemeente.naam) for gemeente in gemeenten)
    return ranked[0][1] if ranked and ranked[0][0] <= NEAR_KM else None
