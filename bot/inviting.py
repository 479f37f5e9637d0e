"""Invitations from the command line: a code that makes one person, once per channel."""

import secrets
from datetime import timedelta

from bot.compose import App
from flows.errors import BadSettings
from flows.people import Invitation, Role

VALID = timedelta(days=14)
WHOLE_REGIO = {Role.MEDEWERKER, Role.COORDINATOR, Role.PIKET, Role.PROFESSIONAL}


async def invite(app: App, role: Role, *, gemeente: str = "", organisatie: str = "", name: str = "") -> dict[str, str]:
    """The code and where to bring it. Raises BadSettings for a gemeente that is not in the regio, or none where it is needed."""
    known = app.regio.gemeente(gemeente) if gemeente else None
    if gemeente and known is None:
        names = ", ".join(g.naam for g in app.regio.gemeenten)
        raise BadSettings([f"--gemeente '{gemeente}' ligt niet in {app.regio.naam}. Kies uit: {names}."])
    if known is None and role not in WHOLE_REGIO:
        raise BadSettings([f"--gemeente ontbreekt: een {role} hoort bij een gemeente."])
    code = secrets.token_urlsafe(12)
    invitation = Invitation(role, app.regio.key, known.naam if known else "", organisatie, name, expires_at=app.clock() + VALID)
    async with app.store.begin() as work:
        await work.people.invite(code, invitation)
        await work.commit()
    return {"code": code, "telegram": f"/start {code}", "web": f"{app.settings.address}/start/{code}"}
