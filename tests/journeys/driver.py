"""People at their chats: they say, press and read, over Telegram's API alone. Labels and texts are those of the catalogue."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot import inviting
from bot.compose import App, now
from bot.render import Renderer
from bot.serve import Running
from flows.messages import Argument, ConversationKey, say
from flows.people import Person, Role
from flows.records import Talk
from tests.house import open_house
from tests.telegram_emulator import Emulator, SecondOpinion, Sent

PATIENCE = 20.0
STORY = "mijn buurman schreeuwt al drie nachten en praat tegen mensen die er niet zijn, kerkstraat 12 enschede"
ACUTE = "hij staat nu met een mes voor de deur van de buren en dreigt, kerkstraat 12 enschede"
_RENDERER = Renderer.load(now)

# What a buur presses, whichever question comes.
ANSWERS = ("answer-role-buur", "answer-danger-niets", "answer-anonymity-verborgen", "answer-help-nee", "answer-contact-chat")


def words(name: str, /, **args: Argument) -> str:
    """A text of the catalogue as a person reads it."""
    return _RENDERER.text(say(name, **args))[1]


def label(name: str) -> str:
    return _RENDERER.label(say(name))


class Chat:
    """`reads` goes forward only: what was read or passed over is not read again."""

    def __init__(self, telegram: Any, chat_id: int) -> None:
        self.telegram, self.id, self.seen = telegram, chat_id, 0

    async def says(self, text: str, **extra: Any) -> int:
        """The id of the message."""
        await self.telegram.say(self.id, text, **extra)
        return int(self.telegram.world.chat(self.id).last_id)

    async def reads(self, *parts: str, timeout: float = PATIENCE) -> Sent:
        """The next message that holds all of these."""
        message: Sent = await self.telegram.wait_for(
            self.id, lambda sent: all(part in sent.text for part in parts), timeout, after=self.seen
        )
        self.seen = message.message_id
        return message

    async def presses(self, button: str, message: Sent) -> None:
        await self.telegram.press(self.id, message.message_id, button)

    @property
    def history(self) -> list[str]:
        return [sent.text for sent in self.telegram.sent(self.id)]

    async def answers_all(self, question: Sent | None = None) -> tuple[Sent, int]:
        """Presses through the questions, from one that was read already or the next, and sends; the receipt, and how many
        questions there were, the summary among them."""
        summary, asked = await self.comes_to_the_summary(question)
        await self.presses(label("summary-send"), summary)
        return await self.reads("Volgcode"), asked

    async def comes_to_the_summary(self, question: Sent | None = None) -> tuple[Sent, int]:
        known = [label(name) for name in ANSWERS]
        for asked in range(1, 9):
            question = question or await self.asked()
            if label("summary-send") in question.labels:
                return question, asked
            wanted = next((one for one in known if one in question.labels), label("answer-unknown"))
            await self.presses(wanted, question)
            question = None
        raise AssertionError(f"no summary after eight questions: {self.history}")

    async def asked(self) -> Sent:
        """The next message with buttons: a long one has them on its last part."""
        while not (message := await self.reads()).buttons:
            pass
        return message


@dataclass
class Town:
    """Everybody around one house."""

    telegram: Any
    running: Running

    @property
    def app(self) -> App:
        return self.running.app

    def chat(self, chat_id: int) -> Chat:
        return Chat(self.telegram, chat_id)

    def key(self, chat_id: int) -> ConversationKey:
        return ConversationKey("telegram", str(self.telegram.bot_id), str(chat_id))

    async def joins(self, chat_id: int, role: Role, **more: str) -> Chat:
        """By invitation and "/start CODE", as people do."""
        code = (await inviting.invite(self.app, role, **more))["code"]
        chat = self.chat(chat_id)
        await chat.says(f"/start {code}")
        await chat.reads("meldpunt")
        return chat

    async def employs(self, chat_id: int, role: Role, **more: str) -> Chat:
        """The same without the talk, for tests about something else."""
        code = (await inviting.invite(self.app, role, **more))["code"]
        self.telegram.known(chat_id)
        async with self.app.store.begin() as work:
            assert await work.people.redeem(code, self.key(chat_id), self.app.clock())
            await work.commit()
        return self.chat(chat_id)

    async def person(self, chat_id: int) -> Person:
        async with self.app.store.begin() as work:
            found = await work.people.by_conversation(self.key(chat_id))
        assert found is not None
        return found

    async def talk(self, chat_id: int) -> Talk:
        async with self.app.store.begin() as work:
            return await work.conversations.load(self.key(chat_id))


@asynccontextmanager
async def town(
    url: str, kind: type[Emulator] | type[SecondOpinion] = Emulator, telegram: Any = None, **options: Any
) -> AsyncIterator[Town]:
    async with telegram or kind() as there, open_house(url, there.url, there.token, **options) as running:
        yield Town(there, running)


@asynccontextmanager
async def house_at(url: str, telegram: Any, **options: Any) -> AsyncIterator[Town]:
    """A house on a Telegram that is there already, and stays."""
    async with open_house(url, telegram.url, telegram.token, **options) as running:
        yield Town(telegram, running)
