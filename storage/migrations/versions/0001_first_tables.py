"""The first tables.

Revises: nothing
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS: dict[str, Any] = {
    "serial": _BIG,
    "big": _BIG,
    "number": sa.Integer(),
    "text": sa.String(),
    "sealed": sa.LargeBinary(),
    "flag": sa.Boolean(),
    "time": sa.DateTime(timezone=True),
    "json": sa.JSON(),
}

_NUMBERED = {"inbox", "outbox", "timeline", "melding", "event", "person"}


def upgrade() -> None:
    _incoming()
    _outgoing()
    _meldingen()
    _attached()
    _people()
    _upkeep()


def downgrade() -> None:
    tables = """keycheck lease tally deadline web_session invitation address person file follow_code event revision melding
        counter hold outbox timeline conversation heard inbox"""
    for table in tables.split():
        op.drop_table(table)


def _table(name: str, columns: str, *constraints: sa.Constraint) -> None:
    """`columns`: name:kind, and a question mark when it may be NULL."""
    made = [_column(*column.split(":")) for column in columns.split()]
    # SQLite must not hand out the ids of deleted rows again.
    op.create_table(name, *made, *constraints, sqlite_autoincrement=name in _NUMBERED)


def _column(name: str, kind: str) -> sa.Column[Any]:
    return sa.Column(name, _KINDS[kind.rstrip("?")], nullable=kind.endswith("?"))


def _belongs(table: str, column: str, target: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE")


def _index(name: str, table: str, *columns: str, where: str = "") -> None:
    partial: dict[str, Any] = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)} if where else {}
    op.create_index(name, table, list(columns), **partial)


def _incoming() -> None:
    _table(
        "inbox",
        "id:serial channel:text bot:text update_id:text lane:text? body:sealed status:text attempts:number "
        "received_at:time not_before:time? lease:text? lease_until:time? handled_at:time? problem:sealed?",
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "bot", "update_id", name="uq_inbox_channel_bot_update_id"),
    )
    _index("ix_inbox_handled_at", "inbox", "handled_at")
    _index("ix_inbox_waiting_id", "inbox", "id", where="status = 'waiting'")
    _index("ix_inbox_quarantined", "inbox", "id", where="status = 'quarantined'")
    _index("ix_inbox_waiting_lane", "inbox", "lane", "id", where="status = 'waiting'")
    _table(
        "heard",
        "channel:text bot:text chat:text message_id:text at:time",
        sa.PrimaryKeyConstraint("channel", "bot", "chat", "message_id", name="pk_heard"),
    )
    _index("ix_heard_at", "heard", "at")
    _table(
        "conversation",
        "channel:text bot:text chat:text version:number blocked:flag body:sealed changed_at:time",
        sa.PrimaryKeyConstraint("channel", "bot", "chat", name="pk_conversation"),
    )
    _index("ix_conversation_changed_at", "conversation", "changed_at")
    _table(
        "timeline",
        "id:serial lane:text key:text direction:text payload:sealed at:time",
        sa.PrimaryKeyConstraint("id", name="pk_timeline"),
        sa.UniqueConstraint("lane", "key", name="uq_timeline_lane_key"),
    )
    _index("ix_timeline_at", "timeline", "at")
    _index("ix_timeline_lane_id", "timeline", "lane", "id")


def _outgoing() -> None:
    _table(
        "outbox",
        "id:serial lane:text channel:text bot:text chat:text priority:number body:sealed collapse:text status:text "
        "attempts:number doubtful:flag created_at:time not_before:time? lease:text? lease_until:time? melding:text "
        "person:number? sent_at:time? reference:text problem:sealed?",
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    _index("ix_outbox_created_at", "outbox", "created_at")
    _index("ix_outbox_trouble", "outbox", "id", where="status IN ('dead', 'unknown')")
    _index("ix_outbox_waiting_lane", "outbox", "lane", "priority", "id", where="status = 'waiting'")
    _index("ix_outbox_waiting_order", "outbox", "priority", "id", where="status = 'waiting'")
    _table(
        "hold",
        "key:text until:time",
        sa.PrimaryKeyConstraint("key", name="pk_hold"),
    )


def _meldingen() -> None:
    _table(
        "counter",
        "name:text value:number",
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    _table(
        "melding",
        "id:serial number:text regio:text status:text open:flag urgentie:text? rank:number unfinished:flag decided:flag "
        "gemeente:text owner:number? looker:number? asked:text rung:number received_at:time due_at:time? channel:text "
        "bot:text chat:text version:number body:sealed",
        sa.PrimaryKeyConstraint("id", name="pk_melding"),
        sa.UniqueConstraint("number", name="uq_melding_number"),
    )
    _index("ix_melding_channel_bot_chat", "melding", "channel", "bot", "chat")
    _index("ix_melding_received_at", "melding", "received_at")
    _index("ix_melding_regio_open_due_at", "melding", "regio", "open", "due_at")
    _table(
        "revision",
        "id:serial melding:text no:number body:sealed at:time",
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        _belongs("revision", "melding", "melding.number"),
        sa.UniqueConstraint("melding", "no", name="uq_revision_melding_no"),
    )
    _table(
        "event",
        "id:serial melding:text kind:text actor:number? at:time detail:sealed?",
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        _belongs("event", "melding", "melding.number"),
    )
    _index("ix_event_melding_id", "event", "melding", "id")


def _attached() -> None:
    _table(
        "follow_code",
        "code:text melding:text",
        sa.PrimaryKeyConstraint("code", name="pk_follow_code"),
        _belongs("follow_code", "melding", "melding.number"),
        sa.UniqueConstraint("melding", name="uq_follow_code_melding"),
    )
    _table(
        "file",
        "id:text lane:text soort:text body:sealed status:text attempts:number created_at:time not_before:time? "
        "size:number? problem:sealed?",
        sa.PrimaryKeyConstraint("id", name="pk_file"),
    )
    _index("ix_file_wanted", "file", "created_at", where="status = 'wanted'")
    _index("ix_file_lane", "file", "lane")


def _people() -> None:
    _table(
        "person",
        "id:serial role:text regio:text gemeente:text organisatie:sealed name:sealed on_duty:flag active:flag",
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    _index("ix_person_regio", "person", "regio")
    _table(
        "address",
        "channel:text bot:text chat:text person:big reachable:flag",
        sa.PrimaryKeyConstraint("channel", "bot", "chat", name="pk_address"),
        _belongs("address", "person", "person.id"),
    )
    _index("ix_address_person", "address", "person")
    _table(
        "invitation",
        "code:text body:sealed expires_at:time? person:big? channels:json",
        sa.PrimaryKeyConstraint("code", name="pk_invitation"),
        _belongs("invitation", "person", "person.id"),
    )
    _index("ix_invitation_expires_at", "invitation", "expires_at")
    _table(
        "web_session",
        "token:text chat:text purpose:text person:big? created_at:time expires_at:time",
        sa.PrimaryKeyConstraint("token", name="pk_web_session"),
        _belongs("web_session", "person", "person.id"),
        sa.UniqueConstraint("chat", name="uq_web_session_chat"),
    )
    _index("ix_web_session_expires_at", "web_session", "expires_at")
    _index("ix_web_session_person", "web_session", "person")


def _upkeep() -> None:
    _table(
        "deadline",
        "kind:text subject:text due_at:time step:number",
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_deadline"),
    )
    _index("ix_deadline_due_at", "deadline", "due_at")
    _table(
        "tally",
        "key:text times:json stale_at:time",
        sa.PrimaryKeyConstraint("key", name="pk_tally"),
    )
    _index("ix_tally_stale_at", "tally", "stale_at")
    _table(
        "lease",
        "name:text holder:text until:time",
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    _table(
        "keycheck",
        "name:text sealed:sealed",
        sa.PrimaryKeyConstraint("name", name="pk_keycheck"),
    )
