"""The demo: example people of Twente and a few meldingen, all invented. Filled once; a second start finds them."""

from datetime import timedelta

from bot.compose import App
from bot.web.parts import DemoLinks
from flows import entering, reading
from flows.melder import place
from flows.messages import ConversationKey
from flows.people import Invitation, Person, Role
from flows.report import Part, Report

PEOPLE = (
    Invitation(Role.MEDEWERKER, "", name="Sanne (meldpunt)"),
    Invitation(Role.COORDINATOR, "", name="Joris (coördinator)"),
    Invitation(Role.REGIEVOERDER, "", "Enschede", name="Fenna (Enschede)"),
    Invitation(Role.VERVANGER, "", "Enschede", name="Bram (Enschede)"),
    Invitation(Role.REGIEVOERDER, "", "Almelo", name="Nadia (Almelo)"),
    Invitation(Role.REGIEVOERDER, "", "Hengelo", name="Teun (Hengelo)"),
    Invitation(Role.PIKET, "", name="Ilse (piket)"),
)

STORIES = (
    (190, "De vrouw van de overkant loopt al weken in haar nachtjas door de straat en zegt dat de buren haar water vergiftigen. "
          "Ze doet voor niemand meer open. Het is op de Grotestraat in Almelo."),
    (65, "Mijn oom in Hengelo drinkt sinds de winter veel en zijn huis vervuilt. Hij wil geen hulp. Hoe pak ik dit aan?"),
)  # fmt: skip


async def fill(app: App) -> DemoLinks:
    """The people of the two panes, made when they are not there yet."""
    people = [await _person(app, example) for example in PEOPLE]
    async with app.store.begin() as work:
        there = await work.meldingen.of_melder(_key(0))
    if not there:
        for index, (minutes, text) in enumerate(STORIES):
            await _enter(app, _key(index), text, timedelta(minutes=minutes))
    return DemoLinks(werkplek=people[0].id, regie=people[2].id)


def _key(index: int) -> ConversationKey:
    return ConversationKey("webchat", "web", f"voorbeeld-{index}")


async def _person(app: App, example: Invitation) -> Person:
    """A person is made by bringing a code; this one brings it to a chat that nobody reads."""
    async with app.store.begin() as work:
        for person in await work.people.all(app.regio.key):
            if person.name == example.name:
                return person
        code = app.house.digits(12)
        key = ConversationKey("webchat", "web", f"voorbeeld-{code}")
        invitation = Invitation(example.role, app.regio.key, example.gemeente, name=example.name)
        await work.people.invite(code, invitation)
        made = await work.people.redeem(code, key, app.clock())
        await work.people.set_reachable(key, False)
        await work.commit()
    if made is None:
        raise RuntimeError("a fresh code was refused")
    return made


async def _enter(app: App, key: ConversationKey, text: str, ago: timedelta) -> None:
    then = app.clock() - ago
    report = Report().told(Part("1", text, then))
    report = place.placed(report.read_as(await reading.read(app.house, text)), app.regio)
    async with app.store.begin() as work:
        await entering.enter(work, app.house, report, key, then, unfinished=False)
        await work.commit()
