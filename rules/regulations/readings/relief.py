"""Readings of 2.20 to 2.23: discounts."""

from rules.ambiguities import Ambiguity
from rules.regulations.readings.example import shown


def _combined(**percents: str) -> str:
    discounts = [{"kind": kind, "percent": percent} for kind, percent in percents.items()]
    return shown("combined_discount", discounts=discounts)


def _family(*days: str, studying: bool = True) -> str:
    members = [
        {"matriculated_on": day, "contract_number": str(index), "studying": index > 0 or studying}
        for index, day in enumerate(days)
    ]
    return shown("family_discounts", members=members)


def _honours(*, lost_earlier: bool) -> str:
    return shown(
        "honours_graduate_discount",
        honours_diploma=True,
        masters_programme_here=True,
        lowest_grade=9,
        lost_earlier=lost_earlier,
    )


READINGS = (
    Ambiguity(
        "honours_not_regained",
        "2.20.2",
        "Šī atlaide saglabājas arī, apmaksājot nākamos semestrus, ar noteikumu",
        "The discount is lost for good once a condition is broken.",
        "It comes back in a semester in which the conditions hold again.",
        lambda: (
            f"A grade 7 two semesters ago, 9 since: {_honours(lost_earlier=True)}%; otherwise "
            f"{_honours(lost_earlier=False)}%."
        ),
        "lost_earlier",
    ),
    Ambiguity(
        "no_results_no_discount",
        "2.20.4",
        "students nokārtojis visus eksāmenus",
        "Without a graded result there is no discount for excellent students.",
        "Conditions about an empty list of results hold.",
        lambda: (
            "A new student without results: "
            + shown(
                "excellent_student",
                results=[],
                has_academic_debt=False,
                has_financial_debt=False,
                level="bachelor",
                individual_plan_or_schedule=False,
            )
            + "%; otherwise 40%."
        ),
    ),
    Ambiguity(
        "relation_both_ways",
        "2.20.6",
        "vīrs vai sieva, bērni, mazbērni, vecāki, īstie brāļi vai māsas",
        "The relation is taken both ways, so a grandparent of a grandchild counts; half-siblings "
        "do not.",
        "Only the relations named count, seen from each student.",
        lambda: (
            f"A grandparent: {shown('is_close_relative', relation='grandparent')}; otherwise false."
        ),
    ),
    Ambiguity(
        "family_order",
        "2.20.6",
        "Vienas ģimenes otrajam loceklim, kurš ir iestājies",
        "The order is by date of matriculation, then by contract number.",
        "The order is by date of application for the discount.",
        lambda: (
            "Entered on 1 September 2025 and 2026, the younger one applied first: "
            f"{_family('2025-09-01', '2026-09-01')}; otherwise the two change places."
        ),
    ),
    Ambiguity(
        "relative_on_leave",
        "2.20.6",
        "vienlaicīgi studē Augstskolā",
        "A relative on academic leave still studies at the same time.",
        "A relative on leave does not count.",
        lambda: (
            f"The first of two on leave: {_family('2025-09-01', '2026-09-01')}; otherwise "
            f"{_family('2025-09-01', '2026-09-01', studying=False)}."
        ),
        "studying",
    ),
    Ambiguity(
        "elder_discount",
        "2.20.9 (unnumbered paragraph)",
        "atlaide akadēmisko grupu vecākajiem saglabājas",
        "Group elders have a stacking discount whose percentage is decided, though no clause "
        "grants one.",
        "There is no such discount.",
        lambda: (
            "40% and 10% for a group elder: "
            f"{_combined(excellent_student='40', group_elder='10')}%; otherwise "
            f"{_combined(excellent_student='40')}%."
        ),
    ),
    Ambiguity(
        "late_application_accepted",
        "2.21",
        "jāiesniedz izskatīšanai līdz 1.oktobrim",
        "A late application is refused as late; a person may accept it.",
        "A late application is never considered.",
        lambda: (
            "Due on "
            + shown("discount_application_due", semester="autumn", year=2026)
            + "; on 2026-10-02 late, open to a person; otherwise closed."
        ),
    ),
    Ambiguity(
        "list_serves_next_semester",
        "2.22",
        "līdz 10.februārim (pēc rudens semestra beigām)",
        "The list after a semester serves the fee of the following one; the autumn semester of a "
        "year has its list in February of the next.",
        "It serves the semester that has ended, and a year means that of the date.",
        lambda: (
            "Autumn 2026: "
            + shown("discount_list_due", semester="autumn", year=2026)
            + ", for the fee due 2027-02-15; otherwise 2026-02-10."
        ),
    ),
    Ambiguity(
        "stacking_adds",
        "2.23",
        "netiek summēti, ja vien tas nav speciāli noteikts",
        "“Not cancelled by a larger one” (2.20.6, 2.20.9) is such a special provision: these add "
        "to the largest of the others on the full tariff, at most 100%.",
        "They are kept beside a larger one without adding to it, or count on the reduced tariff.",
        lambda: (
            f"50% and 25% family: {_combined(disability='50', family='25')}%; otherwise 50%, or "
            f"62.5% on the reduced tariff. 90% and 25%: {_combined(senate='90', family='25')}%."
        ),
    ),
)
