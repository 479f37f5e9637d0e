# Every text of the melder's dialogue and of the staff, in Dutch B1: the core first, about twelve words a sentence, "u".
# A moment comes as three arguments: $due "vandaag 17.00 uur", $due-day "vandaag", $due-time "17.00 uur".
# $minutes also comes as $age: "6 minuten", "1 uur", "2 dagen". Long texts (a story) never stand inside a select expression.

## Opening

opening =
    Hallo. U kunt hier zorgen delen over iemand die verward of onbegrepen gedrag laat zien.
    <b>Is er nu gevaar? Bel 112.</b> Denkt u zelf aan zelfmoord? Bel 113 of 0800-0113.
    Een medewerker van het meldpunt { $regio } leest uw bericht { $hours }. Een spoedmelding gaat altijd meteen door.
    De persoon hoort van ons niet dat u meldt, tenzij u dat goed vindt. Hoe wij omgaan met uw gegevens: /privacy.
opening-short =
    U schrijft nu met het meldpunt voor zorgen over verward of onbegrepen gedrag.
    <b>Is er nu gevaar? Bel 112.</b> Denkt u zelf aan zelfmoord? Bel 113 of 0800-0113.
    De persoon hoort van ons niet dat u meldt, tenzij u dat goed vindt. Hoe wij omgaan met uw gegevens: /privacy.
greeting = Hallo. <b>Is er nu gevaar? Bel 112.</b>
welcome-back = U was al begonnen. Ik heb bewaard wat u vertelde.
already-busy = U bent al bezig met een melding. Maak die eerst af, of schrijf stop.
present-sent = Uw melding <b>{ $number }</b> is verstuurd. Wat u hier schrijft, voeg ik eraan toe. Iets anders melden: /melden.

## Safety

card-112 = <b>Bel nu 112.</b> Breng uzelf in veiligheid.
card-113 = Gaat het over zelfmoord? Bel <b>113</b> of <b>0800-0113</b>, gratis, dag en nacht.
card-told = Ik heb het meldpunt nu al gewaarschuwd, u hoeft daarvoor niets te doen.
card-called = Ik bel 112
card-calm = Er is nu geen direct gevaar
after-card-called = Bel eerst 112. Daarna kunt u hier verder schrijven.
after-card-calm = Dat heb ik gelezen. Verandert het? Bel dan meteen 112.
danger-112 =
    <b>Bel nu 112 als er gevaar is.</b> In deze chat kan ik geen hulp sturen.
    Denkt u zelf aan zelfmoord? Bel 113 of 0800-0113.
danger-line = <b>Is er nu gevaar? Bel 112.</b> Wacht dan niet op een antwoord hier.

## Questions

question-story = Wat ziet of hoort u? Vertel het in uw eigen woorden.
question-place = Waar is dit? Een postcode of straat en plaats is genoeg. U kunt hier ook een locatie delen.
question-role = Hoe kent u deze persoon? Dan weet het meldpunt wie er meldt.
question-since = Sinds wanneer ziet of hoort u dit? Schrijf ook hoe vaak het gebeurt.
question-danger = Zijn er kinderen bij, is er een wapen, of dreigt de persoon? Dan weet het meldpunt wat voorgaat.
question-help = Is er al hulp bij betrokken? Bijvoorbeeld familie, de huisarts of een wijkteam.
question-anonymity = Wie mag weten dat u meldt? Kiest u niets, dan weet alleen het meldpunt het.
question-contact = Hoe kan het meldpunt u bereiken als er een vraag is? Schrijf een telefoonnummer, of kies deze chat.
question-code = Wat is uw volgcode? Dat zijn de 16 cijfers die u na uw melding kreeg.
footer = U kunt ook schrijven: terug, stop of 112.

answer-role-buur = Ik ben een buur
answer-role-naaste = Familie of vriend
answer-role-voorbijganger = Ik kwam toevallig langs
answer-role-professional = Vanuit mijn werk
answer-role-zelf = Het gaat over mijzelf
answer-danger-kinderen = Er zijn kinderen
answer-danger-wapen = Er is een wapen
answer-danger-dreiging = De persoon dreigt
answer-danger-niets = Geen van deze
answer-help-ja = Ja, er is al hulp
answer-help-nee = Nee, nog niet
answer-anonymity-verborgen = Alleen het meldpunt
answer-anonymity-bekend = De persoon mag het weten
answer-anonymity-anoniem = Niemand, ik blijf anoniem
answer-contact-chat = Via deze chat
answer-unknown = Weet ik niet
answer-back = Terug

## In between

kept-as-story = Dat heb ik bij uw verhaal gezet.
unknown-is-fine = Dat geeft niet.
no-way-back = Er is geen eerdere vraag om naar terug te gaan.
stale = Deze knop hoort bij een eerdere vraag.
edited = Ik heb uw bericht aangepast.
file-kept = Uw bestand is bewaard bij de melding.
location-kept = Uw locatie is bewaard bij de melding.
add-here = U bent nog bezig met uw melding. Wat u nu schrijft, hoort erbij.
sticker = Dank u. Een sticker of contact kan ik niet lezen. Schrijf in woorden wat u ziet of hoort.
nothing-said = Ik zie geen woorden in uw bericht. Schrijf wat u ziet of hoort.
group = Schrijf mij in een privéchat, dan leest niemand anders mee. Is er nu gevaar? Bel 112.
outside = Deze plek ligt buiten onze regio. Bel 0800-1205, dag en nacht. U kunt uw melding ook hier afmaken.
other-counter =
    Dit lijkt een vraag voor de gemeente. Bel de gemeente, of kijk op haar website.
    Maakt u zich zorgen over een persoon? Dan kunt u hier verder.
other-counter-named =
    Dit lijkt een vraag voor de gemeente. Bel 14 { $netnummer }, of kijk op haar website.
    Maakt u zich zorgen over een persoon? Dan kunt u hier verder.
insist = Het gaat wel over een persoon
late-reading = Ik lees uw bericht later dan normaal. U schreef het { $at-day } om { $at-time }. Is er nu gevaar? Bel 112.
kept-unread =
    Uw bericht is bewaard, maar ik kan het niet lezen. Een medewerker kijkt ernaar. Schrijf het anders nog een keer.
    <b>Is er nu gevaar? Bel 112.</b>
offered-unfinished = Het meldpunt kan uw verhaal nu alvast lezen. U kunt hier gewoon verder schrijven.

## Stopping

stopped = Ik stel geen vragen meer. Uw verhaal is nog niet verstuurd. Wat wilt u ermee doen?
stopped-queued = Ik stel geen vragen meer. Uw melding <b>{ $number }</b> staat al bij het meldpunt. Wilt u dat niet? Kies /intrekken.
stopped-empty = Ik stel geen vragen meer. U kunt hier altijd weer schrijven.
send-after-all = Toch versturen
throw-away = Weggooien
thrown-away = Uw verhaal is niet verstuurd. U kunt hier altijd opnieuw beginnen.

## Summary

summary-story =
    <b>Dit geef ik door:</b>
    “{ $story }”
summary-no-story = <b>Dit geef ik door:</b> nog geen verhaal in woorden.
summary-place = Waar: { $place }
summary-place-shared = Waar: de locatie die u deelde
summary-place-unknown = Waar: dat weten wij nog niet
summary-since = Sinds wanneer: { $words }
summary-danger = Kinderen, wapen of dreiging: { $words }
summary-help = Hulp: { $words }
summary-contact = U bent bereikbaar: { $words }
summary-role-buur = U bent een buur.
summary-role-naaste = U bent een naaste.
summary-role-voorbijganger = U kwam toevallig langs.
summary-role-wijkagent = U bent wijkagent.
summary-role-woningcorporatie = U werkt bij een woningcorporatie.
summary-role-professional = U meldt vanuit uw werk.
summary-role-zelf = Het gaat over uzelf.
summary-role-unknown = Wie u bent, is niet bekend.
summary-anonymity-verborgen = Uw naam blijft bij het meldpunt.
summary-anonymity-bekend = De persoon mag weten dat u meldt.
summary-anonymity-anoniem = U blijft anoniem. Wij bewaren geen naam.
summary-files = { $count ->
    [one] Er gaat 1 bestand mee.
   *[other] Er gaan { $count } bestanden mee.
    }
summary-ask = Klopt dit?
summary-send = Versturen
summary-change = Aanpassen
summary-drop = Niet versturen
change-what = Wat wilt u aanpassen? U kunt ook schrijven wat er anders moet.
change-story = Meer vertellen
change-place = De plaats
change-role = Wie ik ben
change-anonymity = Wie het mag weten
change-contact = Hoe u mij bereikt

## Receipt

receipt =
    Uw melding is binnen. Nummer <b>{ $number }</b>.
    Volgcode: <b>{ $code }</b>. Bewaar deze goed, ik laat hem één keer zien.
when-now = Het meldpunt is meteen gewaarschuwd. Is er gevaar? Bel 112 en wacht niet op ons.
when-asked = Wij vragen nu meteen iemand om uw melding op te pakken.
when-read = Een medewerker leest dit { $due-day } voor { $due-time }.
receipt-worse = Wordt het erger? Schrijf het hier, of bel 112 bij gevaar.
receipt-later = Hoe het ervoor staat: /status. Iets toevoegen: /aanvullen. Terugnemen: /intrekken.

## Afterwards, to the melder: how far it is, never anything about the person

added = Dit is toegevoegd aan melding <b>{ $number }</b>. Is er nu gevaar? Bel 112.
answer-kept = Uw antwoord staat bij melding <b>{ $number }</b>. Het meldpunt hoort dat u heeft geschreven.
edited-sent = Ik heb uw bericht aangepast in melding <b>{ $number }</b>. Het meldpunt ziet ook wat er eerst stond.
add-now = Wat u nu schrijft, voeg ik toe aan melding <b>{ $number }</b>.
standing-nieuw = { $busy ->
    [yes] Melding { $number }: bij het meldpunt, maar nog niet af. U kunt hier verder schrijven.
   *[no] Melding { $number }: binnen. Nog niemand heeft ernaar gekeken.
    }
standing-bekeken = Melding { $number }: een medewerker bekijkt uw melding.
standing-toegewezen = Melding { $number }: wij hebben iemand gevraagd om dit op te pakken.
standing-opgepakt = Melding { $number }: iemand heeft dit opgepakt.
standing-gesloten = Melding { $number }: afgesloten. Wij mogen niet vertellen wat er is gedaan. Ziet u het opnieuw? Schrijf het hier.
standing-ingetrokken = Melding { $number }: door u ingetrokken.
status-draft = Uw melding is nog niet verstuurd. U kunt hier verder schrijven.
my-data = { $count ->
    [0] Vanuit deze chat zijn geen meldingen verstuurd.
    [one] Vanuit deze chat is 1 melding verstuurd. Zie /status en /privacy.
   *[other] Vanuit deze chat zijn { $count } meldingen verstuurd. Zie /status en /privacy.
    }
melder-looked = Een medewerker bekijkt uw melding { $number }.
melder-has = Iemand heeft uw melding { $number } nu opgepakt. Wordt het erger? Schrijf het hier, of bel 112 bij gevaar.
melder-closed =
    Uw melding { $number } is afgesloten. Wij mogen niet vertellen wat er is gedaan.
    Ziet u het opnieuw? Schrijf het hier.
melder-reopened =
    Uw melding { $number } is weer open. Een medewerker van het meldpunt kijkt er opnieuw naar.
melder-question =
    Het meldpunt heeft een vraag over uw melding { $number }:
    “{ $question }”
    Schrijf hier uw antwoord.
withdraw-ask = Wilt u melding <b>{ $number }</b> intrekken?
withdraw-yes = Ja, intrekken
withdraw-no = Nee, laten staan
withdraw-kept = Uw melding blijft staan.
withdrawn = Uw melding <b>{ $number }</b> is ingetrokken. U kunt hier altijd opnieuw schrijven.
withdraw-acute = Melding <b>{ $number }</b> gaat over gevaar. Daarom beslist een medewerker. Het meldpunt weet dat u wilt intrekken.
withdraw-over = Deze melding is al gesloten of ingetrokken.
code-wrong = Deze code ken ik niet. Kijk de 16 cijfers na en schrijf ze opnieuw.
code-unclear = Een volgcode heeft 16 cijfers. Schrijf ze opnieuw, of schrijf stop.
code-none = Zonder code kan ik de melding niet vinden. U kunt wel opnieuw melden, met /melden.
code-too-often = U heeft te vaak een code geprobeerd. Probeer het over een uur opnieuw.

## Commands of the melder

unknown-command = Deze opdracht ken ik niet. Bedoelt u een van deze?
command-start = Opnieuw beginnen
command-melden = Een zorg melden
command-status = Hoe staat het ervoor?
command-aanvullen = Iets toevoegen
command-intrekken = Melding intrekken
command-mijngegevens = Mijn gegevens
command-taal = Taal
command-privacy = Uw gegevens
command-help = Hulp bij deze chat
command-stop = Stoppen
help =
    U kunt hier een zorg delen over iemand die verward of onbegrepen gedrag laat zien. Schrijf gewoon wat u ziet of hoort.
    <b>Is er nu gevaar? Bel 112.</b> Denkt u zelf aan zelfmoord? Bel 113 of 0800-0113.
    Een medewerker van het meldpunt { $regio } leest mee { $hours }.
    /melden – een zorg melden
    /status – hoe het ervoor staat
    /aanvullen – iets toevoegen
    /intrekken – uw melding terugnemen
    /privacy – hoe wij omgaan met uw gegevens
    Schrijft u stop, dan stel ik geen vragen meer.
privacy =
    Het meldpunt { $regio } vraagt alleen wat nodig is. Uw verhaal wordt versleuteld bewaard.
    Alleen medewerkers die het nodig hebben, lezen uw melding. Elke keer dat iemand kijkt, leggen wij vast.
    De persoon hoort van ons niet dat u meldt, tenzij u dat goed vindt. U mag ook anoniem melden.
    Wat hier van u is verstuurd, ziet u met /mijngegevens. Intrekken kan met /intrekken.
language =
    Ik stel mijn vragen in het Nederlands. U mag in uw eigen taal antwoorden. Een medewerker leest het.
    You may write in English or in your own language. Danger now? Call 112.

## Joining

join-wrong = Deze uitnodiging werkt niet. Vraag een nieuwe aan wie u heeft uitgenodigd.
join-too-often = U heeft te vaak een code geprobeerd. Probeer het over een uur opnieuw.
join-professional =
    Welkom bij het meldpunt { $regio }. U meldt hier vanuit uw werk, en krijgt minder vragen.
    <b>Is er nu gevaar? Bel 112.</b> Schrijf feiten: wat ziet of hoort u, waar en sinds wanneer. Geen diagnose.
join-staff = { $gemeente ->
    [none] U hoort nu bij het meldpunt { $regio }, als { role-name }.
   *[other] U hoort nu bij het meldpunt { $regio }, als { role-name } voor { $gemeente }.
    }
role-name = { $role ->
    [coordinator] coördinator
    [vervanger] vervanger van de regievoerder
    [piket] piketdienst
   *[other] { $role }
    }

## Words that staff texts share

mark = { $urgentie ->
    [acuut] ● acuut
    [spoed] ▲ spoed
    [regulier] ■ regulier
    [advies] ○ advies
    [geen] ○ geen zorg gelezen
   *[unread] ◆ nog niet beoordeeld, eerst een mens
    }
where = { $gemeente ->
    [none] plaats onbekend
   *[other] { $gemeente }
    }
still-busy = { $busy ->
    [yes] { " · melder is nog bezig" }
   *[no] { "" }
    }

## Notices to staff: never what the melding is about

alarm-acute = 🔴 <b>ACUUT</b> { $number } · { where }{ still-busy }.
alarm-unread = ◆ <b>Nog niet beoordeeld</b>: { $number } · { where }{ still-busy }. Eerst moet een mens dit lezen.
arrival = Nieuwe melding <b>{ $number }</b> · { mark } · { where }. Nog niemand is gevraagd.
assigned = Nieuwe melding <b>{ $number }</b> · { mark } · { where } · { $age } oud. Reageer { $due-day } voor { $due-time }.
late = Nog niemand keek naar melding <b>{ $number }</b> · { mark } · { where }. De termijn is voorbij.
taken = { $who } heeft melding <b>{ $number }</b> · { mark } · { where } opgepakt. U hoeft niets te doen.
more = De melder vulde melding <b>{ $number }</b> aan · { mark } · { where }.
risen = Melding <b>{ $number }</b> is nu dringender: { mark } · { where }. De melder schreef meer.
answered-told = De melder gaf antwoord bij melding <b>{ $number }</b> · { mark } · { where }.
withdraw-wish = De melder wil melding <b>{ $number }</b> intrekken · { mark } · { where }. Bij acuut beslist u.
withdrawn-told = De melder trok melding <b>{ $number }</b> in · { mark } · { where }. U hoeft niets te doen.
melder-gone = De melder van <b>{ $number }</b> · { mark } · { where } leest hier niet meer mee.

alarm-quarantine = Een bericht kon niet worden gelezen. Het is apart gezet onder nummer { NUMBER($id, useGrouping: 0) }. Vraag de beheerder.
alarm-undelivered = Een bericht kwam niet aan. Melding: { $number }. Bel wie het moest weten.
alarm-stuck = Er blijft iets liggen: berichten of termijnen komen niet verder. Vraag de beheerder, en kijk zelf de wachtrij na.
alarm-webhook = Telegram kan zijn berichten niet bij ons kwijt. Vraag de beheerder om de webhook na te kijken.
alarm-late = Het meldpunt stond een tijd stil. Het oudste bericht kwam { $at-day } om { $at-time }. Kijk de wachtrij na.

## Answers to staff

staff-hint = Ik heb hier niets mee gedaan. Een melding maakt u met /melden.
command-typed = /{ $name }
not-yours = Dit hoort niet bij uw rol. Zie /help voor wat u kunt.
no-such-melding = Deze melding is er niet, of is niet voor u. Kijk het nummer na.
number-unclear = Welke melding bedoelt u? Schrijf het nummer, zoals M-2026-000042 of 42.
number-several = Meer meldingen passen hierbij: { $numbers }. Schrijf het hele nummer.
is-over = { $status ->
    [ingetrokken] Melding { $number } is ingetrokken door de melder. Er kan niets meer veranderen.
   *[gesloten] Melding { $number } is gesloten. Het meldpunt kan die weer openen met /heropen { $number }.
    }

button-look = Ik kijk nu
button-ack = Ik pak dit op
button-decline = Niet voor mij
button-open = Openen
button-assign = Toewijzen
button-urgentie = Urgentie
button-thema = Thema’s
button-gemeente = Gemeente
button-close = Sluiten
button-number = { $number }
button-name = { $name }

looking = U kijkt nu naar melding <b>{ $number }</b>. De melder hoort dat iemand kijkt.
looked-before = { $who } kijkt al naar melding <b>{ $number }</b>.
yours = Melding <b>{ $number }</b> · { where } is nu van u. De melder hoort dat iemand dit heeft.
yours-already = Melding <b>{ $number }</b> was al van u.
taken-before = { $who } heeft melding <b>{ $number }</b> al opgepakt, { $at-day } om { $at-time }.
not-asked = U bent niet gevraagd voor melding <b>{ $number }</b>. U hoeft niets te doen.
decline-why = Waarom is melding <b>{ $number }</b> niet voor u?
decline-gemeente = Niet mijn gemeente
decline-beschikbaar = Ik kan nu niet
decline-anders = Een andere reden
declined = Melding <b>{ $number }</b> is van u af. Wij vragen nu een ander.
assigned-to = { $who } is gevraagd voor melding <b>{ $number }</b>. Antwoord komt { $due-day } voor { $due-time }, anders vragen wij de volgende.
assigned-nobody = Niemand is nu bereikbaar voor melding <b>{ $number }</b>. Bel zelf een collega.
assign-no-gemeente = De gemeente van melding <b>{ $number }</b> is niet bekend. Schrijf wie: /wijstoe { $number } naam.
nobody-named = Niemand heet { $name }. Schrijf een naam, een rol of een gemeente.
several-named = Wie bedoelt u: { $names }?
urgentie-which = Welke urgentie krijgt melding <b>{ $number }</b>?
urgentie-acuut = ● acuut
urgentie-spoed = ▲ spoed
urgentie-regulier = ■ regulier
urgentie-advies = ○ advies
urgentie-geen = ○ geen
urgentie-set = De urgentie van melding <b>{ $number }</b> is nu: { mark }.
thema-which = Welke thema’s horen bij melding <b>{ $number }</b>? Nu: { $themas }.
thema-unknown = { $name } is geen thema. Kies uit: { $themas }.
thema-same = De thema’s van melding <b>{ $number }</b> waren al: { $themas }.
thema-set = De thema’s van melding <b>{ $number }</b> zijn nu: { $themas }.
thema-word = { $thema ->
    [suicidaliteit] zelfmoordgedachten
    [middelen] alcohol of drugs
    [wonen_geld] wonen en geld
    [zorgmijding] wil geen zorg
    [niet_gezien] niet gezien
   *[other] { $thema }
    }
thema-off = { thema-word }
thema-on = ✓ { thema-word }
gemeente-which = Welke gemeente hoort bij melding <b>{ $number }</b>? Kies, of schrijf: /gemeente { $number } naam.
gemeente-unknown = { $name } is geen gemeente van { $regio }. Kies uit: { $names }.
gemeente-same = De gemeente van melding <b>{ $number }</b> was al { $name }.
gemeente-set = De gemeente van melding <b>{ $number }</b> is nu { $name }.
gemeente-had = { $who } heeft deze melding al, en houdt haar. Een ander vragen: /wijstoe { $number }.
gemeente-asked = { $who } is al gevraagd, en blijft gevraagd. Een ander vragen: /wijstoe { $number }.
ask-what = Schrijf uw vraag erbij: /vraag { $number } uw vraag.
asked = Uw vraag over melding <b>{ $number }</b> gaat naar de melder. Het antwoord komt bij de melding.
melder-away = De melder van <b>{ $number }</b> leest hier niet meer mee. Bel, als er een nummer bij staat.
note-what = Schrijf uw notitie erbij: /notitie { $number } uw notitie.
noted = Uw notitie staat bij melding <b>{ $number }</b>. De melder ziet haar niet.
close-how = Hoe sluit u melding <b>{ $number }</b>?
outcome-opgepakt = Opgepakt en afgerond
outcome-doorverwezen = Doorverwezen
outcome-geen-actie = Geen actie nodig
outcome-verkeerd-loket = Hoort bij een ander loket
reopened = Melding <b>{ $number }</b> is weer open en staat op uw naam. De melder hoort dat.
open-already = Melding { $number } is nog open.
closed = Melding <b>{ $number }</b> is gesloten. De melder hoort alleen dat.
duty-on = U heeft nu dienst.
duty-off = U heeft nu geen dienst. Wat u nog niet had opgepakt, vragen wij aan een ander.
duty-is = { $on ->
    [yes] U heeft dienst. Uitzetten: /dienst uit.
   *[no] U heeft geen dienst. Aanzetten: /dienst aan.
    }
duty-how = Schrijf /dienst aan of /dienst uit.

## The queue and one melding, for staff

queue-wachtrij = <b>Wachtrij</b>: { $first } tot en met { $last } van { $total }.
queue-filtered = Alleen: { $words }.
queue-unknown = Het woord “{ $word }” ken ik niet als filter. Typ een urgentie, een gemeente, laat, vrij of mijn. Bijvoorbeeld: /wachtrij spoed laat
queue-empty-filtered = Er wacht niets met dit filter: { $words }.
filter-on = { $word }
filter-off = ✓ { $word }
queue-niemand = <b>Nog van niemand</b>: { $first } tot en met { $last } van { $total }.
queue-mijn = <b>Van u of aan u gevraagd</b>: { $first } tot en met { $last } van { $total }.
queue-empty-wachtrij = De wachtrij is leeg. Nieuwe meldingen komen hier vanzelf.
queue-empty-niemand = Elke melding is van iemand.
queue-empty-mijn = Er staat niets op uw naam.
queue-line =
    <b>{ $number }</b> · { mark } · { where } · { $age } oud{ queue-due }{ still-busy }{ queue-who }
    { $words }
queue-due = { $due ->
    [none] { "" }
   *[other] { $late ->
        [yes] { " · " }te laat: { $due }
       *[no] { " · " }voor { $due }
        }
    }
queue-who = { $who ->
    [none] { " · " }nog van niemand
   *[other] { " · " }{ $who }
    }
queue-previous = Vorige
queue-next = Volgende
dossier-head =
    <b>{ $number }</b> · { mark } · { where }{ still-busy }
    { standing-word }{ queue-who } · binnen { $received-day } om { $received-time }
standing-word = { $status ->
    [bekeken] iemand kijkt
    [toegewezen] gevraagd, nog geen antwoord
    [ingetrokken] ingetrokken door de melder
   *[other] { $status }
    }
dossier-story = { $story }
dossier-unread = De tekst is nog niet gelezen, en staat daarom alleen op de pagina. Open de melding.
dossier-facts =
    Melder: { melder-name } · { name-shared }
    { $place ->
        [yes] Plaats: staat op de pagina
       *[no] Plaats: niet bekend
    } · bestanden: { $files }
melder-name = { $role ->
    [zelf] het gaat over de melder zelf
    [unknown] niet bekend
   *[other] { $role }
    }
name-shared = { $anonymity ->
    [bekend] de persoon mag weten wie meldt
    [anoniem] anoniem
   *[verborgen] naam blijft bij het meldpunt
    }
dossier-files-missing = Bijlagen niet opgehaald: { $count }.
dossier-themas = Thema’s: { $themas }
dossier-why = Waarom deze urgentie: { $why }

# What each role can do, one line each.
help-of-all =
    /mijn – wat van u is of aan u gevraagd
    /melding NR – open een melding
    /pak NR – ik pak dit op
    /nietvoormij NR – niet voor mij
    /notitie NR tekst – voor collega’s
    /dienst aan of uit
    /help – deze lijst
help-of-desk =
    /wachtrij – alle open meldingen
    /wachtrij spoed laat vrij – met een filter: urgentie, gemeente, laat, vrij of mijn
    /niemand – wat nog van niemand is
    /kijk NR – ik kijk nu
    /wijstoe NR naam – vraag een collega
    /urgentie NR waarde
    /thema NR thema’s
    /gemeente NR naam
    /vraag NR tekst – vraag de melder iets
    /sluit NR uitkomst
    /heropen NR reden
    { help-of-all }
staff-help-medewerker = { help-of-desk }
staff-help-coordinator = { help-of-desk }
staff-help-regievoerder = { help-of-all }
staff-help-vervanger = { help-of-all }
staff-help-piket = { help-of-all }
