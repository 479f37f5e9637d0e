"""Values of the flows ↔ JSON bytes. A field that a newer value has and an old row lacks gets its default; one that is gone is
ignored. Adapters are made at the first use: building them all takes a quarter of a second.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, cast

from pydantic import Field, TypeAdapter, ValidationError

from flows import errors
from flows.decisions import Decision
from flows.melder.states import State
from flows.messages import Attachment, Outgoing
from flows.people import Invitation
from flows.report import Report

T = TypeVar("T")
_STATE: Any = Annotated[State, Field(discriminator="kind")]
_DETAIL: Any = Mapping[str, str]
_PAYLOAD: Any = Mapping[str, Any]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(value: object) -> bytes:
    return _adapter(cast("Any", type(value))).dump_json(value)


def load(kind: type[T], data: bytes) -> T:
    """Raises `errors.Unreadable`, without quoting what it read."""
    return cast("T", _validated(kind, data))


def load_state(data: bytes) -> State:
    return cast("State", _validated(_STATE, data))


def dump_detail(detail: Mapping[str, str]) -> bytes:
    return _adapter(_DETAIL).dump_json(detail)


def load_detail(data: bytes) -> Mapping[str, str]:
    return cast("Mapping[str, str]", _validated(_DETAIL, data))


def dump_payload(payload: Mapping[str, Any]) -> bytes:
    return _adapter(_PAYLOAD).dump_json(payload)


def load_payload(data: bytes) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", _validated(_PAYLOAD, data))


def _validated(kind: Any, data: bytes) -> Any:
    try:
        return _adapter(kind).validate_json(data)
    except ValidationError as error:
        places = {
            ".".join(str(step) for step in problem["loc"]) for problem in error.errors(include_input=False, include_context=False)
        }
        raise errors.Unreadable(f"stored {getattr(kind, '__name__', 'state')}: {', '.join(sorted(places))}") from None


def warm_up() -> None:
    """Builds the adapters now, so that the first message does not wait for them."""
    for kind in (_STATE, _DETAIL, _PAYLOAD, Report, Outgoing, Attachment, Invitation, Decision):
        _adapter(kind)
