"""What cannot be read, and what need not be: neither may crash the reader, or cost what stands beside it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import telegram_in
from flows import errors
from flows.messages import Incoming, Kind

BOT = "4242"
PERSON = {"id": 7, "is_bot": False, "first_name": "Mel"}
CHAT = {"id": 7, "type": "private"}


def message(**fields: Any) -> dict[str, Any]:
    body = {"message_id": 3, "date": 1_780_000_000, "chat": CHAT, "from": PERSON, **fields}
    return {"update_id": 11, "message": {name: value for name, value in body.items() if value is not None}}


def read(raw: object) -> Incoming:
    return telegram_in.read(raw, BOT, username="meldpunt_bot", received=datetime(2026, 7, 1, tzinfo=UTC))


def test_failure_2_unknown_kinds_are_ignored() -> None:
    for raw in ({"update_id": 1}, {"update_id": 1, "brand_new_thing": {"a": 1}}, message(brand_new_content={"a": 1})):
        assert read(raw).kind is Kind.IGNORED


POISON: list[object] = [
    None, 5, "x", [], {}, {"update_id": "1"}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**70},
    {"update_id": 1, "message": "x"}, {"update_id": 1, "message": []}, {"update_id": 1, "message": {"text": "x"}},
    message(chat=None), message(chat={"id": "7", "type": "private"}), message(chat={"type": "private"}),
    message(text=5), message(text=["x"]), message(text="x", date=None), message(text="x", date="gisteren"),
    message(text="x", date=10**30), message(text="x", message_id="3"), message(text="x", **{"from": "mij"}),
    message(photo=[{"file_unique_id": "u", "width": 1, "height": 1}]), message(photo="x"), message(photo=[5]),
    message(location={"latitude": "noord", "longitude": 1}), message(location={"latitude": 1e9, "longitude": 1}),
    message(migrate_to_chat_id="x"),
    {"update_id": 1, "callback_query": {}}, {"update_id": 1, "callback_query": {"id": 1, "from": PERSON, "data": 5}},
    {"update_id": 1, "my_chat_member": {"chat": CHAT}},
]  # fmt: skip


@pytest.mark.parametrize("raw", POISON)
def test_failure_2_what_cannot_be_read_is_unreadable_and_never_quoted(raw: object) -> None:
    assert telegram_in.raw_update(raw, b"{}", BOT).body == b"{}"
    with pytest.raises(errors.Unreadable) as caught:
        read(raw)
    assert len(str(caught.value)) < 60


@pytest.mark.parametrize("body", [b"", b"{nee", b"\xff\xfe", b"[" * 100_000])
def test_failure_2_what_is_not_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(errors.Unreadable):
        telegram_in.read_body(body, BOT)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)
FIELDS = (
    "text",
    "caption",
    "photo",
    "voice",
    "document",
    "location",
    "entities",
    "date",
    "chat",
    "from",
    "message_id",
    "migrate_to_chat_id",
    "poll",
)


@given(st.dictionaries(st.sampled_from(FIELDS), ANY, max_size=4), st.sampled_from(["message", "edited_message", "channel_post"]))
@settings(max_examples=400, deadline=None)
def test_failure_2_wrong_types_anywhere_never_crash_the_reader(fields: dict[str, Any], kind: str) -> None:
    raw = {"update_id": 1, kind: message(text="x")["message"] | fields}
    telegram_in.lane(raw, BOT)
    try:
        found = read(raw)
    except errors.Unreadable:
        return
    assert isinstance(found.text, str)
    assert found.at.utcoffset() is not None


def test_failure_2_a_shape_we_do_not_need_cannot_cost_the_text() -> None:
    strange = {"reply_to_message": {"poll": 5}, "entities": 5, "web_app_data": "x", "forward_origin": 5, "external_reply": []}
    assert read(message(text="hij zit op het dak", **strange)).text == "hij zit op het dak"


def test_failure_8_a_status_of_a_later_bot_api_is_understood() -> None:
    members = {"old_chat_member": {"user": PERSON, "status": "kicked"}, "new_chat_member": {"user": PERSON, "status": "guest"}}
    body = {"chat": CHAT, "from": PERSON, "date": 1, **members}
    assert read({"update_id": 1, "my_chat_member": body}).kind is Kind.UNBLOCKED


def test_failure_2_an_update_without_number_gets_one_from_its_body() -> None:
    one = telegram_in.raw_update({"message": 1}, b'{"message":1}', BOT)
    assert one.update_id.startswith("bad:")
    assert one == telegram_in.raw_update({"message": 1}, b'{"message":1}', BOT)
    assert one.lane is None
