"""A melding as a row: what the queue sorts and filters by is plain, what the melder told is sealed."""

from typing import Any

from flows import decisions
from flows.assessment import Urgentie
from flows.melding import Melding, Status
from flows.messages import ConversationKey
from flows.report import Report
from storage import mapping
from storage.link import Found
from storage.secrets import Vault

_SAME = (
    "number",
    "regio",
    "unfinished",
    "decided",
    "gemeente",
    "owner",
    "looker",
    "asked",
    "rung",
    "received_at",
    "due_at",
    "version",
)


def row_of(melding: Melding, vault: Vault) -> dict[str, Any]:
    key, urgentie = melding.conversation, melding.urgentie
    return {
        **{name: getattr(melding, name) for name in _SAME},
        "status": melding.status.value,
        "open": melding.status.open,
        "urgentie": None if urgentie is None else urgentie.value,
        "rank": 0 if urgentie is None else urgentie.rank,
        "channel": key.channel,
        "bot": key.bot,
        "chat": key.chat,
        "body": vault.seal(mapping.dump(melding.report)),
        "themas": None if melding.chosen is None else vault.seal(decisions.joined(melding.chosen)),
    }


def melding_of(row: Found, vault: Vault) -> Melding:
    return Melding(
        **{name: getattr(row, name) for name in _SAME},
        status=Status(row.status),
        urgentie=None if row.urgentie is None else Urgentie(row.urgentie),
        conversation=ConversationKey(row.channel, row.bot, row.chat),
        report=mapping.load(Report, vault.open(row.body)),
        chosen=None if row.themas is None else decisions.split(vault.open(row.themas).decode()),
    )
