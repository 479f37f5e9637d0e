"""What an adapter hands in before anything is understood: the raw update, kept as it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """`update_id` is unique within (channel, bot). `lane` None: nobody could tell whose it is. `body` is JSON as it came."""

    channel: str
    bot: str
    update_id: str
    lane: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A raw update that is kept and now leased to us. `attempts` counts this one."""

    id: int
    raw: RawUpdate
    attempts: int
    lease: str


class Door(Protocol):
    async def keep(self, updates: Sequence[RawUpdate]) -> None:
        """Kept for good when this returns; a repeat is dropped in silence. Raises StorageAway: nothing was kept."""
