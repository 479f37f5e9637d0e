"""The pages in a real browser: keyboard only, no barriers, nothing lost when the connection or the server goes away."""

import re
import signal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.browser.running import PATIENCE, Demo, page_at

pytestmark = pytest.mark.browser

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
STORY = "Mijn buurvrouw praat al weken 's nachts hardop op straat en doet niet meer open."
ACUTE = "Er staat nu een man met een mes voor de deur in Enschede, Kerkstraat 12. Hij schreeuwt dat hij ons doodmaakt."


async def greeted(page: Page) -> None:
    await page.locator(".bubble--bot").first.wait_for()


async def say(page: Page, text: str) -> None:
    await page.fill("#tekst", text)
    await page.keyboard.press("Enter")


async def test_a_melding_can_be_told_by_keyboard_alone(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/chat") as page:
        await greeted(page)
        await page.keyboard.press("Tab")
        await expect(page.locator(".skip")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.type("Eerste regel")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type(STORY)
        assert await page.locator(".bubble--mine").count() == 0
        await page.keyboard.press("Enter")
        await expect(page.locator(".bubble--mine .bubble__state")).to_contain_text("ontvangen")
        choice = page.locator(".choices button").first
        await choice.wait_for()
        label = await choice.inner_text()
        for _ in range(12):
            await page.keyboard.press("Shift+Tab")
            if await choice.evaluate("e => e === document.activeElement"):
                break
        await page.keyboard.press("Enter")
        await expect(page.locator(".bubble--mine").last).to_contain_text(label)


async def test_the_safety_bar_never_scrolls_away(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/chat", width=320) as page:
        await greeted(page)
        for _ in range(3):
            await say(page, STORY)
            await page.wait_for_timeout(300)
        await expect(page.locator('a[href="tel:112"]')).to_be_in_viewport()
        await expect(page.locator('a[href="tel:113"]')).to_be_in_viewport()
        await expect(page.locator("#tekst")).to_be_in_viewport()


async def test_a_reload_goes_on_where_it_was_and_greets_once(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/chat") as page:
        await greeted(page)
        await say(page, STORY)
        await page.locator(".choices button").first.wait_for()
        before = await page.locator(".bubble").count()
        await page.reload()
        await page.locator(".choices button").first.wait_for()
        await page.wait_for_timeout(1500)
        assert await page.locator(".bubble").count() == before


async def test_what_is_written_offline_is_sent_once_when_the_connection_is_back(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/chat") as page:
        await greeted(page)
        await page.context.set_offline(True)
        await say(page, STORY)
        await expect(page.locator(".bubble--mine .bubble__state")).to_contain_text("wacht op verbinding")
        await expect(page.locator("#notice")).to_be_visible()
        await page.context.set_offline(False)
        await expect(page.locator(".bubble--mine .bubble__state")).to_contain_text("ontvangen")
        await page.reload()
        await greeted(page)
        await page.wait_for_timeout(1000)
        assert await page.locator(".bubble--mine").count() == 1
        assert await page.evaluate("localStorage.getItem('meldpunt-chat')") is None


async def test_what_waits_survives_a_reload_and_a_killed_server(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/chat") as page:
        await greeted(page)
        demo.stop(signal.SIGKILL)
        await say(page, STORY)
        await expect(page.locator(".bubble--mine .bubble__state")).to_contain_text("wacht op verbinding")
        demo.start()
        await expect(page.locator(".bubble--mine .bubble__state")).to_contain_text("ontvangen", timeout=30_000)
        await page.locator(".choices button").first.wait_for(timeout=30_000)
        assert await page.locator(".bubble--mine").count() == 1


async def test_an_own_message_can_be_changed(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/chat") as page:
        await greeted(page)
        await say(page, STORY)
        await page.locator("[data-edit]").first.click()
        await expect(page.locator("#editing")).to_be_visible()
        await say(page, STORY + " Ze is 70.")
        await expect(page.locator(".bubble--mine").first).to_contain_text("Ze is 70.")
        await expect(page.locator(".bubble--mine .bubble__state").first).to_contain_text("gewijzigd")
        await page.reload()
        await expect(page.locator(".bubble--mine").first).to_contain_text("Ze is 70.")


async def test_a_file_can_be_sent(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/chat") as page:
        await greeted(page)
        await page.set_input_files("#chosen", {"name": "deur.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n1234"})
        await expect(page.locator(".bubble--mine")).to_contain_text("deur.png")
        await expect(page.locator(".bubble--mine .bubble__state")).to_contain_text("ontvangen")


async def test_an_acute_story_travels_through_the_three_panes(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/demo") as page:
        melder, desk, regie = (page.frame_locator(f"iframe >> nth={n}") for n in range(3))
        await melder.locator(".bubble--bot").first.wait_for()
        await page.locator("[data-example]").nth(1).click()
        await expect(melder.locator(".bubble--bot").last).to_contain_text("112", timeout=PATIENCE)
        await expect(desk.locator(".row--acuut").first).to_be_visible(timeout=PATIENCE)
        card = regie.locator(".card--acuut").first
        await card.get_by_role("button", name="Ik pak dit op").click(timeout=PATIENCE)
        await expect(regie.locator("section[aria-labelledby=mine] .card").first).to_be_visible(timeout=PATIENCE)
        await expect(melder.locator("#bubbles")).to_contain_text("opgepakt", timeout=PATIENCE)


async def test_an_acute_melding_flashes_the_title_of_the_desk(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/werkplek/demo") as desk:
        await desk.locator(".row").first.wait_for()
        chat = await desk.context.new_page()
        await chat.goto("/chat")
        await greeted(chat)
        await say(chat, ACUTE)
        await expect(desk).to_have_title(re.compile("KIJK NU"), timeout=PATIENCE)
        await expect(desk.locator("#alarm")).to_contain_text("M-")
        await desk.click("#sound")
        await expect(desk.locator("#sound")).to_have_text("Geluid uit")
        await desk.reload()
        await expect(desk.locator("#sound")).to_have_text("Geluid uit")


async def test_the_desk_opens_a_melding_and_keeps_its_place(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/werkplek/demo") as page:
        await page.locator(".row").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#case-title")).to_be_focused()
        await page.fill("#notitie", "half geschreven")
        await page.evaluate("document.getElementById('notitie').setSelectionRange(2, 4)")
        await page.fill("#opdracht", "/wachtrij")
        await page.keyboard.press("Enter")
        await page.locator("#bubbles .bubble--bot").first.wait_for()
        await page.wait_for_timeout(800)
        await expect(page.locator("#notitie")).to_have_value("half geschreven")
        assert "/werkplek/meldingen/" in page.url
        await page.reload()
        await expect(page.locator("#case-title")).to_be_visible()


async def test_a_note_is_said_to_the_bot_and_seen_in_the_events(browser: Browser, demo: Demo) -> None:
    async with page_at(browser, demo, "/werkplek/demo") as page:
        await page.locator(".row").first.click()
        await page.fill("#notitie", "Gebeld met de wijkagent")
        await page.locator(".write--intern button").click()
        await expect(page.locator(".events")).to_contain_text("Gebeld met de wijkagent")


PLACES = ["/chat", "/werkplek/demo", "/regie/demo", "/start/abcd1234", "/privacy", "/demo", "/nergens"]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", PLACES)
async def test_no_page_has_barriers(browser: Browser, demo: Demo, path: str, width: int, scheme: str) -> None:
    async with page_at(browser, demo, path, width, scheme) as page:
        if path == "/chat":
            await greeted(page)
            await say(page, ACUTE)
            await page.locator(".choices button").first.wait_for()
        if path == "/werkplek/demo":
            await page.locator(".row").first.click()
            await page.locator(".case").wait_for()
            await page.locator(".more summary").first.evaluate("e => e.parentElement.open = true")
        await page.wait_for_timeout(300)
        found = await Axe().run(page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()
        sideways = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not sideways, "scrolls sideways"
