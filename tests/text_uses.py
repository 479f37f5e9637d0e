"""Where flows and bot name texts, read from their source: the names, and the arguments that each place gives."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import flows
from flows.assessment import MelderRole, Topic, Urgentie
from flows.melder import commands, pressing, questions
from flows.melding import Status
from flows.meldpunt import buttons
from flows.people import Role
from flows.report import Anonymity

ROOT = Path(flows.__file__).parent
ROOMS = (ROOT, ROOT.with_name("bot"))

HEAD = frozenset({"number", "urgentie", "gemeente"})
# Who passes a name on: where it stands among the arguments, and what is given with it.
RELAYS: Mapping[str, tuple[int, frozenset[str]]] = {
    "say": (0, frozenset()),
    "told": (2, HEAD),
    "to_melder": (1, frozenset({"number"})),
    "on": (2, frozenset()),
    "_choice": (0, frozenset()),
    "_says": (0, frozenset({"regio", "hours"})),
}
LABELS = {"on", "_choice"}
MODULES = {"notices", "messages", "buttons"}
STAFF = [role for role in Role if role is not Role.PROFESSIONAL]
ANSWERS = {
    choice.label.name.removeprefix("answer-")
    for topic in Topic
    for row in questions.choices_of(topic, 1, back=False)
    for choice in row
} - {"unknown"}
# Each f-string that names texts, with the arguments it is given, and what can stand in it.
FAMILIES: Mapping[tuple[str, frozenset[str]], set[str]] = {
    ("question-{}", frozenset()): set(Topic),
    ("answer-{}-{}", frozenset()): ANSWERS,
    ("command-{}", frozenset()): set(commands.COMMANDS),
    ("standing-{}", frozenset({"number", "busy"})): set(Status),
    ("staff-help-{}", frozenset()): set(STAFF),
    ("after-card-{}", frozenset()): {"called", "calm"},
    ("change-{}", frozenset()): {str(topic or "story") for topic in pressing.CHANGEABLE},
    ("summary-{}", frozenset()): {"send", "change", "drop"},
    ("summary-{}", frozenset({"words"})): {"since", "danger", "help", "contact"},
    ("summary-role-{}", frozenset()): {*MelderRole, "unknown"},
    ("summary-anonymity-{}", frozenset()): set(Anonymity),
    ("withdraw-{}", frozenset()): {"yes", "no"},
    ("urgentie-{}", frozenset()): set(Urgentie),
    ("outcome-{}", frozenset()): set(buttons.OUTCOMES),
    ("decline-{}", frozenset()): set(buttons.DECLINE_REASONS),
    ("queue-empty-{}", frozenset()): {"wachtrij", "niemand", "mijn"},
    ("queue-{}", frozenset({"total", "first", "last"})): {"wachtrij", "niemand", "mijn"},
}


@dataclass(frozen=True)
class Use:
    """A place where texts are named."""

    where: str
    names: frozenset[str]
    given: frozenset[str]
    moments: frozenset[str]  # of `given`: always a Moment
    absent: frozenset[str]  # of `given`: may be "none"
    label: bool


def uses() -> Iterator[Use]:
    for room in ROOMS:
        for path in sorted(room.rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            labels = {id(node.args[0]) for node in ast.walk(tree) if called(node) == "Choice" and node.args}
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield from uses_in(function, f"{path.relative_to(ROOT.parent)}", labels)
            yield from uses_in(ast.Module([n for n in tree.body if isinstance(n, ast.AnnAssign)], []), path.name, labels)


def uses_in(function: ast.AST, where: str, labels: set[int]) -> Iterator[Use]:
    assigned = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(function):
        if (relay := called(node)) in RELAYS and len(node.args) > RELAYS[relay][0]:
            position, implied = RELAYS[relay]
            given, moments, absent = arguments(node)
            names = named(node.args[position], assigned, given)
            if names:
                label = relay in LABELS or id(node) in labels
                yield Use(f"{where}:{node.lineno}", frozenset(names), given | implied, moments, absent, label)


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in MODULES:
            return name
    return ""


def arguments(call: ast.Call) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    values = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    moments = {name for name, value in values.items() if called(value) == "Moment"}
    absent = {name for name, value in values.items() if any(getattr(n, "value", None) == "none" for n in ast.walk(value))}
    whole_head = any(keyword.arg is None and isinstance(keyword.value, ast.Call) for keyword in call.keywords)
    return frozenset(values) | (HEAD if whole_head else set()), frozenset(moments), frozenset(absent)


def named(node: ast.expr, assigned: Mapping[str, ast.expr], given: frozenset[str]) -> set[str]:
    match node:
        case ast.Constant(value=str(name)):
            return {name}
        case ast.IfExp(body=one, orelse=other):
            return named(one, assigned, given) | named(other, assigned, given)
        case ast.Name(id=name) if name in assigned:
            return named(assigned[name], {}, given)
        case ast.JoinedStr(values=values):
            template = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values)
            members = FAMILIES[template, given]
            return {template.split("{}", 1)[0] + str(member) for member in members}
    return set()  # the parameter of a relay: its callers are read instead
