"""Which meldingen stand in the queue of the desk, and in what order."""

from sqlalchemy import ColumnElement, String, exists, not_, or_, select, type_coerce

from flows.assessment import Urgentie
from flows.melding import Status
from flows.ports import QueueFilter
from storage.tables import ADDRESS, MELDING, PERSON

# Not read yet and acuut first, then the term that runs out first; without a term last. The id makes pages stable.
ORDER = (MELDING.c.rank > 0, MELDING.c.due_at.asc().nulls_last(), MELDING.c.rank, MELDING.c.id)


def conditions(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    row = MELDING.c
    found = [row.regio == wanted.regio, row.open, row.rank != Urgentie.GEEN.rank]
    if wanted.gemeente:
        found.append(row.gemeente == wanted.gemeente)
    if wanted.mine is not None:
        found.append(or_(row.owner == wanted.mine, row.looker == wanted.mine, _asked(wanted.mine)))
    if wanted.urgentie is not None:
        found.append(row.urgentie == wanted.urgentie.value)
    if wanted.late_at is not None:
        found.append(row.due_at < wanted.late_at)
    if wanted.free:
        found += [row.owner.is_(None), row.looker.is_(None), row.status != Status.ASSIGNED.value]
    if wanted.unattended:  # nobody who can be reached now said "Ik pak dit op", nor looks at it
        found += [not_(_at_hand(row.owner)), not_(_at_hand(row.looker))]
    return found


def _asked(person: int) -> ColumnElement[bool]:
    """The column holds ",3,7,"; read as text here, or the pattern would be taken for a list of people."""
    return type_coerce(MELDING.c.asked, String).like(f"%,{int(person)},%")


def _at_hand(person: ColumnElement[int | None]) -> ColumnElement[bool]:
    """This person is on duty and has a chat that works. False for nobody."""
    chat = exists(select(ADDRESS.c.chat).where(ADDRESS.c.person == person, ADDRESS.c.reachable))
    duty = exists(select(PERSON.c.id).where(PERSON.c.id == person, PERSON.c.active, PERSON.c.on_duty))
    return duty & chat
