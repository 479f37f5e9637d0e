"""Decides what a melder reads next: the safety card before anything else, then what is missing, then the summary. Pure."""

from dataclasses import replace

from flows import actions
from flows.assessment import Topic, Urgentie
from flows.melder import asked, place, questions, summary
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Effect, Heard, Offer, Reply, Scene, Step, report_of
from flows.messages import Choice, Rows, Text, say
from flows.report import Report

FEW_WORDS = 3  # a first text of at most this many words says too little to send somebody to another counter
PLACE_WORDS = 8  # an answer to "where" of more words in which no place is found is more of the story


def answer(heard: Heard, scene: Scene) -> Step:
    """`heard.state` already holds the new reading."""
    report = report_of(heard.state)
    if report is None or not heard.go_on:
        return Step(_placed(heard.state, scene), _or_present(heard), heard.effects)
    before = report
    report = place.placed(_place_or_story(report), scene.regio)
    state = replace(heard.state, report=report) if isinstance(heard.state, Asking | Confirming) else heard.state
    if report.urgentie is Urgentie.ACUUT and not report.carded:
        return _card(state, report, heard)
    heard = replace(heard, aside=(*heard.aside, *_pointers(before, report, heard)))
    if isinstance(heard.state, Stopped) and heard.repeat:
        return _stopped_again(heard.state, report, heard)
    if _wants_story(report):
        return _open_question(state, report, heard)
    if report.urgentie is Urgentie.GEEN and not report.number and not report.files and heard.force is None:
        return _other_counter(state, report, heard, scene)
    return _next(state, report, heard)


def _pointers(before: Report, report: Report, heard: Heard) -> tuple[Text, ...]:
    """Other numbers, each told once, when it turns out that they are needed."""
    suicide = report.reading is not None and report.reading.suicide and not heard.suicide_known and not report.carded
    outside = report.outside and not before.outside
    return (*((say("card-113"),) if suicide else ()), *((say("outside"),) if outside else ()))


def _place_or_story(report: Report) -> Report:
    """Words that were not read are left where they are."""
    found = report.location is not None or (report.locatie is not None and report.locatie.known)
    return report if found or report.unread or len(report.place_words.split()) <= PLACE_WORDS else report.as_story(Topic.PLACE)


def _wants_story(report: Report) -> bool:
    """Nothing in words yet. Who sent a file or a location may say that there are none."""
    if report.story:
        return False
    passed = any(part.topic is None for part in report.parts)
    return not (passed and (report.files or report.location))


def _stopped_again(state: Stopped, report: Report, heard: Heard) -> Step:
    again = asked.stopped(report, state.serial, state.last)
    (question,) = again.replies
    return Step(again.state, (replace(question, text=(*heard.aside, *question.text)),), heard.effects)


def _placed(state: State, scene: Scene) -> State:
    if isinstance(state, Asking | Confirming | Stopped):
        return replace(state, report=place.placed(state.report, scene.regio))
    return state


def _or_present(heard: Heard) -> tuple[Reply, ...]:
    """Where no question stands open, the aside says where we are."""
    if heard.replies or heard.effects or not heard.aside:
        return heard.replies
    match heard.state:
        case Sent(last=last) if last:
            return (Reply((*heard.aside, say("present-sent", number=last)), collapse="present"),)
        case Withdrawing(last=last):
            return (summary.withdraw_question(last, heard.state.serial),)
        case GivingCode():
            return (Reply((say("question-code"),), collapse="question"),)
        case Idle() | Sent() | Asking() | Confirming() | Stopped():
            return (Reply((*heard.aside, say("question-story")), collapse="present"),)


def _effects(report: Report) -> tuple[Effect, ...]:
    """What stands in the queue follows the draft; what is acute or unread goes there at once."""
    urgent = report.urgentie is Urgentie.ACUUT or (report.unread and not report.empty)
    return (Offer(),) if report.number or urgent else ()


def _card(state: State, report: Report, heard: Heard) -> Step:
    serial = _serial(state) + 1
    rows = (
        (
            Choice(say("card-called"), str(actions.InDialogue(serial, "called"))),
            Choice(say("card-calm"), str(actions.InDialogue(serial, "calm"))),
        ),
    )
    topic = state.topic if isinstance(state, Asking) and state.topic and not report.answered(state.topic) else None
    correcting = isinstance(state, Confirming) or (isinstance(state, Asking) and state.correcting)
    carded = Asking(report=replace(report, carded=True), topic=topic, serial=serial, correcting=correcting, last=state.last)
    return Step(carded, (card(report, rows),), (*heard.effects, Offer()))


def card(report: Report, rows: Rows = ()) -> Reply:
    """Before anything else: 112, with suicide 113 too, and that the meldpunt knows."""
    suicide = report.reading is not None and report.reading.suicide
    texts = (say("card-112"), *((say("card-113"),) if suicide else ()), say("card-told"))
    return Reply(texts, rows, collapse="card", alarm=True)


def _serial(state: State) -> int:
    return state.serial if isinstance(state, Asking | Confirming) else 0


def _open_question(state: State, report: Report, heard: Heard) -> Step:
    asking = Asking(report=report, serial=_serial(state) + 1, last=state.last)
    question = Reply((*heard.aside, questions.text_of(None)), collapse="question")
    return Step(asking, (question,), (*heard.effects, *_effects(report)))


def _other_counter(state: State, report: Report, heard: Heard, scene: Scene) -> Step:
    """No worry about a person in it: kindly the right counter, and one tap makes it a melding after all."""
    if len(report.story.split()) <= FEW_WORDS and len(report.parts) == 1:
        return _open_question(state, report, heard)
    serial = _serial(state) + 1
    counter = scene.regio.gemeente(report.gemeente) if report.gemeente else None
    text = say("other-counter-named", netnummer=counter.netnummer) if counter and counter.netnummer else say("other-counter")
    insist = ((Choice(say("insist"), str(actions.InDialogue(serial, "insist"))),),)
    asking = Asking(report=report, serial=serial, last=state.last)
    return Step(asking, (Reply((*heard.aside, text), insist, collapse="question"),), heard.effects)


def _next(state: State, report: Report, heard: Heard) -> Step:
    aside = heard.aside
    if report.unread and heard.to_read:
        aside = (*aside, say("danger-line"))
    effects = (*heard.effects, *_effects(report))
    if heard.repeat and isinstance(state, Asking) and _still_open(state):
        return _repeat(state, report, aside, effects)
    correcting = isinstance(state, Asking) and state.correcting
    topic = heard.force or (None if correcting or isinstance(state, Confirming) else questions.next_topic(report))
    if topic is None:
        return _summary(state, report, aside, effects)
    return _ask(state, report, topic, aside, effects)


def _still_open(state: Asking) -> bool:
    """The question that was asked last still waits for its answer."""
    return state.topic is not None


def _repeat(state: Asking, report: Report, aside: tuple[Text, ...], effects: tuple[Effect, ...]) -> Step:
    """The same question with fresh buttons."""
    serial = state.serial + 1
    asking = replace(state, report=report, serial=serial)
    return Step(asking, (_question(state.topic, serial, report, aside),), effects)


def _ask(state: State, report: Report, topic: Topic, aside: tuple[Text, ...], effects: tuple[Effect, ...]) -> Step:
    serial = _serial(state) + 1
    report = replace(report, asked=(*report.asked, topic))
    asking = Asking(report=report, topic=topic, serial=serial, last=state.last)
    return Step(asking, (_question(topic, serial, report, aside),), effects)


def _question(topic: Topic | None, serial: int, report: Report, aside: tuple[Text, ...]) -> Reply:
    texts = (*aside, questions.text_of(topic), *((say("footer"),) if topic else ()))
    choices = questions.choices_of(topic, serial, back=bool(report.asked))
    return Reply(texts, choices, collapse="question", ask_location=topic is Topic.PLACE)


def _summary(state: State, report: Report, aside: tuple[Text, ...], effects: tuple[Effect, ...]) -> Step:
    serial = _serial(state) + 1
    confirming = Confirming(report=report, serial=serial, last=state.last)
    return Step(confirming, (summary.reply(report, serial, aside),), effects)
