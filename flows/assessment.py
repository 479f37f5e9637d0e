"""What reading a melding yields. The labels are those of the codebook (`triage-guide.md`).

An assessment proposes; people decide. Offsets are Unicode code points in the text that was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Urgentie(StrEnum):
    ACUUT = "acuut"
    SPOED = "spoed"
    REGULIER = "regulier"
    ADVIES = "advies"
    GEEN = "geen"

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return list(Urgentie).index(self)


def most_urgent(*levels: Urgentie) -> Urgentie:
    return min(levels, key=lambda level: level.rank)


class Thema(StrEnum):
    VERWARDHEID = "verwardheid"
    SUICIDALITEIT = "suicidaliteit"
    AGRESSIE = "agressie"
    OVERLAST = "overlast"
    VERWAARLOZING = "verwaarlozing"
    MIDDELEN = "middelen"
    VERGEETACHTIG = "vergeetachtig"
    DAKLOOS = "dakloos"
    WONEN_GELD = "wonen_geld"
    GEZIN = "gezin"
    SOMBER = "somber"
    ZORGMIJDING = "zorgmijding"
    NIET_GEZIEN = "niet_gezien"


class Signaal(StrEnum):
    WAPEN = "wapen"
    DREIGING = "dreiging"
    GEWELD = "geweld"
    SUICIDE_UITING = "suicide_uiting"
    SUICIDE_PLAN = "suicide_plan"
    BRAND_GAS = "brand_gas"
    GEVAARLIJKE_PLEK = "gevaarlijke_plek"
    GEWOND_ONWEL = "gewond_onwel"
    KIND = "kind"
    MEDICATIE_GESTOPT = "medicatie_gestopt"
    VERMIST = "vermist"


class SignaalStatus(StrEnum):
    """In the order of how serious: the first that holds is the status of the signaal."""

    NU = "nu"
    MOGELIJK = "mogelijk"
    EERDER = "eerder"
    NIET = "niet"


class Betreft(StrEnum):
    ANDER = "ander"
    ZELF = "zelf"


class MelderRole(StrEnum):
    BUUR = "buur"
    NAASTE = "naaste"
    VOORBIJGANGER = "voorbijganger"
    WIJKAGENT = "wijkagent"
    WONINGCORPORATIE = "woningcorporatie"
    PROFESSIONAL = "professional"
    ZELF = "zelf"

    @property
    def professional(self) -> bool:
        return self in {MelderRole.WIJKAGENT, MelderRole.WONINGCORPORATIE, MelderRole.PROFESSIONAL}


class Topic(StrEnum):
    """What a meldpunt needs to know besides the story; asked only when the text does not say it."""

    ROLE = "role"
    PLACE = "place"
    SINCE = "since"  # since when, how often
    DANGER = "danger"  # children, weapon or threat
    HELP = "help"  # help already involved
    ANONYMITY = "anonymity"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Locatie:
    """What the text says about where the person is; "" is not said. `gemeente` only when it is certain."""

    straat: str = ""
    huisnummer: str = ""
    postcode: str = ""  # 1234AB, or 1234
    woonplaats: str = ""
    gemeente: str = ""
    candidates: tuple[str, ...] = ()  # gemeenten that fit when several do

    @property
    def known(self) -> bool:
        return bool(self.straat or self.postcode or self.woonplaats or self.gemeente)


@dataclass(frozen=True, slots=True)
class PersonalData:
    start: int
    eind: int
    soort: str  # persoon adres postcode telefoon email bsn geboortedatum kenteken iban account


@dataclass(frozen=True, slots=True)
class Reason:
    """These words moved the urgency. `wat` is plain Dutch for the medewerker."""

    start: int
    eind: int
    wat: str
    omhoog: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    urgentie: Urgentie
    zekerheid: float  # 0..1
    veilig: str  # the text with each span of personal data replaced by [soort]
    model: str
    themas: tuple[Thema, ...] = ()
    signalen: Mapping[Signaal, SignaalStatus] = field(default_factory=dict)
    betreft: Betreft = Betreft.ANDER
    locatie: Locatie | None = None
    taal: str = "nl"
    pii: tuple[PersonalData, ...] = ()
    uitleg: tuple[Reason, ...] = ()
    said: tuple[Topic, ...] = ()  # what the text already says (PLACE follows from `locatie`, not from here)
    role: MelderRole | None = None  # who the melder says to be
    doubt: tuple[Urgentie, ...] = ()  # the reader cannot choose between these two: a person first

    @property
    def suicide(self) -> bool:
        """113 belongs in the answer."""
        live = {SignaalStatus.NU, SignaalStatus.MOGELIJK}
        talk = {Signaal.SUICIDE_UITING, Signaal.SUICIDE_PLAN}
        return Thema.SUICIDALITEIT in self.themas or any(self.signalen.get(s) in live for s in talk)
