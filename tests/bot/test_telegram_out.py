"""Sending: what arrives, and what each failure says about it."""

import pytest

from bot.channels.rendered import Button
from bot.channels.telegram_out import PartlySent, TelegramSender
from bot.channels.telegram_text import escape
from flows import errors
from tests.bot.telegram_fakes import Line, line, row
from tests.telegram_emulator import Emulator

LONG = "\n\n".join(f"{number} " + "x" * 2500 for number in range(3))


async def test_a_message_with_buttons() -> None:
    async with line() as on:
        on.telegram.known(7)
        reference = await on.sender.send(on.to(7, "Waar is het? <b>Noem</b> een straat.", "…", buttons=row("Ja", "Nee")))
        sent = on.telegram.sent(7)[0]
    assert (reference, sent.text, sent.labels, sent.data("Nee")) == ("1", "Waar is het? Noem een straat.", ["Ja", "Nee"], "nee")


async def test_asking_for_a_location_leaves_the_buttons() -> None:
    async with line() as on:
        on.telegram.known(7)
        await on.sender.send(on.to(7, "Waar?", buttons=row("Weet ik niet"), ask_location=True))
        assert on.telegram.sent(7)[0].labels == ["Weet ik niet"]


async def refusal(on: Line, chat: int = 7) -> errors.DeliveryError:
    with pytest.raises(errors.DeliveryError) as caught:
        await on.sender.send(on.to(chat, "Er is een melding."))
    assert "secret" not in repr(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


@pytest.mark.parametrize(
    "how", ["timeout_after_accept", "hang_before", "drop_before", "drop_after", "500", "502_html", "garbage_json", "no_result"]
)
async def test_failure_6_nobody_knows_whether_it_arrived(how: str) -> None:
    async with line(read_timeout=0.2) as on:
        on.telegram.known(7)
        on.telegram.fail_next("sendMessage", how)
        assert type(await refusal(on)) is errors.Unknown
        assert len(on.telegram.called("sendMessage")) == 1  # never repeated here


async def test_failure_6_surely_not_sent_may_be_tried_again() -> None:
    async with line(api=lambda _: "http://127.0.0.1:9") as on:
        found = await refusal(on)
    assert isinstance(found, errors.RetryAfter)
    assert found.everybody


@pytest.mark.parametrize("whose", [7, None])
async def test_failure_7_a_flood_says_how_long(whose: int | None) -> None:
    async with line() as on:
        on.telegram.known(7)
        on.telegram.flood(whose, 13)
        found = await refusal(on)
    assert isinstance(found, errors.RetryAfter)
    assert (found.seconds, found.everybody) == (13, False)
    assert on.sleep.slept == []


async def test_failure_8_who_cannot_be_reached() -> None:
    async with line() as on:
        await on.telegram.block(7)
        assert isinstance(await refusal(on), errors.Unreachable)
        await on.telegram.unblock(7)
        assert await on.sender.send(on.to(7, "welkom terug"))
        on.telegram.deactivate(7)
        assert isinstance(await refusal(on), errors.Unreachable)
        on.telegram.known(8, started=False)
        assert isinstance(await refusal(on, 8), errors.Unreachable)
        on.telegram.known(-5)
        on.telegram.kick(-5)
        assert isinstance(await refusal(on, -5), errors.Unreachable)
        assert isinstance(await refusal(on, 404), errors.Unreachable)


@pytest.mark.parametrize("how", ["403_unknown", "400_unknown"])
async def test_failure_9_an_unknown_refusal_disables_nobody(how: str) -> None:
    async with line() as on:
        on.telegram.known(7)
        on.telegram.fail_next("sendMessage", how)
        assert type(await refusal(on)) is errors.Rejected


async def test_a_refused_token_lets_every_message_wait() -> None:
    async with line() as on:
        on.telegram.known(7)
        on.telegram.fail_next("sendMessage", "401")
        found = await refusal(on)
    assert isinstance(found, errors.RetryAfter)
    assert found.everybody


async def test_failure_10_a_group_that_moved_names_its_new_id() -> None:
    async with line() as on:
        await on.telegram.migrate(-5, -1005)
        found = await refusal(on, -5)
    assert isinstance(found, errors.Moved)
    assert found.chat == "-1005"


async def test_failure_11_an_old_button_press_does_not_stop_the_answer() -> None:
    async with line() as on:
        on.telegram.known(7)
        await on.sender.send(on.to(7, "Kies", buttons=row("Ja")))
        await on.telegram.press(7, 1, "Ja")
        callback = next(iter(on.telegram.methods.callbacks))
        await on.sender.send(on.to(7, "Gekozen", callback_id=callback))
        on.telegram.forget_callbacks()
        await on.sender.send(on.to(7, "Nog eens", callback_id=callback))
        on.telegram.fail_next("answerCallbackQuery", "500")
        await on.sender.send(on.to(7, "En nog eens", callback_id=callback))
        assert [m.text for m in on.telegram.sent(7)] == ["Kies", "Gekozen", "Nog eens", "En nog eens"]
    assert len(on.telegram.methods.answered) == 1
    assert on.counts == {"telegram_callback_too_old": 1, "telegram_callback_not_answered": 1}


async def test_failure_11_a_press_alone_can_be_answered() -> None:
    async with line() as on:
        assert await on.sender.send(on.to(7, "", callback_id="1")) == ""
        assert [call.method for call in on.telegram.calls] == ["answerCallbackQuery"]


async def test_failure_13_a_button_with_too_much_in_it_is_found_here() -> None:
    async with line() as on:
        on.telegram.known(7)
        with pytest.raises(errors.Rejected):
            await on.sender.send(on.to(7, "x", buttons=((Button("Ja", "é" * 33),),)))
        assert on.telegram.calls == []


async def test_failure_18_long_text_is_split_on_paragraphs() -> None:
    async with line() as on:
        on.telegram.known(7)
        assert await on.sender.send(on.to(7, LONG, buttons=row("Ja"))) == "1,2,3"
        sent = on.telegram.sent(7)
    assert [message.text[0] for message in sent] == ["0", "1", "2"]
    assert [message.labels for message in sent] == [[], [], ["Ja"]]


async def test_failure_18_a_part_waits_for_its_turn() -> None:
    async with line() as on:
        on.telegram.known(7)
        slept: list[float] = []

        async def flood_is_over(seconds: float) -> None:
            slept.append(seconds)
            on.telegram.flood(7, 0)

        sender = TelegramSender(on.bot, sleep=flood_is_over)
        posted = on.telegram.methods.do_sendMessage

        async def then_flood(params: dict[str, object]) -> object:
            result = await posted(params)
            if len(on.telegram.sent(7)) == 1:
                on.telegram.flood(7, 4)
            return result

        on.telegram.methods.do_sendMessage = then_flood  # type: ignore[method-assign]
        assert await sender.send(on.to(7, LONG)) == "1,2,3"
    assert slept == [4]


@pytest.mark.parametrize(("how", "cause"), [("drop_before", errors.Unknown), ("400_unknown", errors.Rejected)])
async def test_failure_18_stopped_halfway_it_goes_on_where_it_was(how: str, cause: type[Exception]) -> None:
    async with line() as on:
        on.telegram.known(7)
        message = on.to(7, LONG, buttons=row("Ja"))
        sender = on.sender
        posted = on.telegram.methods.do_sendMessage

        async def then_fail(params: dict[str, object]) -> object:
            if len(on.telegram.sent(7)) == 0:
                on.telegram.fail_next("sendMessage", how)
            return await posted(params)

        on.telegram.methods.do_sendMessage = then_fail  # type: ignore[method-assign]
        with pytest.raises(PartlySent) as caught:
            await sender.send(message)
        assert isinstance(caught.value, errors.Unknown)
        assert (caught.value.parts, caught.value.references, type(caught.value.cause)) == (1, ("1",), cause)
        assert await sender.send(message, first_part=caught.value.parts) == "2,3"
        assert [m.text[0] for m in on.telegram.sent(7)] == ["0", "1", "2"]


async def test_failure_18_a_long_flood_halfway_is_left_to_the_outbox() -> None:
    async with line() as on:
        on.telegram.known(7)
        on.telegram.flood(7, 300)
        with pytest.raises(PartlySent) as caught:
            await on.sender.send(on.to(7, LONG), first_part=1)
    assert isinstance(caught.value.cause, errors.RetryAfter)
    assert on.sleep.slept == []


@pytest.mark.parametrize("text", ["a < b & c > d", "_*[`", "😀👨‍👩‍👧", "עברית \u202e", "a\u200bb", "nul\0nul", "half \ud83d"])
async def test_failure_19_strange_texts_arrive(text: str) -> None:
    async with line() as on:
        on.telegram.known(7)
        await on.sender.send(on.to(7, f"<b>Melding</b>: {escape(text)}."))
        assert on.telegram.sent(7)[0].text.startswith("Melding: ")
    assert on.counts == {}


async def test_failure_19_what_telegram_cannot_parse_is_sent_again_as_plain_text() -> None:
    async with line() as on:
        on.telegram.known(7)
        await on.sender.send(on.to(7, "<b>Jan <de Vries>", "Jan <de Vries>", buttons=row("Ja")))
        sent = on.telegram.sent(7)
    assert [(m.text, m.parse_mode, m.labels) for m in sent] == [("Jan <de Vries>", "", ["Ja"])]
    assert on.counts["telegram_sent_as_plain_text"] == 1


async def test_failure_19_one_part_of_a_long_text_falls_back_alone() -> None:
    async with line() as on:
        on.telegram.known(7)
        on.telegram.fail_next("sendMessage", "parse_error")
        await on.sender.send(on.to(7, LONG.replace("0 ", "<b>0</b> &amp; "), "unused"))
        assert [(m.text[:3], m.parse_mode) for m in on.telegram.sent(7)] == [("0 &", ""), ("1 x", "HTML"), ("2 x", "HTML")]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/m?a=1&b=2", "http://localhost/m", "http://meldpunt/m", "ftp://a.nl/"])
async def test_an_address_telegram_refuses_goes_in_the_text(url: str) -> None:
    async with line() as on:
        on.telegram.known(7)
        await on.sender.send(
            on.to(7, "Klaar.", buttons=((Button("Bekijk", url=url), Button("Ja", "ja")), (Button("Hulp", url=url),)))
        )
        sent = on.telegram.sent(7)[0]
    assert sent.text == f"Klaar.\n\nBekijk: {url}\n\nHulp: {url}"
    assert sent.labels == ["Ja"]


async def test_a_public_address_stays_a_button() -> None:
    async with line() as on:
        on.telegram.known(7)
        await on.sender.send(on.to(7, "Klaar.", buttons=((Button("Bekijk", url="https://meldpunt.example.nl/m"),),)))
        assert on.telegram.sent(7)[0].buttons == [{"text": "Bekijk", "url": "https://meldpunt.example.nl/m"}]


async def test_failure_7_the_limits_of_telegram_are_met_as_retry_after() -> None:
    async with line(Emulator(limits=True)) as on:
        on.telegram.known(7)
        for number in range(3):
            await on.sender.send(on.to(7, str(number)))
        assert isinstance(await refusal(on), errors.RetryAfter)
