"""The words of quotes and their warnings, Latvian and English side by side.

Only words: which sentence is said when is decided in the calculator. The two forms of a sentence
name the same values (a test checks it). Latvian terms are those of the order. Refusals have
theirs in `refusal_texts.py`, single nouns in `nouns.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rules.fees.refusal_texts import REFUSALS

_LINES = {
    "units": (
        "{units} x {price} par {unit} = {amount}",
        "{units} x {price} per {unit} = {amount}",
    ),
    "late_days": ("{works}{late} x {price} = {amount}", "{works}{late} x {price} = {amount}"),
    "late_flat": (
        "{late} (pieļaujamas ne vairāk kā {limit}); maksa nav atkarīga no dienu skaita",
        "{late} (at most {limit} are allowed); the price does not depend on the number of days",
    ),
    "not_late": (
        "Iesniegts laikā: nav kavētu dienu, nekas nav jāmaksā",
        "Handed in on time: no days late, nothing to pay",
    ),
    "languages": (
        "Valodas: {languages}; {documents} x {languages} = {units}",
        "Languages: {languages}; {documents} x {languages} = {units}",
    ),
    "periods": (
        "{days} ir {periods} pa {length} (iesāktu periodu skaita kā pilnu)",
        "{days} make {periods} of {length} (a begun period counts in full)",
    ),
    "minutes": (
        "{minutes} ir {units} x {length} (iesāktu vienību skaita kā pilnu)",
        "{minutes} make {units} x {length} (a begun unit counts in full)",
    ),
    "pieces": (
        "{pieces} ietilpst robežās {range}; viena cena par visu partiju",
        "{pieces} fall within {range}; one price for the whole batch",
    ),
    "forced_supplement": (
        "Izsniedzot diploma dublikātu, jāizsniedz arī pielikumu dublikāti: vajadzīgi {needed}, pieprasīti {ordered}, pievienoti {added}",
        "A duplicate diploma requires duplicates of its supplements: {needed} needed, {ordered} ordered, {added} added",
    ),
    "free_justified": (
        "Bez maksas: attaisnojošs iemesls, dokuments ir iesniegts, pārbaudījums plānots {planned}, {year} akadēmiskajā gadā",
        "Free of charge: justified reason, document handed in, test planned on {planned} in academic year {year}",
    ),
    "free_own_programme": (
        "Bez maksas: apgūts augstskolas īstenotajās ārpus formālās izglītības programmās",
        "Free of charge: learnt in the university's own programmes outside formal education",
    ),
    "free_commission": (
        "Bez maksas: Studiju jautājumu komisija iemeslu atzina par attaisnojošu",
        "Free of charge: the Study Affairs Commission accepted the reason as justifying",
    ),
    "commission_refused": (
        "Studiju jautājumu komisija iemeslu neatzina par attaisnojošu",
        "The Study Affairs Commission did not accept the reason as justifying",
    ),
    "free_theory": (
        "Bez maksas: teorētiskais kurss ir beigts un ir tiesības atjaunoties valsts pārbaudījumu kārtošanai",
        "Free of charge: the theoretical course is finished, with the right to resume for the state examinations",
    ),
    "free_recognition": (
        "Bez maksas: plāns tiek sastādīts, atzīstot ārpus formālās izglītības apgūtos studiju rezultātus",
        "Free of charge: the plan is drawn up while study results acquired outside formal education are recognised",
    ),
    "free_provider_fault": (
        "Bez maksas: apliecība nedarbojas pakalpojuma sniedzēja vainas dēļ",
        "Free of charge: the card does not work through the provider's fault",
    ),
    "free_extension": (
        "Pirmais termiņa pagarinājums akadēmiskajā gadā ir bez maksas",
        "The first extension in the academic year is free of charge",
    ),
    "first_extension_free": (
        "Pirmais termiņa pagarinājums akadēmiskajā gadā ir bez maksas, par maksu – {charged}",
        "The first extension in the academic year is free of charge, to be paid: {charged}",
    ),
    "waived": (
        "Atbrīvots no maksas {amount}: {reason} ({clause})",
        "The charge of {amount} is waived: {reason} ({clause})",
    ),
    "plan_included": (
        "Vajadzības gadījumā sastādāmais individuālais studiju plāns ir ietverts",
        "An individual study plan, where needed, is included",
    ),
    "postage_apart": (
        "Pasta pakalpojumi nav ietverti: sūtīšana ir cenrāža 18. punkts",
        "Postage is not included: sending is row 18",
    ),
    "repeated_only": (
        "Maksa ir par atkārtotu pārbaudi; pirmā pārbaude cenrādī nav minēta",
        "The price is for a repeated check; the first one is not on the list",
    ),
    "within_year": (
        "Eksmatrikulācija {left}, studijas atjaunotas {resumed}: gada laikā (līdz {anniversary})",
        "Exmatriculated on {left}, studies resumed on {resumed}: within one year (until {anniversary})",
    ),
    "after_break": (
        "Atjaunošanās pēc studiju pārtraukuma, bez eksmatrikulācijas",
        "Resuming after a study break, without exmatriculation",
    ),
    "after_year": (
        "Eksmatrikulācija {left}, studijas atjaunotas {resumed}: vēlāk nekā gadu pēc eksmatrikulācijas (gads beidzās {anniversary})",
        "Exmatriculated on {left}, studies resumed on {resumed}: later than one year after it (the year ended on {anniversary})",
    ),
    "credit_points": (
        "{tuition} : {year_points} gadā x {points} = {amount} (par 1 kredītpunktu – aptuveni {price}; noapaļo tikai kopsummu)",
        "{tuition} : {year_points} a year x {points} = {amount} (about {price} per credit point; only the total is rounded)",
    ),
    "ready": (
        "Dokuments gatavs {ready} ({days} pēc {start}{free})",
        "Ready on {ready} ({days} after {start}{free})",
    ),
    "not_started": (
        "{days} skaita no samaksas dienas; samaksa vēl nav saņemta",
        "{days} count from the day of payment; not paid yet",
    ),
    "delivery": (
        "Piegāde aptuveni {months} laikā; termiņš var mainīties atkarībā no kurjerpasta",
        "Delivery in about {months}; the time may change with the courier",
    ),
    "valid_to": (
        "Protokols ir derīgs šajā un nākamajā semestrī, līdz {valid_to}",
        "The protocol is valid for this and the next semester, until {valid_to}",
    ),
    "valid_unknown": (
        "Protokols ir derīgs šajā un nākamajā semestrī; semestru datumi nav norādīti",
        "The protocol is valid for this and the next semester; the dates of the semesters are not given",
    ),
    "total": ("Kopā: {amount}", "In total: {amount}"),
    "cite": (
        "Rīkojums Nr. {number}, cenrāža {row}. punkts",
        "Order No {number}, row {row}",
    ),
    "cite_note": (
        "Rīkojums Nr. {number}, cenrāža {row}. punkts, piezīme {note}",
        "Order No {number}, row {row}, note {note}",
    ),
}

_POINTS = {
    "double_degree": (
        "Dubultdiplomu programmas studējošajam cenrādi piemēro tiktāl, ciktāl tas nav pretrunā ar Senāta {issued} noteikumiem Nr. {number}; tie ir noteicošie un te nav pārbaudīti",
        "For a double-degree student the list applies only so far as it does not contradict the Senate regulations No {number} of {issued}; they prevail and are not checked here",
    ),
    "before_order": (
        "Pieprasījums ({day}) ir agrāks par rīkojumu Nr. {number} ({from_day}); toreiz spēkā bija cits cenrādis",
        "The request ({day}) is earlier than order No {number} ({from_day}); another price list was in force then",
    ),
    "no_rule_yet": (
        "Cenrāža {row}. punktam šajā rīkojumā aprēķina kārtība vēl nav pārbaudīta: cena x skaits",
        "No rule has been checked for row {row} of this order yet: price x quantity",
    ),
    "not_justified_reason": (
        "Piezīme ** neatbrīvo no maksas: nav attaisnojoša iemesla",
        "Note ** gives no exemption: there is no justified reason",
    ),
    "not_document": (
        "Piezīme ** neatbrīvo no maksas: Studiju informācijas daļā nav iesniegts pamatojošs dokuments",
        "Note ** gives no exemption: no document was handed to the Study Information unit",
    ),
    "not_planned_known": (
        "Piezīmi ** nevar pārbaudīt: nav zināms, kad pārbaudījums bija plānots",
        "Note ** cannot be checked: it is not known when the test was planned",
    ),
    "not_this_year": (
        "Piezīme ** neatbrīvo no maksas: pārbaudījums bija plānots {planned}, ne {year} akadēmiskajā gadā",
        "Note ** gives no exemption: the test was planned on {planned}, not in academic year {year}",
    ),
    "previous_years_claim": (
        "Piezīme ** ir arī pie cenrāža {row}. punkta, bet attiecas tikai uz esošo akadēmisko gadu: par atbrīvošanu no maksas lemj atbildīgā persona",
        "Note ** stands at row {row} too but speaks only of the current academic year: a person decides whether to waive the charge",
    ),
    "other_row_kind": (
        "Pārbaudījums bija plānots {planned}; cenrāža {row}. punkts ir par {kind}. Maksa aprēķināta pēc prasītā punkta",
        "The test was planned on {planned}; row {row} is for {kind}. The row asked for is kept",
    ),
    "data_request": (
        "Par savu datu pieprasījumu pirms rēķina izrakstīšanas lemj atbildīgā persona: tas ir bez maksas, ja vien nav acīmredzami nepamatots vai pārmērīgs (Vispārīgā datu aizsardzības regula, 12. panta 5. punkts), un atbilde jāsniedz mēneša laikā (12. panta 3. punkts)",
        "A person decides on a request for one's own data before anything is invoiced: it is free unless manifestly unfounded or excessive (GDPR, Article 12(5)), and the answer is due within one month (Article 12(3))",
    ),
    "commission_open": (
        "Studiju jautājumu komisija vēl nav lēmusi par attaisnojošu iemeslu",
        "The Study Affairs Commission has not yet decided whether the reason is justifying",
    ),
    "status_not_listed": (
        "Statuss „{status}” piezīmē ***** nav minēts: pagarinājums ir par maksu, ja vien atbildīgā persona neizlemj citādi",
        "The status “{status}” is not named in note *****: the extension is charged unless a person decides otherwise",
    ),
    "territory": (
        "{country} ir Eiropas Savienības valsts teritorija ar savu kodu: vai piemērojams 18.2. punkts, lemj atbildīgā persona",
        "{country} is a territory of an EU state with a code of its own: a person decides whether row 18.2 applies",
    ),
    "archive_certificate": (
        "Nevar pārbaudīt: cenrāža {row}. punkts attiecas uz eksmatrikulētiem studentiem un informāciju no arhīva; citiem gadījumiem cenrādī cenas nav, un par tiem lemj atbildīgā persona",
        "Not checkable: row {row} is for exmatriculated students and information from the archive; any other case has no price and a person decides",
    ),
    "pre_defence": (
        "Nevar pārbaudīt: cenrāža {row}. punktu piemēro tikai tad, ja priekšaizstāvēšana nav izieta noteiktajā laikā vai vērtējums bija negatīvs",
        "Not checkable: row {row} applies only if the pre-defence was not passed at the set time or was assessed negatively",
    ),
    "already_covered": (
        "Bezmaksas pagarinājums šajā pieprasījumā jau ir izmantots",
        "The free extension has already been used in this request",
    ),
}

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({**_LINES, **_POINTS, **REFUSALS})
