"""Personal data with a form of its own: mail, telephone, BSN, IBAN, kenteken, date of birth, accounts."""

import re
from collections.abc import Callable, Iterator

import phonenumbers
from phonenumbers import NumberParseException
from stdnum import iban
from stdnum.nl import bsn

from flows.assessment import PersonalData

_EMAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ACCOUNT = re.compile(r"(?<![\w@.])@[A-Za-z]\w{2,31}|(?:https?://)?(?:www\.)?(?:facebook|instagram|tiktok|linkedin|twitter|x|t)\.(?:com|me)/[\w./?=@-]{2,80}")  # fmt: skip  # noqa: E501
_DIGITS = re.compile(r"(?<![\w@])(?:\+|\(?0|00|31)[\d() ./-]{6,18}\d(?!\w)")
_BSN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,8}(?!\d)")
_BSN_SAID = re.compile(r"(?i)\b(?:bsn|burgerservicenummer|sofinummer|sofi)\W{0,4}(?:nr|nummer|is)?\W{0,4}(\d(?:[ .-]?\d){6,9})")
_NINE = re.compile(r"(?<![\d€+])(?<!\d[.,/-])\d{9}(?!\d|[,/-]\d)")  # also when it does not check out: people mistype
_NUMBERED = re.compile(
    r"(?i)(?:zaak|dossier|kenmerk|order|ticket|melding|klant|factuur|polis|ref|contract|mutatie|pas)\w*\W{0,3}(?:nr|nummer)?\W{0,3}$"
)
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]{4}){2,7}(?:[ ]?[A-Za-z0-9]{1,3})?(?!\w)")
_IBAN_NL = re.compile(r"(?<!\w)(?i:nl)[ ]?\d{2}[ ]?[A-Za-z]{4}(?:[ ]?\d){10}(?!\d)")
_PLATE_GROUPS = r"(?:[A-Z]{1,3}|\d{1,3})"
_PLATE = re.compile(rf"(?<![\w-])({_PLATE_GROUPS})-({_PLATE_GROUPS})-({_PLATE_GROUPS})(?![\w-])", re.IGNORECASE)
_PLATE_FORM = r"[a-z\d]{6}|[a-z\d]{1,3}[ -][a-z\d]{2,3}[ -][a-z\d]{1,3}"
_PLATE_SAID = re.compile(rf"(?i)\bkenteken\w*\W{{1,3}}(?:is\s|van\s)?({_PLATE_FORM})(?!\w)")
_MONTH = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19|20)?\d{2}"
_DATE = (
    rf"(?:\d{{1,2}}[ ]{_MONTH}[ ]['’]\d{{2}}|\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{_YEAR}|\d{{1,2}}[ ]{_MONTH}[ ]{_YEAR}"
    r"|(?:19|20)\d\d-\d\d-\d\d)"
)
_BORN = re.compile(rf"(?i)\b(?:d\.?o\.?b\.?|geb\.?|geboren(?:\s(?:op|in|is))?|geboortedatum(?:\sis)?|gebdat\.?|g\.d\.|verjaardag(?:\sis)?)\W{{0,4}}({_DATE})(?!\d)")  # fmt: skip  # noqa: E501
_BARE = re.compile(rf"(?im)^[^\w\n]*(\d{{1,2}}[ ]{_MONTH}[ ](?:['’]\d{{2}}|19\d\d|200\d|201[0-5]))[^\w\n]*$")
_LONG_AGO = r"(?:19\d\d|200\d|201[0-2])"  # so old a date is hardly anything else: in doubt it is hidden
_WRITTEN_DATE = re.compile(rf"(?i)(?<![\w-])(?:\d{{1,2}}[ ]{_MONTH}[ ]{_LONG_AGO}|{_LONG_AGO}-\d\d-\d\d)(?![\w-])")
_FOREIGN_PLATE = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ ]?\d{1,4}(?![\w-])")  # German
_PLATE_ABROAD = re.compile(
    r"(?i)\b(?:tablic\w+|rejestrac\w+|number plate|licen[cs]e plate|kennzeichen|plaka\w*|номер\w*)\W{1,3}"
    r"((?-i:[A-Z]{1,3})[ -]?(?=[A-Z\d ]*\d)[A-Z\d]{2,5}(?:[ ]?[A-Z\d]{2,4})?)(?!\w)"
)
_SERVICE = frozenset({"09008844", "08000113", "09000113", "08007000", "08002000", "08000432"})  # of services, not of people
_OLD_DATE = re.compile(r"(?<![\d-])\d{1,2}[-/.]\d{1,2}[-/.](?:19\d\d|200\d|201[0-5])(?!\d)")


def find(text: str) -> Iterator[PersonalData]:
    """Spans may overlap; the kinds that come first are the surest."""
    for soort, finder in _FINDERS:
        for start, end in finder(text):
            yield PersonalData(start, end, soort)


def _whole(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (match.span(match.lastindex or 0) for match in pattern.finditer(text))


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    """A Dutch one by its form, also with a wrong digit; others only when they check out."""
    yield from (match.span() for match in _IBAN_NL.finditer(text))
    yield from (match.span() for match in _IBAN.finditer(text) if iban.is_valid(match[0]))


def _bsns(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span(1) for match in _BSN_SAID.finditer(text))
    yield from (match.span() for match in _BSN.finditer(text) if bsn.is_valid(match[0]))
    for match in _NINE.finditer(text):
        said = text[max(0, match.start() - 60) : match.start()]
        if "bsn" in said.lower() or not _NUMBERED.search(said):
            yield match.span()


def _plates(text: str) -> Iterator[tuple[int, int]]:
    """Letters and digits in groups that never mix; "12-11-85" is a date, "a-b-c" is nothing."""
    yield from (match.span(1) for match in _PLATE_SAID.finditer(text) if any(c.isdigit() for c in match[1]))
    yield from (match.span() for match in _FOREIGN_PLATE.finditer(text))
    yield from (match.span(1) for match in _PLATE_ABROAD.finditer(text))
    for match in _PLATE.finditer(text):
        groups = match.groups()
        letters = sum(group.isalpha() for group in groups)
        if letters in {1, 2} and 5 <= sum(map(len, groups)) <= 7:
            yield match.span()


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _DIGITS.finditer(text):
        try:
            number = phonenumbers.parse(match[0], "NL")
        except NumberParseException:
            continue
        if (
            phonenumbers.is_possible_number(number)
            and not _is_date(match[0])
            and "".join(filter(str.isdigit, match[0])) not in _SERVICE
        ):
            yield match.span()


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", text) is not None


_FINDERS = (
    ("email", _whole(_EMAIL)),
    ("iban", _ibans),
    ("geboortedatum", _whole(_BORN)),
    ("geboortedatum", _whole(_OLD_DATE)),
    ("geboortedatum", _whole(_BARE)),
    ("geboortedatum", _whole(_WRITTEN_DATE)),
    ("kenteken", _plates),
    ("bsn", _bsns),
    ("telefoon", _phones),
    ("account", _whole(_ACCOUNT)),
)
