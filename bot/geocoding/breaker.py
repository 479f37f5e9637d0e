"""A circuit breaker: who fails again and again is left alone for a while, then tried once."""

from datetime import datetime, timedelta

from flows.ports import Clock


class Breaker:
    """Opens after `failures` in a row; after `rest` one call is let through, whose outcome decides. For one event loop."""

    def __init__(self, clock: Clock, *, failures: int = 3, rest: timedelta = timedelta(seconds=60)) -> None:
        self._clock, self._most, self._rest = clock, failures, rest
        self._failed = 0
        self._since: datetime | None = None  # open since, or tried last

    def allows(self) -> bool:
        """True is a promise to tell the outcome. A call that never told it holds the others up for `rest` at most."""
        if self._since is None:
            return True
        now = self._clock()
        if now - self._since < self._rest:
            return False
        self._since = now
        return True

    def succeeded(self) -> None:
        self._failed, self._since = 0, None

    def failed(self) -> None:
        self._failed += 1
        if self._failed >= self._most:
            self._since = self._clock()
