"""What goes to the meldpunt, shown to the melder first, in the melder's own words. Pure."""

from flows import actions
from flows.assessment import Betreft, MelderRole
from flows.melder.step import Reply
from flows.messages import Choice, Rows, Text, say
from flows.report import Report

LONGEST = 1500  # characters of the story; a longer one is cut in the summary only


def reply(report: Report, serial: int, aside: tuple[Text, ...]) -> Reply:
    return Reply((*aside, *texts(report), say("summary-ask")), _buttons(serial), collapse="question")


def _buttons(serial: int) -> Rows:
    send, change, drop = (
        Choice(say(f"summary-{verb}"), str(actions.InDialogue(serial, verb))) for verb in ("send", "change", "drop")
    )
    return ((send,), (change, drop))


def texts(report: Report) -> tuple[Text, ...]:
    story = report.story if len(report.story) <= LONGEST else report.story[:LONGEST] + " …"
    facts = [say("summary-story", story=story) if story else say("summary-no-story"), _place(report)]
    facts.extend(say(f"summary-{name}", words=words) for name, words in _answers(report) if words)
    facts.append(say(f"summary-role-{_role(report)}"))
    facts.append(say(f"summary-anonymity-{report.anonymity}"))
    if report.files:
        facts.append(say("summary-files", count=len(report.files)))
    return tuple(facts)


def _answers(report: Report) -> tuple[tuple[str, str], ...]:
    return ("since", report.since), ("danger", report.danger), ("help", report.help), ("contact", report.contact)


def _role(report: Report) -> str:
    if report.role is not None:
        return str(report.role)
    themselves = report.reading is not None and report.reading.betreft is Betreft.ZELF
    return str(MelderRole.ZELF) if themselves else "unknown"


def _place(report: Report) -> Text:
    words = place_words(report)
    if words:
        return say("summary-place", place=words)
    return say("summary-place-shared") if report.location else say("summary-place-unknown")


def place_words(report: Report) -> str:
    """The place in words: as read, else as written, else the gemeente a shared location lies in."""
    found = report.locatie
    if found is not None and found.known:
        street = " ".join(part for part in (found.straat, found.huisnummer) if part)
        town = " ".join(part for part in (found.postcode, found.woonplaats or found.gemeente) if part)
        return ", ".join(part for part in (street[:1].upper() + street[1:], town) if part)
    if report.place_words:
        return report.place_words
    return report.gemeente


def withdraw_question(number: str, serial: int) -> Reply:
    buttons = tuple(Choice(say(f"withdraw-{value}"), str(actions.InDialogue(serial, value))) for value in ("yes", "no"))
    return Reply((say("withdraw-ask", number=number),), (buttons,), collapse="question")
