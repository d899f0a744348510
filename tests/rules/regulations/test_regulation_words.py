"""Explanations that people read: whole sentences, with numbers, in both languages."""

from typing import Any

import pytest

from rules.people import Language
from rules.regulations.answer import counted_days, say
from rules.regulations.dunning import Restrictions
from rules.regulations.registry import RULES
from rules.regulations.wire import run
from rules.wording import Text

LATE = {"tuition": "1200.00", "due_date": "2026-09-10", "payments": [], "as_of": "2026-09-25"}
SENTENCES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "late_fee",
        LATE,
        "15 dienas x 0,1 % no 1200,00 EUR = 18,00 EUR (Studiju nolikums, 2.16.4. p.).",
        "15 days x 0.1% of EUR 1,200.00 = EUR 18.00 (study regulations, 2.16.4).",
    ),
    (
        "late_fee",
        LATE | {"payments": [{"on": "2026-09-11", "amount": "200.00"}]},
        (
            "1 diena x 0,1 % no 1200,00 EUR + 14 dienas x 0,1 % no 1000,00 EUR = 15,20 EUR "
            "(Studiju nolikums, 2.16.4. p.)."
        ),
        (
            "1 day x 0.1% of EUR 1,200.00 + 14 days x 0.1% of EUR 1,000.00 = EUR 15.20 "
            "(study regulations, 2.16.4)."
        ),
    ),
    (
        "late_fee",
        LATE | {"as_of": "2027-09-10"},
        (
            "365 dienas x 0,1 % no 1200,00 EUR, bet ne vairāk kā 20 % no 1200,00 EUR = 240,00 EUR "
            "(Studiju nolikums, 2.16.4. p.)."
        ),
        (
            "365 days x 0.1% of EUR 1,200.00, but at most 20% of EUR 1,200.00 = EUR 240.00 "
            "(study regulations, 2.16.4)."
        ),
    ),
    (
        "late_fee",
        LATE | {"as_of": "2026-09-10"},
        "Soda naudas nav: neviena nokavēta diena ar parādu (Studiju nolikums, 2.16.4. p.).",
        "No penalty: no late day with a debt (study regulations, 2.16.4).",
    ),
    (
        "late_fee",
        LATE | {"planned_loan": "700.00"},
        (
            "15 dienas x 0,1 % no 500,00 EUR = 7,50 EUR; plānotais studiju kredīts 700,00 EUR parādā "
            "neietilpst (Studiju nolikums, 2.16.4. p.)."
        ),
        (
            "15 days x 0.1% of EUR 500.00 = EUR 7.50; the planned study loan of EUR 700.00 is not "
            "part of the debt (study regulations, 2.16.4)."
        ),
    ),
    (
        "late_fee",
        LATE | {"planned_loan": "700.00", "loan_refused_on": "2026-09-06"},
        (
            "10 dienas x 0,1 % no 500,00 EUR + 5 dienas x 0,1 % no 1200,00 EUR = 11,00 EUR; atteiktais "
            "studiju kredīts 700,00 EUR parādā ietilpst no 21.09.2026. "
            "(Studiju nolikums, 2.16.4. p.)."
        ),
        (
            "10 days x 0.1% of EUR 500.00 + 5 days x 0.1% of EUR 1,200.00 = EUR 11.00; the refused "
            "study loan of EUR 700.00 is part of the debt from 21 Sept 2026 "
            "(study regulations, 2.16.4)."
        ),
    ),
    (
        "combined_discount",
        {"discounts": [{"kind": "senate", "percent": "90"}, {"kind": "family", "percent": "25"}]},
        (
            "Atlaide 100 % (Senāta noteikta 90 %; BPMA ĢIMENE 25 %; kopā 115 %, bet nevar pārsniegt "
            "pilnu maksu): summē tikai ģimenes un grupas vecākā atlaidi, no pārējām piemēro lielāko "
            "(Studiju nolikums, 2.23., 2.20.10., 2.20.6. p.)."
        ),
        (
            "Discount of 100% (set by the Senate 90%; BPMA ĢIMENE (family) 25%; together 115%, but no "
            "more than the whole fee): only those of family and group elder add up, of the others the "
            "largest counts (study regulations, 2.23, 2.20.10, 2.20.6)."
        ),
    ),
    (
        "individual_schedule",
        {"semester_start": "2027-02-01", "applied_on": "2027-01-25", "reason": "transfer"},
        (
            "Iesniegums 25.01.2027., termiņš 25.01.2027.: individuāls grafiks uz vienu semestri, 3 "
            "eksemplāri; studiju maksas noteikumi nemainās, par teicamnieku atzīt nevar. Vajadzīgs "
            "lēmums: grafiku akceptē programmas direktors un studiju daļas vadītājs; cenrāža 10. "
            "punktā minēts plāns, ne grafiks (Studiju nolikums, 14.2. p.)."
        ),
        (
            "Application of 25 Jan 2027, due 25 Jan 2027: an individual schedule for one semester, 3 "
            "copies; the terms of tuition stay, and it makes no excellent student. Decision needed: "
            "the programme director and the head of the Study Department accept the schedule; row 10 "
            "of the price list names a plan, not a schedule (study regulations, 14.2)."
        ),
    ),
    (
        "refund",
        {
            "paid_for_semester": "1000.00",
            "semester_start": "2026-09-01",
            "classes_start": "2026-09-01",
            "application_received": "2026-08-31",
        },
        "75 % no 1000,00 EUR = 750,00 EUR, jāatmaksā līdz 30.09.2026. (Studiju nolikums, 2.13. p.).",
        (
            "75% of EUR 1,000.00 = EUR 750.00, to be returned by 30 Sept 2026 "
            "(study regulations, 2.13)."
        ),
    ),
    (
        "credit_points",
        {"hours": "41"},
        "41 akad. st. / 40 = 1,025 KP (Studiju nolikums, 4.1. p.).",
        "41 academic hours / 40 = 1.025 credit points (study regulations, 4.1).",
    ),
    (
        "combined_discount",
        {
            "discounts": [
                {"kind": "disability", "percent": "50"},
                {"kind": "family", "percent": "25"},
            ]
        },
        (
            "Atlaide 75 % (invaliditāte 50 %; BPMA ĢIMENE 25 %): summē tikai ģimenes un grupas "
            "vecākā atlaidi, no pārējām piemēro lielāko (Studiju nolikums, 2.23., 2.20.7., 2.20.6. p.)."
        ),
        (
            "Discount of 75% (disability 50%; BPMA ĢIMENE (family) 25%): only those of family and "
            "group elder add up, of the others the largest counts "
            "(study regulations, 2.23, 2.20.7, 2.20.6)."
        ),
    ),
    (
        "appeal_commission_valid",
        {"members": 2, "approved_by_rector": False},
        (
            "Komisija (locekļu skaits 2) nav derīga: komisijā jābūt trim pārstāvjiem; sastāvu nav apstiprinājis "
            "rektors (Studiju nolikums, 5.10.3. p.)."
        ),
        (
            "The commission (members: 2) is not in order: the commission has three members; the rector has "
            "not approved the members (study regulations, 5.10.3)."
        ),
    ),
    (
        "earliest_retake",
        {"removed_on": "2026-12-31"},
        (
            "No pārbaudījuma atstādināts 31.12.2026.: atkārtoti kārtot var ne agrāk kā 01.01.2027. "
            "Vajadzīgs lēmums: vai eksmatrikulēt par neatļautiem līdzekļiem (Studiju nolikums, 5.7. p.)."
        ),
        (
            "Removed on 31 Dec 2026, a retake on 1 Jan 2027 at the earliest. Decision needed: "
            "whether to exmatriculate for forbidden aids (study regulations, 5.7)."
        ),
    ),
]


@pytest.mark.parametrize(("name", "given", "latvian", "english"), SENTENCES)
def test_sentence(name: str, given: dict[str, Any], latvian: str, english: str) -> None:
    answer = run(name, given)

    assert answer.explain() == latvian
    assert answer.explain(Language.ENGLISH) == english


def test_nothing_is_rendered_until_asked_for() -> None:
    rendered = []

    class Noticed:
        def __str__(self) -> str:
            rendered.append("now")
            return "x"

    sentence = say("{it}", "{it}", it=Noticed())

    assert rendered == []
    assert (sentence(Language.LATVIAN), rendered) == ("x", ["now"])


@pytest.mark.parametrize(
    ("count", "latvian"), [(1, "1 diena"), (11, "11 dienas"), (21, "21 diena"), (111, "111 dienas")]
)
def test_days_are_counted_as_in_latvian(count: int, latvian: str) -> None:
    assert counted_days(count, Language.LATVIAN) == latvian


def test_words_of_values() -> None:
    sentence = say("{n:semesters}, {both}", "{n:semesters}, {both}", n=2, both=Text("abi", "both"))

    assert [sentence(language) for language in Language] == ["2 semestri, abi", "2 semesters, both"]


def test_equal_facts_give_equal_answers_and_answers_are_frozen() -> None:
    first, second = run("late_fee", LATE), run("late_fee", LATE)

    assert (first.value, first.explain()) == (second.value, second.explain())
    with pytest.raises(AttributeError):
        first.value = None  # type: ignore[misc]  # that it cannot is the point


def test_certificates_of_a_debtor() -> None:
    barred = Restrictions(False, True, False)

    assert barred.may_get_certificate(academic=True, semester_paid=True)
    assert not barred.may_get_certificate(academic=True, semester_paid=False)
    assert not barred.may_get_certificate(academic=False, semester_paid=True)


def test_every_rule_tells_what_it_answers() -> None:
    assert [name for name, rule in RULES.items() if not (rule.__doc__ or "").strip()] == []
