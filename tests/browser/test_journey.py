"""The main path as a newcomer walks it in the demo: told on the left, assigned in the middle, taken on the right."""

import re

import pytest
from playwright.async_api import Browser, FrameLocator, expect

from tests.browser.running import PATIENCE, Demo, page_at

pytestmark = pytest.mark.browser

STORY = "mijn buurman schreeuwt al drie nachten en praat tegen mensen die er niet zijn, kerkstraat 12 enschede"
ANSWERS = ("Versturen", "Geen van deze", "Alleen het meldpunt", "Nee, nog niet", "Via deze chat", "Weet ik niet")
MOST_QUESTIONS = 6


async def _answers(melder: FrameLocator) -> int:
    """Presses what a newcomer would, until it is sent; how many questions that took."""
    buttons = melder.locator(".choices button")
    for count in range(1, MOST_QUESTIONS + 2):
        await buttons.first.wait_for(timeout=PATIENCE)
        labels = [label.strip() for label in await buttons.all_inner_texts()]
        pick = next(answer for answer in ANSWERS if answer in labels)
        asked = await melder.locator(".bubble--bot").count()
        await buttons.nth(labels.index(pick)).click()
        await expect(melder.locator(".bubble--bot")).not_to_have_count(asked, timeout=PATIENCE)
        if pick == "Versturen":
            return count
    raise AssertionError("more questions than anybody should be asked")


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_worry_is_told_assigned_taken_and_the_melder_reads_so(browser: Browser, demo: Demo, width: int) -> None:
    async with page_at(browser, demo, "/demo", width) as page:
        melder, desk, regie = (page.frame_locator(f"iframe >> nth={n}") for n in range(3))
        await melder.locator(".bubble--bot").first.wait_for()
        await melder.locator("#tekst").fill(STORY)
        await melder.locator("#tekst").press("Enter")
        assert await _answers(melder) <= MOST_QUESTIONS
        receipt = melder.locator("#bubbles", has_text="Volgcode")
        await expect(receipt).to_be_visible(timeout=PATIENCE)
        number = re.search(r"M-\d{4}-\d{6}", await receipt.inner_text())
        assert number is not None
        await desk.locator(".row", has_text=number[0]).click(timeout=PATIENCE)
        await desk.locator(".case").wait_for(timeout=PATIENCE)
        if await (step := desk.get_by_text("Doen", exact=True)).is_visible():
            await step.click()  # in a narrow pane the three columns are three steps
        await desk.get_by_role("button", name="Toewijzen").first.click(timeout=PATIENCE)
        await expect(desk.locator("body")).to_contain_text("is gevraagd voor", timeout=PATIENCE)
        card = regie.locator(".card", has_text=number[0]).first
        await expect(card).to_be_visible(timeout=PATIENCE)
        assert "schreeuwt" not in await regie.locator("body").inner_text(), "no case content in what is notified"
        await card.get_by_role("button", name="Ik pak dit op").click()
        await expect(melder.locator("#bubbles")).to_contain_text(
            f"Iemand heeft uw melding {number[0]} nu opgepakt", timeout=PATIENCE
        )
