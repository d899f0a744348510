"""Every number of the regulations, with its clause and the words that it was read from.

Dated data: in force since the regulations of 16 December 2009. `tests/` proves that the words stand
in the clause; formulas live in the modules of the sections.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

Number = TypeVar("Number")


class MonthDay(NamedTuple):
    """A day of every year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Figure(Generic[Number]):
    """A number, the clause it stands in, and the clause's words for it."""

    value: Number
    clause: str
    words: str


PERSONAL_FILE_MONTHS = Figure(1, "2.7", "ne vēlāk kā mēnesi pēc")
REFUND_PERCENT = Figure(Decimal(75), "2.13", "atmaksāti 75%")
REFUND_MONTHS = Figure(1, "2.13", "ne vēlāk kā mēneša laikā")
LATER_STAGE_YEARS = Figure(1, "2.14", "vismaz pirmo studiju gadu")
TUITION_DUE_AUTUMN = Figure(MonthDay(9, 10), "2.16.2", "līdz 10.septembrim")
TUITION_DUE_SPRING = Figure(MonthDay(2, 15), "2.16.2", "līdz 15.februārim")
LATE_FEE_DAILY_PERCENT = Figure(Decimal("0.1"), "2.16.4", "soda nauda 0,1% apmērā")
LATE_FEE_CAP_PERCENT = Figure(Decimal(20), "2.16.4", "nepārsniedz 20%")
LOAN_REFUSAL_DAYS = Figure(14, "2.16.4", "divas nedēļas")
FIRST_NOTICE_DAYS = Figure(20, "2.17.1", "ne vēlāk kā 20 dienas pēc")
SECOND_NOTICE_AUTUMN = Figure(MonthDay(12, 20), "2.17.2", "līdz 20.decembrim")
SECOND_NOTICE_SPRING = Figure(MonthDay(5, 30), "2.17.2", "līdz 30.maijam")
HONOURS_PERCENT = Figure(Decimal(50), "2.20.2", "50 % izmērā")
HONOURS_GRADE = Figure(8, "2.20.2", "ne zemāk par 8 (astoņi)")
GRADUATE_PERCENT = Figure(Decimal(10), "2.20.3", "10 %")
EXCELLENT_PERCENT = Figure(Decimal(40), "2.20.4", "par 40%")
EXCELLENT_GRADE = Figure(8, "2.20.4", "nav zemāka par 8 (astoņām)")
FAMILY_SECOND_PERCENT = Figure(Decimal(10), "2.20.6", "10% atlaide")
FAMILY_NEXT_PERCENT = Figure(Decimal(25), "2.20.6", "trešajam un nākamajam – 25%")
DISABILITY_I_PERCENT = Figure(Decimal(50), "2.20.7", "I grupas invalīdiem  -  50%")
DISABILITY_II_PERCENT = Figure(Decimal(25), "2.20.7", "II grupas –25%")
DISABILITY_III_PERCENT = Figure(Decimal(10), "2.20.7", "III grupas – 10%")
ORPHAN_LOW_PERCENT = Figure(Decimal(10), "2.20.8", "no 10 līdz 25%")
ORPHAN_HIGH_PERCENT = Figure(Decimal(25), "2.20.8", "no 10 līdz 25%")
COUNCIL_MEMBER_PERCENT = Figure(Decimal(15), "2.20.9", "SP loceklim līdz 15%")
COUNCIL_DEPUTY_PERCENT = Figure(Decimal(30), "2.20.9", "vietniekam- līdz 30%")
COUNCIL_CHAIR_PERCENT = Figure(Decimal(50), "2.20.9", "priekšsēdētājam- līdz 50%")
DISCOUNT_DUE_AUTUMN = Figure(MonthDay(10, 1), "2.21", "līdz 1.oktobrim")
DISCOUNT_DUE_SPRING = Figure(MonthDay(3, 5), "2.21", "līdz 5.martam")
LIST_DUE_AFTER_AUTUMN = Figure(MonthDay(2, 10), "2.22", "līdz 10.februārim")
LIST_DUE_AFTER_SPRING = Figure(MonthDay(7, 25), "2.22", "līdz 25.jūlijam")
HOURS_PER_CREDIT_POINT = Figure(40, "4.1", "40 akadēmisko stundu")
CONTACT_SHARE_PERCENT = Figure(50, "4.1", "līdz 50% stundu")
ACADEMIC_HOUR_MINUTES = Figure(45, "4.1", "(45 min.)")
FULL_TIME_CREDIT_POINTS = Figure(Decimal(40), "4.2", "40 kredītpunkti")
SMALL_GROUP_BELOW = Figure(9, "4.5", "mazāka par 9")
SMALL_GROUP_DAY_HOURS = Figure(12, "4.5", "12 kontaktstundas")
SMALL_GROUP_OTHER_HOURS = Figure(8, "4.5", "8 - kontaktstundas")
TINY_GROUP_BELOW = Figure(4, "4.6", "mazāka par 4")
CONSULTATIONS_LEAST = Figure(3, "4.6", "ne māzāk  kā trīs")
CONSULTATIONS_MOST = Figure(6, "4.6", "ne vairāk kā 6")
PASSING_GRADE = Figure(4, "5.5", "4 balles")
QUALIFICATION_GRADE = Figure(4, "5.9", "4 balles")
RETAKE_DAYS = Figure(1, "5.7", "ne agrāk, kā nākošajā dienā")
HONOURS_COMMISSION_GRADE = Figure(9, "5.8", "ne zemāku par 9 (deviņi)")
HONOURS_OTHER_GRADE = Figure(8, "5.8", "8 (astoņi)")
APPEAL_WORKING_DAYS = Figure(5, "5.10.1", "5 darba dienu laikā")
APPEAL_LATEST_WORKING_DAYS = Figure(20, "5.10.1", "20 darba dienu laikā")
APPEAL_COMMISSION = Figure(3, "5.10.3", "trīs akadēmiskā personāla")
DEFENCE_APPEAL_WORKING_DAYS = Figure(5, "5.11.1", "piecu darba dienu laikā")
DEFENCE_APPEAL_COMMISSION = Figure(3, "5.11.2", "ne mazāk kā trīs")
PROGRESS_PERCENT = Figure(Decimal(70), "7.1 (unnumbered criterion)", "vismaz 70%")
CHANGE_DAYS = Figure(14, "7.3", "pirmās divas studiju nedēļas")
FIRST_SEMESTER_CHANGE_DAYS = Figure(14, "7.6", "pirmo divu studiju nedēļu laikā")
NEW_CONTRACT_DAYS = Figure(7, "7.6", "7 dienas kopš lēmuma")
FAILED_FINAL_BELOW = Figure(4, "9.2.6", "zemāku vērtējumu par 4")
EXPLANATION_MONTHS = Figure(1, "9.4", "viena mēneša laikā")
DECISION_APPEAL_MONTHS = Figure(1, "9.5", "viena mēneša laikā")
PERMISSION_TARGET_DAYS = Figure(14, "11.3.5", "divu nedēļu laikā")
PERMISSION_MONTHS = Figure(1, "11.5", "1 mēnesis")
LEAVES_IN_A_ROW = Figure(2, "12.1", "divas reizes pēc kārtas")
LEAVE_SEMESTERS_MOST = Figure(4, "12.1", "no viena līdz četriem semestriem")
LEAVE_TOTAL_SEMESTERS = Figure(4, "12.1", "nedrīkst pārsniegt divus gadus")
LEAVE_DEPOSIT_PERCENT = Figure(
    Decimal(20), "12.1 (second paragraph)", "ne mazāk kā 20% no semestra"
)
LEAVE_APPLICATION_DAYS = Figure(7, "12.2", "ne vēlāk kā nedēļu pirms")
LEAVE_LATE_AUTUMN = Figure(MonthDay(10, 1), "12.2", "pēc 1. oktobra")
LEAVE_LATE_SPRING = Figure(MonthDay(3, 1), "12.2", "pēc 1. marta")
LEAVE_RETURN_DAYS = Figure(7, "12.3", "nedēļu pirms šī termiņa")
RESUME_APPLICATION_DAYS = Figure(7, "12.5", "ne vēlāk ka nedēļu pirms")
RESUME_ORDER_DAYS = Figure(14, "12.5", "ne vēlāk kā 2 nedēļas pēc")
PROGRAMME_DIFFERENCE_PERCENT = Figure(Decimal(30), "12.5", "līdz 30%")
FURTHER_TESTS_DAYS = Figure(14, "13.3", "ne vēlāk kā divas nedēļas")
# 13.5 asks for the same share.
REPEATED_SEMESTER_PERCENT = Figure(Decimal(50), "13.4", "50% apmērā")
DEFENCE_MONTHS = Figure(12, "13.6", "viena gada laikā")
DEFENCE_AGREEMENT_MONTHS = Figure(2, "13.7", "ne vēlāk kā 2 mēnešus pirms")
EXTRA_SEMESTERS_MOST = Figure(2, "13.9", "1-2 semestriem")
INDIVIDUAL_PLAN_FROM = Figure(2, "14.1", "2. un turpmākajos semestros")
INDIVIDUAL_SCHEDULE_DAYS = Figure(7, "14.2", "ne vēlāk kā nedēļu pirms")
SCHEDULE_COPIES = Figure(3, "14.2", "trijos eksemplāros")
