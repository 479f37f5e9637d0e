"""What a melder can do afterwards: ask how it stands, add, withdraw; from another chat with the follow-up code.

Says how far it is, never anything about the person.
"""

from datetime import datetime

from flows import entering
from flows.house import House
from flows.melder import summary
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Withdrawing
from flows.melder.step import Reply
from flows.melding import Melding
from flows.messages import Text, say
from flows.ports import UnitOfWork

Outcome = tuple[State, tuple[Reply, ...]]
SHOWN = 3


def look(state: State, purpose: str, meldingen: tuple[Melding, ...]) -> Outcome:
    """`meldingen` of this chat, newest first."""
    is_open = [melding for melding in meldingen if melding.status.open]
    match purpose:
        case "mijngegevens":
            return state, (Reply((say("my-data", count=len(meldingen)),), collapse="my-data"),)
        case "status" if isinstance(state, Asking | Confirming) and not meldingen:
            return state, (Reply((say("status-draft"),), collapse="status"),)
        case "status" if meldingen:
            return state, (Reply(tuple(standing(melding) for melding in meldingen[:SHOWN]), collapse="status"),)
        case "aanvullen" if is_open:
            return Sent(last=is_open[0].number), (Reply((say("add-now", number=is_open[0].number),), collapse="question"),)
        case "intrekken" if is_open:
            return _ask_withdrawal(is_open[0])
        case _:
            return GivingCode(purpose=purpose, last=state.last), (Reply((say("question-code"),), collapse="question"),)


def _ask_withdrawal(melding: Melding) -> Outcome:
    withdrawing = Withdrawing(last=melding.number, serial=melding.version)
    return withdrawing, (summary.withdraw_question(melding.number, withdrawing.serial),)


def standing(melding: Melding) -> Text:
    """How far it is, in words a melder may have."""
    return say(f"standing-{melding.status}", number=melding.number, busy="yes" if melding.unfinished else "no")


def with_code(state: State, purpose: str, melding: Melding | None, *, allowed: bool) -> Outcome:
    """Wrong, too often or right: the answer takes the same time."""
    if not allowed:
        return Idle(last=state.last, greeted=True), (Reply((say("code-too-often"),), delayed=True),)
    if melding is None:
        return state, (Reply((say("code-wrong"),), delayed=True),)
    if not melding.status.open or purpose in {"status", "mijngegevens"}:
        return Sent(last=melding.number), (Reply((standing(melding),), delayed=True),)
    if purpose == "intrekken":
        withdrawing = Withdrawing(last=melding.number, serial=melding.version)
        question = summary.withdraw_question(melding.number, withdrawing.serial)
        return withdrawing, (Reply(question.text, question.choices, delayed=True),)
    return Sent(last=melding.number), (Reply((say("add-now", number=melding.number),), delayed=True),)


async def withdraw(work: UnitOfWork, house: House, state: State, number: str, now: datetime) -> Outcome:
    melding = await work.meldingen.get(number)
    if melding is None or not melding.status.open:
        return Idle(greeted=True), (Reply((say("withdraw-over"),)),)
    granted = await entering.withdraw(work, house, melding, now)
    if granted:
        return Idle(last=number, greeted=True), (Reply((say("withdrawn", number=number),)),)
    return Sent(last=number), (Reply((say("withdraw-acute", number=number),)),)
