"""What people read: whole explanations in both languages, plurals, and texts that keep in step."""

import string
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules.fees.case import unit_of
from rules.fees.dates import ClockStart
from rules.fees.loading import price_list_on
from rules.fees.nouns import NOUNS, UNITS_LV
from rules.fees.quoting import quote
from rules.fees.request import read_request
from rules.fees.sentences import Count, Figure, paragraph, say
from rules.fees.texts import TEXTS
from rules.people import Language
from rules.wording import Text

PRICES = price_list_on(date(2026, 11, 23))
CLAIM = {"justified_reason": True, "document_submitted": True, "planned_on": "2026-10-20"}
TERMS = [
    {"name": "2026-autumn", "start": "2026-09-01", "end": "2027-01-31"},
    {"name": "2027-spring", "start": "2027-02-01", "end": "2027-06-30"},
]


def explained(item: dict[str, Any], **fields: Any) -> list[str]:
    """The last line's explanation in both languages, without the citation's constant head."""
    request = {"requested_on": "2026-11-16", "items": [item], **fields}
    line = quote(read_request(request)).lines[-1]
    return [line.explanation(language) for language in Language]


EXPLAINED: list[tuple[dict[str, Any], str, str]] = [
    (
        {"row": "1.1", "quantity": 2},
        "2 x 3,00 EUR par izziņu = 6,00 EUR. Dokuments gatavs 20.11.2026. (3 darba dienas pēc 16.11.2026.; brīvdiena: 18.11.2026.). Rīkojums Nr. 1.5-3/149, cenrāža 1.1. punkts.",
        "2 x EUR 3.00 per certificate = EUR 6.00. Ready on 20 Nov 2026 (3 working days after 16 Nov 2026; not worked: 18 Nov 2026). Order No 1.5-3/149, row 1.1.",
    ),
    (
        {"row": "4.2", "languages": 2},
        "Izsniedzot diploma dublikātu, jāizsniedz arī pielikumu dublikāti: vajadzīgi 2, pieprasīti 0, pievienoti 2. 2 x 30,00 EUR par pielikumu vienā valodā = 60,00 EUR. Dokuments gatavs 15.12.2026. (20 darba dienas pēc 16.11.2026.; brīvdiena: 18.11.2026.). Rīkojums Nr. 1.5-3/149, cenrāža 4.4. punkts, piezīme *.",
        "A duplicate diploma requires duplicates of its supplements: 2 needed, 0 ordered, 2 added. 2 x EUR 30.00 per supplement in one language = EUR 60.00. Ready on 15 Dec 2026 (20 working days after 16 Nov 2026; not worked: 18 Nov 2026). Order No 1.5-3/149, row 4.4, note *.",
    ),
    (
        {"row": "4.3", "quantity": 2, "languages": 3},
        "Valodas: 3; 2 x 3 = 6. 6 x 21,00 EUR par pielikumu vienā valodā = 126,00 EUR. Dokuments gatavs 15.12.2026. (20 darba dienas pēc 16.11.2026.; brīvdiena: 18.11.2026.). Rīkojums Nr. 1.5-3/149, cenrāža 4.3. punkts.",
        "Languages: 3; 2 x 3 = 6. 6 x EUR 21.00 per supplement in one language = EUR 126.00. Ready on 15 Dec 2026 (20 working days after 16 Nov 2026; not worked: 18 Nov 2026). Order No 1.5-3/149, row 4.3.",
    ),
    (
        {"row": "5.1", **CLAIM},
        "Bez maksas: attaisnojošs iemesls, dokuments ir iesniegts, pārbaudījums plānots 20.10.2026., 2026./2027. akadēmiskajā gadā. Protokols ir derīgs šajā un nākamajā semestrī, līdz 30.06.2027. Rīkojums Nr. 1.5-3/149, cenrāža 5.1. punkts, piezīme **.",
        "Free of charge: justified reason, document handed in, test planned on 20 Oct 2026 in academic year 2026/27. The protocol is valid for this and the next semester, until 30 Jun 2027. Order No 1.5-3/149, row 5.1, note **.",
    ),
    (
        {"row": "6.3", "days_late": 1, "group_members": 3},
        "3 x 15,00 EUR par grupas dalībnieku = 45,00 EUR. 1 kavēta kalendārā diena (pieļaujamas ne vairāk kā 5); maksa nav atkarīga no dienu skaita. Rīkojums Nr. 1.5-3/149, cenrāža 6.3. punkts.",
        "3 x EUR 15.00 per group member = EUR 45.00. 1 calendar day late (at most 5 are allowed); the price does not depend on the number of days. Order No 1.5-3/149, row 6.3.",
    ),
    (
        {"row": "7.2", "days_late": 4},
        "4 kavētas kalendārās dienas x 6,00 EUR = 24,00 EUR. Rīkojums Nr. 1.5-3/149, cenrāža 7.2. punkts.",
        "4 calendar days late x EUR 6.00 = EUR 24.00. Order No 1.5-3/149, row 7.2.",
    ),
    (
        {"row": "9.1", "exmatriculated_on": "2025-11-15"},
        "1 x 255,00 EUR par darbu = 255,00 EUR. Eksmatrikulācija 15.11.2025., studijas atjaunotas 16.11.2026.: vēlāk nekā gadu pēc eksmatrikulācijas (gads beidzās 15.11.2026.). Rīkojums Nr. 1.5-3/149, cenrāža 9.1. punkts.",
        "1 x EUR 255.00 per thesis = EUR 255.00. Exmatriculated on 15 Nov 2025, studies resumed on 16 Nov 2026: later than one year after it (the year ended on 15 Nov 2026). Order No 1.5-3/149, row 9.1.",
    ),
    (
        {
            "row": "15",
            "annual_tuition": "2500.00",
            "annual_credit_points": 60,
            "credit_points": "1.5",
        },
        "2500,00 EUR : 60 kredītpunkti gadā x 1,5 kredītpunkti = 62,50 EUR (par 1 kredītpunktu – aptuveni 41,67 EUR; noapaļo tikai kopsummu). Rīkojums Nr. 1.5-3/149, cenrāža 15. punkts.",
        "EUR 2,500.00 : 60 credit points a year x 1.5 credit points = EUR 62.50 (about EUR 41.67 per credit point; only the total is rounded). Order No 1.5-3/149, row 15.",
    ),
    (
        {"row": "18", "country": "GB"},
        "1 x 96,00 EUR par sūtījumu = 96,00 EUR. Piegāde aptuveni 1 mēneša laikā; termiņš var mainīties atkarībā no kurjerpasta. Rīkojums Nr. 1.5-3/149, cenrāža 18.3. punkts, piezīme ****.",
        "1 x EUR 96.00 per shipment = EUR 96.00. Delivery in about 1 month; the time may change with the courier. Order No 1.5-3/149, row 18.3, note ****.",
    ),
    (
        {"row": "23.1", "size": "A3", "quantity": 2, "days": 15},
        "15 kalendārās dienas ir 2 periodi pa 14 dienām (iesāktu periodu skaita kā pilnu). 4 x 15,00 EUR par plakātu 14 dienu periodā = 60,00 EUR. Rīkojums Nr. 1.5-3/149, cenrāža 23.1/A3. punkts.",
        "15 calendar days make 2 periods of 14 days (a begun period counts in full). 4 x EUR 15.00 per poster per 14 days = EUR 60.00. Order No 1.5-3/149, row 23.1/A3.",
    ),
    (
        {"row": "6.7", "waiver": {"clause": "study regulations, 11.4", "reason": "first time"}},
        "1 x 21,00 EUR par atkārtotu iesniegšanu = 21,00 EUR. Atbrīvots no maksas 21,00 EUR: first time (study regulations, 11.4). Rīkojums Nr. 1.5-3/149, cenrāža 6.7. punkts.",
        "1 x EUR 21.00 per resubmission = EUR 21.00. The charge of EUR 21.00 is waived: first time (study regulations, 11.4). Order No 1.5-3/149, row 6.7.",
    ),
]


@pytest.mark.parametrize(
    ("item", "latvian", "english"), EXPLAINED, ids=lambda value: str(value)[:20]
)
def test_a_line_explains_itself_in_both_languages(
    item: dict[str, Any], latvian: str, english: str
) -> None:
    assert explained(item, semesters=TERMS) == [latvian, english]


def test_the_clock_may_start_at_payment() -> None:
    request = {"requested_on": "2026-11-16", "items": [{"row": "1.1"}]}
    unpaid = quote(read_request(request), clock_start=ClockStart.PAYMENT)
    paid = quote(read_request({**request, "paid_on": "2026-11-23"}), clock_start=ClockStart.PAYMENT)
    prepaid = quote(
        read_request({**request, "paid_on": "2026-11-01"}), clock_start=ClockStart.PAYMENT
    )

    assert (unpaid.ready_on, paid.ready_on, prepaid.ready_on) == (
        None,
        date(2026, 11, 26),
        date(2026, 11, 20),
    )
    assert unpaid.lines[0].explanation(Language.ENGLISH) == (
        "1 x EUR 3.00 per certificate = EUR 3.00. 3 working days count from the day of payment; "
        "not paid yet. Order No 1.5-3/149, row 1.1."
    )


def test_delivery_has_no_estimate_while_payment_is_awaited() -> None:
    request = read_request({"requested_on": "2026-11-16", "items": [{"row": "18.1"}]})

    assert quote(request, clock_start=ClockStart.PAYMENT).delivery_estimate is None


@pytest.mark.parametrize(
    ("number", "latvian", "english"),
    [
        (0, "0 darba dienas", "0 working days"),
        (1, "1 darba diena", "1 working day"),
        (11, "11 darba dienas", "11 working days"),
        (21, "21 darba diena", "21 working days"),
        (111, "111 darba dienas", "111 working days"),
    ],
)
def test_counts_take_the_plural_of_their_language(number: int, latvian: str, english: str) -> None:
    count = Count(number, "working_day")

    assert [count.of(language) for language in Language] == [latvian, english]


def test_figures_that_are_not_money_lose_their_empty_decimals() -> None:
    texts = [Figure(Decimal(number)).of(Language.ENGLISH) for number in ("60.00", "1.50")]

    assert texts == ["60", "1.5"]


def test_both_forms_of_a_name() -> None:
    assert [Text("gads", "year").of(language) for language in Language] == ["gads", "year"]


def test_sentences_get_one_full_stop_each() -> None:
    dated = say("valid_to", valid_to=date(2027, 6, 30))  # a Latvian date ends with a stop itself

    assert paragraph((dated, say("postage_apart")), Language.LATVIAN) == (
        "Protokols ir derīgs šajā un nākamajā semestrī, līdz 30.06.2027. "
        "Pasta pakalpojumi nav ietverti: sūtīšana ir cenrāža 18. punkts."
    )


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_name_the_same_values(key: str) -> None:
    latvian, english = TEXTS[key]

    assert names(latvian) == names(english)


def test_every_text_and_noun_is_used_somewhere() -> None:
    folder = Path(__file__).resolve().parents[3] / "rules" / "fees"
    words = {"texts.py", "refusal_texts.py", "nouns.py"}
    code = "".join(
        path.read_text("utf-8") for path in folder.glob("*.py") if path.name not in words
    )

    assert [key for key in (*TEXTS, *NOUNS) if f'"{key}"' not in code] == []


def test_every_unit_of_the_list_has_its_latvian_form() -> None:
    units = {row.unit for row in PRICES.rows.values() if row.unit}

    assert units == set(UNITS_LV)


def test_a_certificate_of_row_11_is_no_statement() -> None:
    assert [unit_of(PRICES.rows[row]).lv for row in ("1.1", "11")] == ["izziņu", "sertifikātu"]
