"""A strict Telegram Bot API on loopback, for tests: it refuses what Telegram refuses, with Telegram's words."""

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.second_opinion import SecondOpinion
from tests.telegram_emulator.world import Sent

__all__ = ["Emulator", "SecondOpinion", "Sent"]
