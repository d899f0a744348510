"""Readings of section 2 up to 2.18: contract, tuition, penalty, payments; 2.17 is in `dunning.py`."""

from rules.ambiguities import Ambiguity
from rules.regulations.readings.example import shown

_LATE = {"tuition": "1000.00", "due_date": "2026-09-10"}


def _late(as_of: str, *paid: tuple[str, str], **more: str) -> str:
    payments = [{"on": on, "amount": amount} for on, amount in paid]
    return shown("late_fee", **_LATE, as_of=as_of, payments=payments, **more)


def _capped(cap_base: str) -> str:
    return _late("2027-05-18", ("2026-09-10", "400.00"), cap_base=cap_base)


READINGS = (
    Ambiguity(
        "price_list_is_the_tariff",
        "2.3",
        "Papildpakalpojumu apstiprinātiem tarifiem",
        "The Senate's tariffs of additional services are the price list that is loaded.",
        "The tariffs are another list that the university keeps.",
        "Every fee that a rule names by a row of the price list would come from that other list.",
    ),
    Ambiguity(
        "fee_after_discounts",
        "2.4",
        "pilnībā tiek apmaksāts pirmais (sākuma) studiju semestris",
        "The first semester is fully paid when its fee after discounts is paid.",
        "The full tariff must be paid before discounts count.",
        lambda: (
            "With 10% off 1000.00 EUR and 900.00 EUR paid the contract may be signed: "
            f"{shown('may_sign_contract', paid='900.00', first_semester_fee='900.00')}; otherwise "
            f"{shown('may_sign_contract', paid='900.00', first_semester_fee='1000.00')}."
        ),
    ),
    Ambiguity(
        "suspension_after_due_date",
        "2.12",
        "ja students nav pilnībā samaksājis par studijām kārtējā semestrī",
        "Unpaid tuition is a ground only after the due date, because 2.16.2 gives time to pay.",
        "It is a ground from the first day of the semester.",
        lambda: (
            "On 1 September 2026 the grounds are "
            + shown(
                "contract_suspension_grounds",
                unpaid_current_semester="100.00",
                earlier_plan_fulfilled=True,
                due_date="2026-09-10",
                as_of="2026-09-01",
            )
            + "; otherwise one."
        ),
    ),
    Ambiguity(
        "refund_by_receipt",
        "2.13",
        "pēc studenta iesnieguma saņemšanas",
        "The contract counts as broken on the day the application is received.",
        "A separate date of breaking the contract counts.",
        lambda: (
            "Written on 31 August, received on 1 September with classes begun: "
            f"{_refund('2026-09-01')}; by the date written: {_refund('2026-08-31')}."
        ),
    ),
    Ambiguity(
        "refund_gap",
        "2.13",
        "Ja nodarbības jau ir sākušās",
        "Between the start of the semester and of classes the text is silent: a person decides.",
        "Classes decide: until they begin, 75% is returned.",
        lambda: (
            f"Classes from 7 September, application of 3 September: {_gap()}; otherwise 750.00 EUR."
        ),
    ),
    Ambiguity(
        "refund_without_penalty",
        "2.13",
        "75% no iemaksātās summas",
        "Penalties that were paid are not part of the sum of which 75% is returned.",
        "Everything paid counts.",
        lambda: (
            "Of 1000.00 EUR tuition and 20.00 EUR penalty 750.00 EUR is returned "
            f"({_refund('2026-08-31')}); otherwise 765.00 EUR."
        ),
    ),
    Ambiguity(
        "year_finished_well",
        "2.14",
        "kuri sekmīgi beiguši vismaz pirmo studiju gadu",
        "The first year is finished well when it is completed: no further grade is asked for.",
        "A grade or a place in the ranking is asked for.",
        lambda: (
            "One year completed: "
            + shown("may_enter_later_stage", years_completed=1, programme_licensed=True)
            + " with a decision; otherwise open until the grades are known."
        ),
    ),
    Ambiguity(
        "special_graduates",
        "2.14",
        "Izņēmums: Augstskolas 1.līmeņa",
        "Graduates of “Sociālās palīdzības organizators” are excepted from the tariff sentence; "
        "a person sets their tariff.",
        "They are excepted from the condition of a completed first year.",
        lambda: (
            "Their tariff is "
            + shown("entry_tariff", first_year_tariff="1000.00", special_graduate=True)
            + " (a decision); otherwise "
            + shown("entry_tariff", first_year_tariff="1000.00")
            + " EUR."
        ),
    ),
    Ambiguity(
        "terms_include_the_day",
        "2.16.2",
        "līdz 10.septembrim",
        "“By” and “no later than” include the day named; no term moves off a weekend or holiday.",
        "A term that ends on a day off moves to the next working day.",
        lambda: (
            "Spring 2026: due on "
            + shown("tuition_due_date", semester="spring", calendar_year=2026)
            + ", a Sunday; otherwise on 2026-02-16."
        ),
    ),
    Ambiguity(
        "winter_intake",
        "2.16.2",
        "Ziemas uzņemšanas studenti maksu par studijām veic",
        "The winter intake has winter tariffs; its date is the one given, else the ordinary one.",
        "The winter intake has no due date by these regulations.",
        lambda: (
            "Without a date of its own: "
            + shown("tuition_due_date", semester="spring", calendar_year=2027)
            + "."
        ),
        "branch_override",
    ),
    Ambiguity(
        "crediting_day_is_late",
        "2.16.4",
        "par katru kalendāro dienu",
        "The day on which a late payment is credited counts as a late day.",
        "The penalty runs to the day before crediting.",
        lambda: (
            "1000.00 EUR credited on 11 September: "
            f"{_late('2026-12-01', ('2026-09-11', '1000.00'))} EUR; otherwise 0.00 EUR."
        ),
    ),
    Ambiguity(
        "loan_refusal_not_backwards",
        "2.16.4",
        "divas nedēļas, lai dzēstu radušos finansiālo parādu",
        "After 14 days the refused loan joins the debt; nothing is charged for earlier days.",
        "After 14 days the penalty counts from the due date.",
        lambda: (
            "Loan of 1000.00 EUR refused on 1 October, paid on 16 October: "
            f"{_refused('2026-10-01', '2026-10-16')} EUR; otherwise 36.00 EUR."
        ),
    ),
    Ambiguity(
        "loan_refused_early",
        "2.16.4",
        "Ja Augstskola saņem atteikumu",
        "A refusal before the due date is free until the later of due date and refusal + 14 days.",
        "The two weeks are given only after the due date.",
        lambda: (
            "Refused on 5 September, paid on 20 September: "
            f"{_refused('2026-09-05', '2026-09-20')} EUR; otherwise 10.00 EUR."
        ),
    ),
    Ambiguity(
        "late_fee_cap",
        "2.16.4",
        "Summārā soda naudas apmērs nepārsniedz 20%",
        "The cap is 20% of the largest sum unpaid on a late day.",
        "The cap is 20% of the semester's tuition.",
        lambda: (
            "Of 1000.00 EUR 400.00 paid in time, 600.00 unpaid for 250 days: "
            f"{_capped('largest_unpaid')} EUR; otherwise {_capped('semester_tuition')} EUR."
        ),
        "cap_base",
    ),
    Ambiguity(
        "oldest_debt_first",
        "2.16.5",
        "parāda dzēšanai par iepriekšējiem semestriem",
        "Among earlier semesters the oldest is cleared first.",
        "The newest of the earlier semesters is cleared first.",
        lambda: (
            "100.00 EUR against debts of autumn 2025 and spring 2026: "
            f"{_allocated('100.00')}; otherwise all to spring 2026."
        ),
    ),
    Ambiguity(
        "tuition_before_penalty",
        "2.16.5",
        "tikai pēc tam tiek dzēsts aprēķinātais parāds",
        "Inside one semester tuition is cleared before its penalty; the debt calculated for the "
        "current semester includes its penalty.",
        "The penalty is cleared first.",
        lambda: (
            "105.00 EUR against tuition 100.00 and penalty 10.00 of autumn 2025: "
            f"{_allocated('105.00', penalty='10.00')}; otherwise 10.00 penalty, 95.00 tuition."
        ),
    ),
    Ambiguity(
        "inflation_is_a_ceiling",
        "2.18",
        "tikai oficiālās inflācijas līmeņa ietvaros",
        "Inflation is a ceiling: a decrease is allowed, also when prices fall.",
        "The fee must follow inflation both ways.",
        lambda: (
            "1000.00 to 900.00 EUR at inflation 3%: "
            + shown(
                "tuition_change_allowed",
                old="1000.00",
                new="900.00",
                official_inflation="3",
                studies_interrupted=False,
            )
            + "; otherwise false."
        ),
    ),
)


def _refund(received: str) -> str:
    return shown(
        "refund",
        paid_for_semester="1000.00",
        semester_start="2026-09-01",
        classes_start="2026-09-01",
        application_received=received,
    )


def _gap() -> str:
    return shown(
        "refund",
        paid_for_semester="1000.00",
        semester_start="2026-09-01",
        classes_start="2026-09-07",
        application_received="2026-09-03",
    )


def _refused(refused_on: str, paid_on: str) -> str:
    return _late(
        "2026-12-01", (paid_on, "1000.00"), planned_loan="1000.00", loan_refused_on=refused_on
    )


def _allocated(amount: str, penalty: str = "0.00") -> str:
    debts = [
        {"semester": "2025-autumn", "tuition": "100.00", "penalty": penalty},
        {"semester": "2026-spring", "tuition": "150.00"},
    ]
    return shown("allocate_payment", amount=amount, debts=debts)
