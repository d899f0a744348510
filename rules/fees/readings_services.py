"""Readings adopted of order No 1.5-3/149: documents and the other services (1 to 4, 15 to 23).

All of them together are `readings.READINGS`.
"""

from decimal import Decimal

from rules.ambiguities import Ambiguity
from rules.fees.reading_examples import cost, extension, item, quoted


def _credit_points() -> Decimal:
    return cost("15", annual_tuition="2500.00", annual_credit_points=60, credit_points=6)


DOCUMENTS = (
    Ambiguity(
        "data_request",
        "row 1.8",
        "tas var netikt apmierināts",
        "Never invoiced automatically: a person decides, because access to one's own data is free "
        "unless manifestly unfounded or excessive (GDPR, Article 12(5)).",
        "Charged like any other row.",
        lambda: f"{cost('1.8')} waits for a decision.",
    ),
    Ambiguity(
        "archive_certificate",
        "row 1.7",
        "eksmatrikulētiem studentiem … (ar informācijas pieprasīšanu no arhīva)",
        "Any other academic certificate with grades is not on the list; the row carries a warning.",
        "The row serves for all academic certificates with grades.",
        lambda: f"{cost('1.7')} carries the warning `{quoted(item('1.7')).warnings[0].key}`.",
    ),
    Ambiguity(
        "no_degree",
        "rows 4.2 and 4.4, note *",
        "Izņemot gadījumus, kad … nav iespējams izsniegt diploma un diploma pielikuma dublikātu",
        "The service is not available: refused.",
        "The service is given, but not by this price.",
        lambda: f"A refusal instead of {cost('4.2')}.",
    ),
    Ambiguity(
        "forced_supplements",
        "row 4.2, note *",
        "Ja izsniedz diploma dublikātu, jāizsniedz arī jaunu diploma pielikumu dublikāti.",
        "The supplements are charged by row 4.4, one for each language; those already asked for "
        "count.",
        "They are included in the price of the diploma.",
        lambda: (
            f"A diploma with supplements in two languages: {cost('4.2', languages=2)} "
            f"instead of {quoted(item('4.2')).lines[0].amount}."
        ),
    ),
    Ambiguity(
        "no_vat",
        "column 3",
        "Maksa, EUR",
        "Amounts are final; value added tax is not mentioned.",
        "Tax is added to them.",
        lambda: f"Row 1.4: {cost('1.4')} and nothing on top.",
    ),
    Ambiguity(
        "credit_point_rounding",
        "row 15",
        "Maksa par 1 kredītpunktu tiek aprēķināta, dalot",
        "Rounded once, at the end, half up; the price per point is only shown rounded.",
        "The price per point is rounded first.",
        lambda: f"2500.00 : 60 × 6 = {_credit_points()} instead of 250.02.",
    ),
    Ambiguity(
        "mobility_stages",
        "rows 17.1–17.3",
        "Atteikšanās pēc …",
        "Stages: only the furthest one reached is charged; “nominated” alone is row 17.2. Row 17.4 "
        "is a change of place, not a withdrawal.",
        "The prices of all stages passed are added up.",
        lambda: (
            f"After the funding agreement: {cost('17', stage='funding_signed')} instead of "
            f"{cost('17.1') + cost('17.2') + cost('17.3')}."
        ),
    ),
    Ambiguity(
        "mobility_words",
        "row 17.1",
        "par mobilitāti apstiprināšanu",
        "Read as “par mobilitāti apstiprināšanas”, as in rows 17.2 and 17.3.",
        "“par mobilitātes apstiprināšanu”.",
        "None: both are the same stage.",
    ),
    Ambiguity(
        "per_shipment",
        "row 18",
        "Dokumentu sūtīšana",
        "One price per shipment, however many documents are in it.",
        "One price per document.",
        lambda: (
            f"Two documents in one letter to Latvia: {cost('18.1')} instead of "
            f"{cost('18.1', quantity=2)}."
        ),
    ),
    Ambiguity(
        "eu_and_eea",
        "row 18.2",
        "Eiropas Savienības vai EEZ valstu robežās",
        "The other EU states, Iceland, Liechtenstein and Norway; Switzerland and the United Kingdom "
        "are row 18.3. Territories of EU states with a code of their own are priced by 18.3 and "
        "flagged.",
        "The courier's own zone of Europe.",
        lambda: f"Switzerland: {cost('18', country='CH')} instead of {cost('18.2')}.",
    ),
    Ambiguity(
        "four_stars",
        "note ****",
        "*****izpildes termiņš var mainīties … valstīs.*",
        "Printed with five stars in front and one behind; read as the four-star note, because only "
        "row 18 is about delivery and carries ****.",
        "A note of row 20.",
        "None for money: otherwise the delivery time would be promised, not estimated.",
    ),
    Ambiguity(
        "five_stars",
        "note *****",
        "*****Personai, kura ir … bez maksas*",
        "Read as the five-star note of row 20, whose service its text names.",
        "A note without a row.",
        lambda: (
            f"An EU citizen's first extension: {extension('eu_citizen')} instead of "
            f"{extension('other')}."
        ),
    ),
)

OTHER_SERVICES = (
    Ambiguity(
        "extension_count",
        "row 20, note *****",
        "vienu reizi akadēmiskajā gadā",
        "One free extension per person and academic year, whatever its semester; a second one in "
        "the same request is charged.",
        "One free extension per payment schedule.",
        lambda: f"Two at once: {extension('eu_citizen', quantity=2)}.",
        "free_extensions_used_this_academic_year (field of the item)",
    ),
    Ambiguity(
        "unnamed_statuses",
        "row 20, note *****",
        "Eiropas Savienības pilsonis, … pastāvīgā uzturēšanās atļauja Latvijas Republikā",
        "Statuses that are not named, Latvian non-citizens (nepilsoņi) among them, are charged and "
        "flagged.",
        "Non-citizens are treated as permanent residents.",
        lambda: f"A non-citizen's first extension: {extension('lv_non_citizen')} instead of 0.00.",
        "statuses in the order's file, or waiver",
    ),
    Ambiguity(
        "repeated_check",
        "rows 19.1 and 19.2",
        "atkārtota darba pārbaude",
        "A repeated check of a paper; the first is not on the list.",
        "The check of a repeated paper.",
        lambda: f"A second paper's first check: nothing instead of {cost('19.1')}.",
    ),
    Ambiguity(
        "library_units",
        "rows 22.1–22.11",
        "A4 formāta krāsainā izdruka",
        "Where no side is named, per printed page (one side of a sheet).",
        "Per sheet.",
        lambda: (
            f"A sheet printed on both sides in colour: {cost('22.1', quantity=2)} instead of "
            f"{cost('22.1')}."
        ),
    ),
    Ambiguity(
        "begun_periods",
        "rows 23.1, 23.2, 23.4–23.6",
        "14 dienu garumā / 45 minūtes / 30 dienas / 1 diena",
        "A begun period is charged in full.",
        "Pro rata.",
        lambda: f"An A3 poster for 15 days: {cost('23.1', size='A3', days=15)} instead of 16.07.",
    ),
    Ambiguity(
        "one_batch",
        "row 23.3",
        "1-100 gab",
        "One price for the whole batch.",
        "A price per piece.",
        lambda: (
            f"100 leaflets: {cost('23.3', pieces=100)} instead of {100 * cost('23.3', pieces=1)}."
        ),
    ),
    Ambiguity(
        "per_advertisement",
        "row 23.5",
        "30 dienas",
        "Per advertisement and begun 30 days.",
        "Per advertiser, however many advertisements.",
        lambda: (
            f"Two advertisements: {cost('23.5', days=30, quantity=2)} instead of "
            f"{cost('23.5', days=30)}."
        ),
    ),
    Ambiguity(
        "mailing_to_some",
        "row 23.7",
        "visiem studējošajiem … kopējā summa atkarīga no studējošo skaita",
        "A mailing to a part of the students is priced by the number actually e-mailed.",
        "Only a mailing to all is offered.",
        lambda: f"10 students: {cost('23.7', recipients=10)}.",
    ),
    Ambiguity(
        "double_degree",
        "clause 2",
        "piemēro tiktāl, ciktāl tās nav pretrunā ar … noteikumiem Nr.27-11/033",
        "Quoted as usual with a warning: the Senate regulations prevail, and their text is not part "
        "of the order.",
        "Not quoted at all.",
        "Every quote with double_degree carries the warning `double_degree`.",
        "double_degree (field of the request)",
    ),
    Ambiguity(
        "waivers",
        "study regulations, 9.6 and 11.4",
        "",
        "Waivers of another document are passed by the caller with clause and reason, shown, and "
        "never applied by the calculator itself.",
        "The calculator applies them.",
        lambda: (
            f"Row 1.6: {cost('1.6')}, or "
            f"{cost('1.6', waiver={'clause': '9.6', 'reason': 'not in the archive'})} with a waiver."
        ),
        "waiver (field of the item)",
    ),
)
