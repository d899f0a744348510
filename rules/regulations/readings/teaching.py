"""Readings of sections 4, 5, 7.1 and 11: load, tests, appeals, progression, study debts."""

from rules.ambiguities import Ambiguity
from rules.regulations.readings.example import shown


def _progress(credit_rule: str, *, year: int = 2, earned: str = "20") -> str:
    return shown(
        "may_progress",
        year=year,
        all_previous_credits_earned=True,
        planned_cp_current_year="40",
        earned_cp_current_year=earned,
        contract_duties_met=True,
        financial_debt_previous_semester="0.00",
        credit_rule=credit_rule,
    )


def _hours(size: int, form: str, load: str) -> str:
    return shown("contact_hours", group_size=size, form=form, load=load)


READINGS = (
    Ambiguity(
        "above_forty",
        "4.2",
        "Nepilna laika studijās vienā studiju gadā iegūstamo kredītpunktu apjoms ir mazāks",
        "More than 40 credit points a year is full-time, with a note.",
        "Only exactly 40 is full-time; the text does not say what more is.",
        lambda: (
            "45 credit points: "
            + shown("study_load", planned_cp_per_year="45")
            + "; otherwise neither load."
        ),
    ),
    Ambiguity(
        "part_time_as_evening",
        "4.5",
        "8 - kontaktstundas vakara un nepilna laika studentiem",
        "A part-time group has 8 hours whatever its form.",
        "A part-time group taught by day has 12.",
        lambda: (
            f"8 part-time students by day: {_hours(8, 'day', 'part_time')}; otherwise "
            f"{_hours(8, 'day', 'full_time')}."
        ),
        "load",
    ),
    Ambiguity(
        "special_rule_first",
        "4.6",
        "mazāka par 4 cilvēkiem",
        "A group smaller than 4 has only the individual consultations of 4.6.",
        "It has the hours of 4.5 as well, being smaller than 9.",
        lambda: f"3 students: {_hours(3, 'day', 'full_time')}; otherwise 12 hours besides.",
    ),
    Ambiguity(
        "not_planned_is_met",
        "5.3",
        "ir aizstāvējuši iepriekšējā studiju gada prakses atskaiti un studiju darbu",
        "A report or paper that was not planned last year counts as defended.",
        "It bars the final test.",
        lambda: (
            "First-year student: "
            + shown(
                "may_take_final_test",
                current_tests_passed=True,
                contract_settled=True,
                previous_practice_report_defended=True,
                previous_paper_defended=True,
            )
            + "; otherwise false for everybody in the first year."
        ),
    ),
    Ambiguity(
        "honours_needs_commission",
        "5.8",
        "pārbaudījumus, kurus pieņem komisija",
        "At least one grade by a commission is needed; pass tests without a mark count if passed.",
        "No commission grade at all also meets the condition.",
        lambda: (
            "No commission grade: "
            + shown("honours_diploma", commission_grades=[], other_grades=[10])
            + "; otherwise true."
        ),
    ),
    Ambiguity(
        "exactly_three",
        "5.10.3",
        "trīs akadēmiskā personāla pārstāvji",
        "The commission has exactly three members, because 5.11.2 says “at least three”.",
        "Three is the least.",
        lambda: (
            "Four members: "
            + shown("appeal_commission_valid", members=4, approved_by_rector=True)
            + "; otherwise true."
        ),
    ),
    Ambiguity(
        "course_paper_too",
        "5.10.3",
        "atkārtotam eksāmena, ieskaites vai prakses novērtējumam",
        "The course paper, which 5.10 allows to appeal, is reassessed as well.",
        "A course paper's appeal ends with the director.",
        "An appeal on a course paper gets a commission; otherwise none.",
    ),
    Ambiguity(
        "one_changed_member",
        "5.11.4",
        "sastāvs salīdzinājumā ar iepriekšējo komisiju ir mainīts",
        "One changed member is enough.",
        "All members must be new.",
        lambda: (
            "A, B, C and then A, B, D: "
            + shown("new_defence_commission_valid", old=["A", "B", "C"], new=["A", "B", "D"])
            + "; otherwise false."
        ),
    ),
    Ambiguity(
        "credit_rule",
        "7.1 (unnumbered criterion)",
        "visiem iepriekšējo studiju gadu kredītpunktiem vai kārtējā studiju gadā",
        "“Or” as written, but a first-year student, without earlier years, must earn the 70%.",
        "All earlier credit points and 70% of the current year.",
        lambda: (
            f"Second year, 20 of 40 earned, earlier years complete: {_progress('or')} with a "
            f"decision; otherwise {_progress('and')}. First year: {_progress('or', year=1)}."
        ),
        "credit_rule",
    ),
    Ambiguity(
        "debts_by_price_list",
        "11.2",
        "Pakalpojumu izcenojumu sarakstā",
        "Exams are rows 5.1 and 5.2, course papers and practice rows 6.x of the price list; a pass "
        "test has no row and needs a decision.",
        "A pass test is charged as an exam.",
        lambda: (
            "A pass test missed without reason is charged: "
            + shown("retake_is_charged", test_kind="pass_test", reason="none", documents=False)
            + ", the price decided by a person; otherwise row 5.1."
        ),
    ),
    Ambiguity(
        "two_terms_of_a_slip",
        "11.3.5",
        "divu nedēļu laikā no norīkojuma saņemšanas",
        "Two weeks are a target with a reminder; the test is refused only after the slip's month.",
        "After two weeks the test is refused.",
        lambda: (
            "Received on 23 November 2026: "
            + shown("permission_dates", received_on="2026-11-23")
            + "; otherwise refused from 2026-12-08."
        ),
    ),
    Ambiguity(
        "fault_covers_both",
        "11.4.2",
        "gadījumos, kad docētājs atzīst savu vainu",
        "The lecturer's admission is needed for a lost slip and for a wrong grade alike.",
        "A lost slip is replaced free of charge in any case.",
        lambda: (
            "A lost slip, no admission: "
            + shown("free_permission", case={"reason": "lost_slip"})
            + "; otherwise true."
        ),
    ),
    Ambiguity(
        "closed_examples",
        "11.4.3",
        "citi attaisnojoši iemesli – prakses Augstskolas studiju programmas ietvaros",
        "Practice and sports competitions are free; any other reason needs a decision.",
        "“Other justified reasons” is open, the two are examples.",
        lambda: (
            "A funeral: "
            + shown("free_permission", case={"reason": "other"})
            + " (a decision); otherwise true."
        ),
    ),
    Ambiguity(
        "month_from_receipt",
        "11.5",
        "derīguma termiņš ir 1 mēnesis",
        "The month runs from the receipt of the slip.",
        "It runs from the day the slip was written.",
        lambda: (
            "Written on 20, received on 23 November 2026: "
            + shown("permission_dates", received_on="2026-11-23")
            + "; otherwise "
            + shown("permission_dates", received_on="2026-11-20")
            + "."
        ),
    ),
    Ambiguity(
        "study_year_end",
        "11.5",
        "studiju gada ietvaros",
        "The study year ends on 31 August, unless another day is given.",
        "It ends with the spring semester's last session.",
        lambda: (
            "Extended to 31 August 2027: "
            + shown("permission_dates", received_on="2026-11-23", extended_to="2027-08-31")
            + "; otherwise refused after June."
        ),
        "study_year_end",
    ),
)
