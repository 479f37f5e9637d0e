"""What a button sends back: at most 64 bytes, no content, and the version it was made for (failures 12 and 13)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OnMelding:
    """`m:<verb>:<number>:<version>[:<value>]`: something to do with a melding as it was at `version`."""

    verb: str
    number: str
    version: int
    value: str = ""

    def __str__(self) -> str:
        tail = f":{self.value}" if self.value else ""
        return f"m:{self.verb}:{self.number}:{self.version}{tail}"


@dataclass(frozen=True, slots=True)
class InDialogue:
    """`d:<serial>:<value>`: an answer to the question with this serial."""

    serial: int
    value: str

    def __str__(self) -> str:
        return f"d:{self.serial}:{self.value}"


@dataclass(frozen=True, slots=True)
class Command:
    """`c:<text>`: the same as typing this command."""

    text: str

    def __str__(self) -> str:
        return f"c:{self.text}"


Action = OnMelding | InDialogue | Command


def parse(data: str) -> Action | None:
    """None for what no button of ours ever held."""
    match data.split(":"):
        case ["m", verb, number, version, *value] if _count(version):
            return OnMelding(verb, number, int(version), ":".join(value))
        case ["d", serial, *value] if _count(serial) and value:
            return InDialogue(int(serial), ":".join(value))
        case ["c", *text] if text:
            return Command(":".join(text))
    return None


def _count(digits: str) -> bool:
    """ "²" is a digit to Python and no number; nothing of ours counts beyond nine digits."""
    return digits.isascii() and digits.isdigit() and len(digits) < 10
