"""After the receipt: how it stands, more, an edit, a withdrawal; from another chat with the code. Never about the person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.assessment import Urgentie
from flows.melding import EventKind, Status
from flows.messages import Attachment, Kind
from tests.readers import BrokenTriage
from tests.town import ACUUT, SPOED, STORY, Town, on_sqlite


@on_sqlite
async def test_the_status_says_how_far_it_is_at_each_step(town: Town) -> None:
    melding = await town.tells("a")
    melder, seen = town.melder("a"), []

    async def status() -> None:
        await melder.say("/status")
        seen.append((await melder.reads())[-1])

    await status()
    for command in ("/kijk 1", "/wijstoe 1", "/pak 1", "/sluit 1 doorverwezen"):
        who = "fenna" if command == "/pak 1" else "sanne"
        await town.person(who).say(command)
        await status()
    for words, said in zip(("binnen", "bekijkt", "gevraagd", "opgepakt", "afgesloten"), seen, strict=True):
        assert words in said
        assert melding.number in said


@on_sqlite
async def test_the_melder_hears_each_step_by_itself_and_once(town: Town) -> None:
    await town.tells("a")
    await town.melder("a").reads()
    await town.person("sanne").say("/kijk 1")
    await town.person("sanne").say("/wijstoe 1")
    await town.person("fenna").say("/pak 1")
    await town.person("sanne").say("/sluit 1 opgepakt")
    looked, has, closed = await town.melder("a").reads()
    assert "bekijkt" in looked
    assert "opgepakt" in has
    assert "afgesloten" in closed


@on_sqlite
async def test_a_melder_reads_nothing_about_the_person_the_staff_or_another_melder(town: Town) -> None:
    first = await town.tells("a", STORY)
    await town.tells("b", "De lekkende kraan van mevrouw Groenhof maakt mijn buurvrouw bang, in Enschede.")
    await town.person("sanne").say(f"/notitie {first.number} Bekend bij de wijkagent, zie dossier Vlierbes.")
    await town.person("sanne").say(f"/urgentie {first.number} spoed")
    await town.person("fenna").press("Ik pak dit op")
    await town.person("fenna").say(f"/notitie {first.number} Ligt opgenomen in Vlierbes.")
    await town.person("sanne").say(f"/sluit {first.number} doorverwezen")
    await town.melder("a").say("/status")
    await town.melder("a").say("/mijngegevens")
    await town.melder("a").reads()
    sent = [m.plain for m in town.chat("a").mail if "Dit geef ik door" not in m.plain]  # their own words, to confirm
    everything = "\n".join(sent)
    for word in ("Vlierbes", "Bekend", "opgenomen", "Groenhof", "kraan", "Fenna", "Sanne", "spoed", "doorverwezen", "Kerkstraat"):
        assert word not in everything, word


@on_sqlite
async def test_what_is_written_after_sending_is_a_new_revision_and_the_holders_hear_it(town: Town) -> None:
    melding = await town.tells("a")
    await town.person("sanne").say("/kijk 1")
    await town.silence()
    await town.melder("a").say("Nu gooit hij ook met glas.")
    assert "toegevoegd" in (await town.melder("a").reads())[-1]
    assert "vulde melding M-2026-000001 aan" in (await town.person("sanne").reads())[-1]
    async with town.house.begin() as work:
        assert await work.meldingen.revisions(melding.number) == 2
    assert "glas" in (await town.only()).report.story


@on_sqlite
async def test_aanvullen_after_the_melding_is_closed_asks_for_a_code(town: Town) -> None:
    await town.tells("a")
    await town.person("sanne").say("/sluit 1 opgepakt")
    await town.melder("a").say("/aanvullen")
    assert any("volgcode" in message for message in await town.melder("a").reads())


@on_sqlite
async def test_an_edit_before_sending_changes_the_draft_and_keeps_what_it_said(town: Town) -> None:
    said = await town.melder("a").say(STORY)
    await town.melder("a").edit(said, "Mijn buurman zingt al drie nachten in Enschede.")
    assert "aangepast" in (await town.melder("a").reads())[-1]
    await town.pass_time(minutes=30)
    [part] = (await town.only()).report.parts
    assert (part.text, part.earlier) == ("Mijn buurman zingt al drie nachten in Enschede.", (STORY,))


@on_sqlite
async def test_an_edit_after_sending_is_a_new_revision_with_the_old_words_kept(town: Town) -> None:
    said = await town.melder("a").say(STORY)
    await town.melder("a").press("Weet ik niet")
    await town.melder("a").press("Weet ik niet")
    await town.melder("a").press("Versturen")
    number = (await town.only()).number
    await town.melder("a").edit(said, "Mijn buurman zingt in Enschede.")
    assert "ook wat er eerst stond" in (await town.melder("a").reads())[-1]
    melding = await town.only()
    assert melding.report.parts[0].earlier == (STORY,)
    async with town.house.begin() as work:
        assert await work.meldingen.revisions(number) == 2
    assert len(await town.meldingen()) == 1


@on_sqlite
async def test_an_edit_raises_the_urgentie_with_the_card_first_and_a_later_one_does_not_lower_it(town: Town) -> None:
    await town.tells("a")
    said = await town.melder("a").say("Hij staat buiten.")
    await town.silence()
    await town.melder("a").edit(said, "Hij staat buiten met een mes.")
    card, thanks = await town.melder("a").reads()
    assert card.startswith("Bel nu 112")
    assert "aangepast" in thanks
    assert (await town.only()).urgentie is Urgentie.ACUUT
    assert any("ACUUT" in message for message in await town.person("sanne").reads())
    assert (await town.only()).asked == (town.ids["fenna"],)
    await town.melder("a").edit(said, "Hij staat buiten.")
    assert (await town.only()).urgentie is Urgentie.ACUUT


@on_sqlite
@pytest.mark.parametrize(("level", "more"), [("acuut", "Het is nu rustig."), ("spoed", "Een vraagje: leest u dit?")])
async def test_what_a_person_decided_is_not_lowered_by_what_the_melder_writes(town: Town, level: str, more: str) -> None:
    await town.tells("a")
    await town.person("sanne").say(f"/urgentie 1 {level}")
    await town.melder("a").say(more)
    melding = await town.only()
    assert (melding.urgentie, melding.decided) == (Urgentie(level), True)


@on_sqlite
async def test_what_a_person_lowered_rises_by_new_words_alone(town: Town) -> None:
    await town.tells("a", ACUUT)
    await town.person("sanne").say("/urgentie 1 regulier")
    await town.silence()
    await town.melder("a").say("Bedankt voor het meedenken.")
    assert (await town.only()).urgentie is Urgentie.REGULIER, "the old words do not undo what a person decided"
    assert not any("ACUUT" in message for message in await town.person("sanne").reads())
    await town.melder("a").say("Nu staat hij weer met een mes in de hal.")
    assert (await town.only()).urgentie is Urgentie.ACUUT


@on_sqlite
async def test_what_nobody_has_read_is_not_withdrawn_unseen(town: Town) -> None:
    broken = await town.restarted()
    broken.house = replace(broken.house, triage=BrokenTriage())
    await broken.melder("a").say("De buurman schreeuwt de hele nacht.")
    melding = await broken.only()
    await broken.melder("a").say("/intrekken")
    await broken.melder("a").press("Ja, intrekken")
    assert (await broken.melding(melding.number)).status.open


@on_sqlite
async def test_a_photo_in_answer_to_a_question_stands_on_that_melding(town: Town) -> None:
    first = await town.tells("a")
    await town.melder("a").say("/melden")
    second = await town.tells("a", SPOED)
    await town.person("sanne").say(f"/vraag {first.number} Hoe ziet de deur eruit?")
    photo = (Attachment("photo", "ref-1", media_type="image/jpeg"),)
    await town.melder("a").say("", kind=Kind.ATTACHMENT, attachments=photo)
    assert len((await town.melding(first.number)).report.files) == 1
    assert not (await town.melding(second.number)).report.files


@on_sqlite
async def test_what_rises_while_its_owner_is_off_duty_is_asked_of_the_others(town: Town) -> None:
    await town.tells("a")
    await town.person("fenna").say("/pak 1")
    await town.person("fenna").say("/dienst uit")
    await town.silence()
    await town.melder("a").say("Hij heeft nu een mes!")
    assert any("ACUUT" in message for message in await town.person("sanne").reads())
    assert (await town.only()).asked == (town.ids["bram"],)


@on_sqlite
async def test_what_rises_while_somebody_has_it_is_told_to_that_person(town: Town) -> None:
    await town.tells("a")
    await town.person("fenna").say("/pak 1")
    await town.silence()
    await town.melder("a").say("Hij heeft nu een mes!")
    assert "nu dringender" in (await town.person("fenna").reads())[-1]
    assert (await town.only()).owner == town.ids["fenna"]


@on_sqlite
async def test_a_withdrawal_is_asked_once_more_and_then_stands(town: Town) -> None:
    melding = await town.tells("a", SPOED)
    await town.melder("a").say("/intrekken")
    await town.melder("a").press("Nee")
    assert (await town.melding(melding.number)).status.open
    await town.melder("a").say("/intrekken")
    await town.silence()
    await town.melder("a").press("Ja, intrekken")
    assert (await town.melding(melding.number)).status is Status.WITHDRAWN
    assert "trok melding" in (await town.person("fenna").reads())[-1], "who was asked hears it"
    await town.pass_time(hours=5)
    assert "Nieuwe melding" not in "".join(await town.person("bram").reads()), "and nobody is asked any more"


@on_sqlite
@pytest.mark.parametrize("asked_is_there", [True, False])
async def test_a_withdrawal_of_what_is_acute_is_decided_by_a_person(town: Town, asked_is_there: bool) -> None:
    melding = await town.tells("a", ACUUT)
    if not asked_is_there:
        await town.person("fenna").say("/pak 1")
        await town.person("fenna").say("/dienst uit")
    await town.silence()
    await town.melder("a").say("/intrekken")
    await town.melder("a").press("Ja, intrekken")
    assert "beslist een medewerker" in (await town.melder("a").reads())[-1]
    assert (await town.melding(melding.number)).status.open
    told = await town.person("fenna" if asked_is_there else "sanne").reads()
    assert any("wil melding" in message for message in told), "a person who is there hears the wish"
    assert EventKind.WITHDRAWN in await town.kinds(melding.number)


@on_sqlite
async def test_a_file_sent_afterwards_belongs_to_the_melding(town: Town) -> None:
    await town.tells("a")
    photo = (Attachment("photo", "ref-1", media_type="image/jpeg"),)
    await town.melder("a").say("Dit is de deur.", kind=Kind.ATTACHMENT, attachments=photo)
    melding = await town.only()
    assert len(melding.report.files) == 1
    assert "deur" in melding.report.story
    async with town.house.begin() as work:
        assert len(await work.files.statuses([melding.report.files[0].id])) == 1


@on_sqlite
async def test_ten_of_the_same_word_get_one_answer(town: Town) -> None:
    for _ in range(10):
        await town.melder("a").say("/help")
    assert len(await town.melder("a").reads()) == 1


@on_sqlite
async def test_the_status_of_an_unfinished_melding_says_so(town: Town) -> None:
    await town.melder("a").say(STORY)
    await town.melder("a").say("/status")
    assert "nog niet verstuurd" in (await town.melder("a").reads())[-1]
    await town.pass_time(minutes=30)
    await town.melder("a").say("/status")
    assert "nog niet af" in (await town.melder("a").reads())[-1]
    assert timedelta(minutes=30) == town.clock() - (await town.only()).report.parts[0].at
