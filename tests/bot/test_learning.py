"""`nlp evaluate --decisions` and `nlp train --with-decisions`: what is counted, and what a refusal looks like."""

import asyncio
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import compose, learning, settings
from bot.cli import app
from flows import decisions
from flows.assessment import Assessment, MelderRole, Thema, Urgentie
from flows.decisions import Decision, Labelled, What
from flows.errors import BadSettings
from flows.people import Person, Role
from storage.secrets import Vault
from tests.storage.samples import NOON, melding

SAFE = "[persoon] loopt over de [adres]"


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MELDPUNT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/m.db")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["nlp", *words], catch_exceptions=False)


def decision(proposed: Urgentie, decided: str, number: int, role: Role = Role.MEDEWERKER, what: What = What.URGENTIE) -> Decision:
    reading = Assessment(proposed, 0.9, SAFE, "regels-1", themas=(Thema.OVERLAST,))
    report = replace(melding().report, reading=reading, role=MelderRole.BUUR if number % 2 else None)
    about = melding(number=f"M-2026-{number:06d}", report=report)
    return decisions.made(about, Person(1, role, "twente"), what, decided, NOON)


async def _keep(*levels: str) -> None:
    """A melding that was read as spoed for each level, and themas on the first."""
    own = settings.load()
    store = await compose.open_store(own, Vault(compose.keys_of(own)[0]), compose.now)
    async with store.begin() as work:
        for number, level in enumerate(levels, 1):
            await work.meldingen.add(melding())
            await work.decisions.keep(decision(Urgentie.SPOED, level, number))
        await work.decisions.keep(decision(Urgentie.SPOED, "somber", 1, what=What.THEMA))
        await work.commit()
    await store.database.close()


def line(report: str, start: str) -> list[str]:
    [found] = [line for line in report.splitlines() if line.startswith(start)]
    return found.split()


def test_the_report_gives_shares_with_intervals_per_regio_role_and_melder() -> None:
    levels = ["spoed"] * 24 + ["regulier"] * 9 + ["acuut"] * 3
    found = [decision(Urgentie.SPOED, level, number) for number, level in enumerate(levels, 1)]
    found += [decision(Urgentie.SPOED, "acuut", 99, Role.COORDINATOR), decision(Urgentie.SPOED, "somber", 1, what=What.THEMA)]
    report = "\n".join(learning.report(found))
    # Wilson over 37 by hand: 24 → 0.488–0.782, 9 → 0.134–0.402, 4 → 0.043–0.247
    assert line(report, "twente") == ["twente", "37", "65%", "(49–78)", "24%", "(13–40)", "11%", "(4–25)", "1", "0"]
    assert line(report, "medewerker")[:2] == ["medewerker", "36"]
    assert line(report, "coordinator")[:5] == ["coordinator", "*", "1", "0%", "(0–79)"]
    assert line(report, "buur")[:3] == ["buur", "*", "19"]
    assert line(report, "onbekend")[:3] == ["onbekend", "*", "18"]
    assert "* Minder dan 30" in report
    assert "regels-1" in report


def test_a_melding_counts_once_and_what_had_no_proposal_stands_apart() -> None:
    doubted = [decision(Urgentie.SPOED, level, 1) for level in ("acuut", "regulier", "spoed")]
    unread = replace(decision(Urgentie.SPOED, "acuut", 2), proposal=None, proposed="", text="", model="")
    report = "\n".join(learning.report([*doubted, unread]))
    assert line(report, "twente")[:4] == ["twente", "*", "1", "100%"]
    assert "niet meegeteld: 1." in report


def test_a_group_without_levels_shows_no_share() -> None:
    report = "\n".join(learning.report([decision(Urgentie.SPOED, "somber", 1, what=What.THEMA)]))
    assert line(report, "twente") == ["twente", "*", "0", "–", "–", "–", "1", "0"]


def test_enough_decisions_have_no_warning() -> None:
    report = "\n".join(learning.report([decision(Urgentie.SPOED, "spoed", number * 2) for number in range(1, 31)]))
    assert "*" not in report


def test_evaluate_reads_the_database_and_says_so_when_there_is_nothing() -> None:
    empty = run("evaluate", "--decisions")
    assert (empty.exit_code, empty.stdout.startswith("Er zijn nog geen beslissingen")) == (0, True)
    assert "sleutel" in empty.stderr
    asyncio.run(_keep("spoed", "acuut"))
    found = run("evaluate", "--decisions")
    assert (found.exit_code, found.stderr) == (0, "")
    assert line(found.stdout, "twente")[:4] == ["twente", "*", "2", "50%"]


def test_evaluate_refuses_a_database_of_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(_keep("spoed"))
    monkeypatch.setenv("MELDPUNT_SECRET_KEYS", "A" * 43 + "=")
    wrong = run("evaluate", "--decisions")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert len(wrong.stderr.splitlines()) == 1


def test_the_examples_are_redacted_text_with_what_people_decided() -> None:
    asyncio.run(_keep("acuut", "geen"))
    assert learning.examples(settings.load()) == (
        Labelled(SAFE, Urgentie.ACUUT, frozenset({Thema.SOMBER})),
        Labelled(SAFE, Urgentie.GEEN, None),
    )


@dataclass
class Trained:
    """Implements `learning.Outcome`."""

    accepted: bool
    version: str = "2"
    lines: Sequence[str] = ("Acuut gevonden: 0,93, was 0,95.", "Niet in gebruik genomen.")


@dataclass
class Trainer:
    """Implements `learning.Retrain`; remembers what it was given."""

    accepted: bool
    given: list[Labelled] = field(default_factory=list)
    asked: list[tuple[Path, Path | None]] = field(default_factory=list)

    def __call__(self, examples: Sequence[Labelled], target: Path, current: Path | None, /) -> Trained:
        self.given.extend(examples)
        self.asked.append((target, current))
        return Trained(self.accepted)


@pytest.mark.parametrize(("accepted", "code"), [(True, 0), (False, 1)])
def test_training_tells_how_it_compares_and_its_exit_says_whether_it_is_in_use(tmp_path: Path, accepted: bool, code: int) -> None:
    trainer, told = Trainer(accepted), io.StringIO()
    example = Labelled(SAFE, Urgentie.ACUUT, None)
    model = tmp_path / "lezer.npz"
    assert learning.train(trainer, (example,), told, model) == code
    assert trainer.given == [example]
    assert trainer.asked == [(model, None)]
    model.write_bytes(b"")
    learning.train(trainer, (), io.StringIO(), model)
    assert trainer.asked[1:] == [(model, model)]
    assert told.getvalue().splitlines() == list(Trained(accepted).lines)


@pytest.mark.parametrize("words", [[], ["--with-decisions"]])
def test_without_scikit_learn_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    found = run("train", *words)
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.splitlines() == [learning.NO_SKLEARN]
    assert "pip install 'meldpunt[train]'" in found.stderr
    with pytest.raises(BadSettings):
        learning.trainer()
