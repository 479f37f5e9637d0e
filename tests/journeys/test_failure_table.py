"""docs/failures.md against the tests: every row names tests, and every test it names is there."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.MULTILINE)
NAME = re.compile(r"`(test_\w+)`")
ROWS = range(1, 28)


def existing() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in TESTS.rglob("test_*.py"))
    functions = (node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {node.name for node in functions if node.name.startswith("test_")}


def table() -> dict[int, list[str]]:
    text = (TESTS.parent / "docs" / "failures.md").read_text("utf-8")
    return {int(number): NAME.findall(rest) for number, rest in ROW.findall(text)}


def test_every_failure_has_a_row_and_every_row_tests_that_exist_and_are_about_it() -> None:
    rows, there = table(), existing()
    assert sorted(rows) == list(ROWS)
    assert [number for number, names in rows.items() if not names] == []
    assert [name for names in rows.values() for name in names if name not in there] == []
    assert [name for number, names in rows.items() for name in names if f"failure_{number}_" not in name] == []


def test_every_test_that_names_a_failure_names_one_of_the_table() -> None:
    numbers = {int(found[1]) for name in existing() if (found := re.search(r"failure_(\d+)_", name))}
    assert numbers == set(ROWS)
