"""Brings what stands in the outbox to its channel. The only place from which anything leaves.

What became of it is written on its row: sent, later, moved, unreachable, unknown, given up.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from bot import hub, patience
from bot.channels.rendered import Rendered
from bot.pace import Pace
from bot.render import Renderer
from flows import errors, trouble
from flows.house import House
from flows.messages import ConversationKey
from flows.ports import OutStatus, Parcel

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)  # longer than the longest send, waits between parts included
TRIES = 6
DOUBTS = 3  # times an alert of which nobody knows whether it arrived is sent again


class Sender(Protocol):
    async def send(self, message: Rendered) -> str:
        """A reference of the channel. Raises errors.DeliveryError."""
        ...


class Delivery:
    def __init__(self, house: House, senders: Mapping[str, Sender], renderer: Renderer, pace: Pace, wakes: hub.Hub) -> None:
        self._house, self._senders, self._renderer, self._pace, self._hub = house, senders, renderer, pace, wakes

    async def claim(self, most: int) -> Sequence[Parcel]:
        async with self._house.begin() as work:
            parcels = await work.outbox.claim(self._house.clock(), LEASE, most, channels=tuple(self._senders))
            await work.commit()
        return parcels

    async def deliver(self, parcel: Parcel) -> None:
        try:
            message = self._renderer.render(parcel.outgoing, key=str(parcel.id), doubtful=parcel.doubtful)
            reference = await self._senders[parcel.outgoing.to.channel].send(message)
        except errors.DeliveryError as error:
            failure: errors.DeliveryError = error
        except errors.StorageAway:
            raise
        except Exception:
            log.exception("delivery failed: outbox %s", parcel.id)
            failure = errors.Rejected("a fault of ours")
        else:
            # It is out. Not written down, it would hold up its lane for the length of the lease, and then go out again.
            await patience.insist(lambda: self._sent(parcel, reference))
            return
        await patience.insist(lambda: self._failed(parcel, failure), errors.Conflict)

    async def _sent(self, parcel: Parcel, reference: str) -> None:
        async with self._house.begin() as work:
            now = self._house.clock()
            if not await work.outbox.sent(parcel, reference, now):
                log.warning("lease lost while sending: outbox %s", parcel.id)
            await self._pace.count(work, parcel.outgoing.to, now)
            await work.commit()

    async def _failed(self, parcel: Parcel, error: errors.DeliveryError) -> None:
        match error:
            case errors.RetryAfter(seconds=seconds, everybody=everybody):
                await self._later(parcel, seconds, everybody=everybody)
            case errors.Unreachable():
                await trouble.unreachable(self._house, parcel)
            case errors.Moved(chat=chat):
                await self._moved(parcel, chat)
            case errors.Unknown() if parcel.outgoing.resend_when_unknown and parcel.attempts <= DOUBTS:
                await self._once_more(parcel, "unknown", doubtful=True)
            case errors.Unknown():
                await trouble.undelivered(self._house, parcel, OutStatus.UNKNOWN, "unknown")
            case _ if parcel.attempts < TRIES:
                await self._once_more(parcel, str(error))
            case _:
                log.error("given up: outbox %s", parcel.id)
                await trouble.undelivered(self._house, parcel, OutStatus.DEAD, str(error))

    async def _later(self, parcel: Parcel, seconds: float, *, everybody: bool) -> None:
        """Told to wait: the chat, or the whole channel, across a restart. Not counted as a failure of the message."""
        to = parcel.outgoing.to
        async with self._house.begin() as work:
            until = self._house.clock() + timedelta(seconds=seconds)
            await work.outbox.retry(parcel, until, "told to wait", counted=False)
            await work.outbox.hold(f"{to.channel}:{to.bot}" if everybody else to.lane, until)
            await work.commit()

    async def _once_more(self, parcel: Parcel, problem: str, *, doubtful: bool = False) -> None:
        async with self._house.begin() as work:
            at = self._house.clock() + timedelta(seconds=2 ** min(parcel.attempts, 6))
            await work.outbox.retry(parcel, at, problem, doubtful=doubtful)
            await work.commit()

    async def _moved(self, parcel: Parcel, chat: str) -> None:
        """Every stored id changes in one transaction, and the message goes to the new one."""
        old = parcel.outgoing.to
        async with self._house.begin() as work:
            await work.outbox.retry(parcel, self._house.clock(), "moved")
            await work.outbox.move(old, ConversationKey(old.channel, old.bot, chat))
            await work.commit()
        self._hub.wake("outbox")
