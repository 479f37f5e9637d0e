"""The regular expressions for streets with their numbers, built from `[straten]` of places.toml."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_FLOOR = r"bis|hs|bs|huis|boven|onder|achter|sous|rood|zw|zwart|wit"  # part of a house
_NUMBER = (
    r"(?P<huisnummer>(?!\d+(?:x|e|de|ste)(?!\w))\d{1,5}"
    r"(?:[ ]?-?[ ]?(?:bis|hs|HS|bs|BS|sous|rood|rd|zw|ZW|I{1,3}|IV|[A-Z]\d{0,2}|[a-hkz])(?![\w'’])"
    r"(?:[ -](?:[A-Z]|\d{1,2})(?![\w'’]))?"
    rf"|-(?:{_FLOOR})(?!\w)|[ ](?:{_FLOOR})(?=[ ]*(?:[.,;:)\n]|$))|[ ]unit[ ]\d{{1,3}}(?!\w)"
    r"|[a-zA-Z]{1,2}(?!\w)|[ ]?(?:t/m|tm)[ ]?\d{1,5}(?!\w)|-[ ]?\d{1,4}[a-zA-Z]?(?!\w)|/\d{1,3}(?!\w))?)"
    r"(?![\w]|[.,:]\d|[ ]?(?:{units})(?!\w))"
)
_BETWEEN = r"[ ]?,?[ ]?(?:(?i:nr\.?|nummer|no\.|huisnr\.?|huisnummer)[ ]?)?"
_START = r"(?<![\w@.'’-])"
_WORD = r"[^\W\d_][\w'’-]{1,29}?"
_CAPITAL = r"[A-ZÀ-Ý][\w'’-]{1,29}?"
_OLD = r"(?:Grote|Oude|Nieuwe)[ ](?:Markt|Gracht|Haven|Dijk|Kade|Weg|Singel)"  # surely streets without a number too
_PLACED = (
    r"(?=[ ]?,?[ ]?\(?(?:(?:in|te|bij|yn|nabij)[ ][A-Z'’]|[A-Z'’][a-z]|[1-9]\d{3}[ ]?[A-Z]{2}\b)"
    r"|[ ](?:in[ ])?[a-z][a-z'’-]{3,}[ ]?(?:[.,;!?\n]|$))"
)
_IN_TOWN = r"(?=[ ]?,?[ ](?:(?:in|te)[ ])?['’]?[A-Z][a-z])"  # "op de Markt in Oudewater", "Zandpad, Breukelen"


class Patterns:
    """Each has the groups `straat` (the last word of the name, with what follows it) and `huisnummer`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        number = _NUMBER.replace("{units}", any_of(data["eenheden"]))
        sure, wide = any_of(data["achtervoegsels"]), any_of(data["achtervoegsels_met_nummer"])
        small, loose = any_of(data["achtervoegsels_klein"]), any_of(data["losse"])
        side = rf"(?:[ -](?:{any_of(data['richtingen'])})(?!\w))?"
        optional = f"(?:{_BETWEEN}{number})?"
        two = any_of([word.capitalize() for word in data["losse_met_hoofdletter"]])
        self.sure = re.compile(rf"{_START}(?P<straat>[\w'’-]{{2,30}}?(?i:{sure}){side})(?!\w){optional}")
        # `plaats` when a town or a postcode follows: then the word before the number need not be a known street
        self.bare = re.compile(rf"{_START}(?P<straat>[A-ZÀ-Ý][a-zà-ÿ'’-]{{3,}}{side})[ ]{number}(?P<plaats>{_PLACED})?")
        self.every: Sequence[re.Pattern[str]] = (
            self.sure,
            re.compile(rf"{_START}(?P<straat>(?i:{loose})[ ](?:[A-ZÀ-Ý]\w+[ ]){{0,2}}[^\W\d_][\w'’]*)(?!\w){_BETWEEN}{number}"),
            re.compile(rf"{_START}(?P<straat>{_CAPITAL}(?i:{wide}){side})(?!\w){_BETWEEN}{number}"),
            re.compile(rf"{_START}(?P<straat>{_WORD}(?i:{small}))(?!\w){_BETWEEN}{number}"),
            re.compile(rf"{_START}(?P<straat>(?:{two})[ ][A-ZÀ-Ý][\w'’-]{{2,}}{side})(?!\w)[ ]{number}"),
            re.compile(
                rf"\b(?i:aan|op|in|van|yn|hoek)[ ](?i:de|het|'t|t)[ ](?P<straat>(?:(?:{two})[ ])?{_CAPITAL}(?i:{small}))(?!\w)"
                r"(?P<huisnummer>)"
            ),
            re.compile(
                r"\b(?i:portiek|hoek|adres|aan|op|in|van)[ ](?:(?:van[ ])?de[ ])?"
                rf"(?P<straat>(?:Korte|Lange|Boulevard)[ ]{_CAPITAL}|{_OLD})(?![\w-])(?P<huisnummer>)"
            ),
            re.compile(rf"{_START}(?P<straat>{_WORD}(?i:{wide}))(?!\w)[ ]{number}{_PLACED}"),
            self.bare,
            re.compile(rf"{_START}(?P<straat>{_CAPITAL}(?i:{small}|park|vaart|wijk|zijde))(?!\w)(?P<huisnummer>){_IN_TOWN}"),
        )


def any_of(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
