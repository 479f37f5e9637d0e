"""Which meldingen stand in the queue of the desk, and in what order."""

from sqlalchemy import ColumnElement, or_

from flows.assessment import Urgentie
from flows.ports import QueueFilter
from storage.tables import MELDING

# Not read yet and acuut first, then the term that runs out first; without a term last. The id makes pages stable.
ORDER = (MELDING.c.rank > 0, MELDING.c.due_at.asc().nulls_last(), MELDING.c.rank, MELDING.c.id)


def conditions(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    row = MELDING.c
    found = [row.regio == wanted.regio, row.open, row.rank != Urgentie.GEEN.rank]
    if wanted.gemeente:
        found.append(row.gemeente == wanted.gemeente)
    if wanted.mine is not None:
        found.append(or_(row.owner == wanted.mine, row.looker == wanted.mine, _asked(wanted.mine)))
    if wanted.unattended:  # nobody said "Ik pak dit op", and nobody at the desk looks at it
        found += [row.owner.is_(None), row.looker.is_(None)]
    return found


def _asked(person: int) -> ColumnElement[bool]:
    """The column holds ",3,7,"."""
    return MELDING.c.asked.like(f"%,{int(person)},%")
