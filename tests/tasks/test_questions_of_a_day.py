"""What only a person can decide: asked once, answered once, withdrawn when its cause is gone."""

import pytest

from models.question import QuestionState
from rules.process import Step, StepState
from rules.timetable import Duty, Lecturer
from tasks.answer_question import AnswerRefused, answer_question
from tasks.reports import questions_report
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import BRIEF, PLAN, TELL, TestOffice, at
from tests.tasks.small_semester import ACCOUNTS, DAY, DUTY, LECTURERS, changed, semester

LATER = at("12-01 10:00")
FEW = semester(zoom_accounts=ACCOUNTS[:2])
ALL_HOSTS = {"zoom_accounts": [account.email for account in ACCOUNTS]}


def test_too_few_accounts_are_a_question_with_the_remedy(open_office: OpenOffice) -> None:
    office = open_office(FEW)

    outcomes = office.run(TELL)

    texts = office.texts()
    assert len(texts) == 2  # one class of each slot goes without
    assert texts[0].endswith(
        "nepietiek ZOOM kontu. Papildus vajadzīgie ZOOM konti: 1 "
        "(ietilpība vismaz 300, plkst. 09:00)."
    )
    assert {step.value: (one.state.value, one.summary) for step, one in outcomes.items()
            if one.has_run} == {
        1: ("needs_person", "6 classes, 5 lecturers, 4 groups; 2 questions to answer"),
        2: ("needs_person", "4 meetings on 2 accounts; 2 classes without a meeting"),
        3: ("needs_person", "letters wait: the plan has 2 problems to decide (see the questions)"),
        6: ("needs_person", "letters wait: the plan has 2 problems to decide (see the questions)"),
    }  # fmt: skip
    assert office.subjects() == {}


def test_an_accepted_shortage_lets_the_letters_go(open_office: OpenOffice) -> None:
    office = open_office(FEW)
    office.run(TELL)

    for question in office.questions():
        answer_question(office.context(), question.id or 0, "accept", "dace")
    outcomes = office.run(LATER)

    assert len(office.counts()) == 17
    assert (outcomes[Step.PLAN_MEETINGS].state, outcomes[Step.PLAN_MEETINGS].summary) == (
        StepState.DONE,
        "4 meetings on 2 accounts; 2 classes without a meeting",
    )


def test_a_shortage_that_is_mended_withdraws_its_questions(open_office: OpenOffice) -> None:
    office = open_office(FEW, world=ALL_HOSTS)
    office.run(TELL)

    office.import_()
    outcomes = office.run(LATER)

    assert (office.texts(), len(office.questions(QuestionState.WITHDRAWN))) == ([], 2)
    assert outcomes[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts"
    assert len(office.counts()) == 17


def test_a_shortage_that_returns_is_asked_again(open_office: OpenOffice) -> None:
    office = open_office(FEW, world=ALL_HOSTS)
    office.run(PLAN)
    office.import_()
    office.run(at("11-27 10:00"))
    assert office.texts() == []

    office.import_(FEW)
    office.run(at("11-27 11:00"))

    assert len(office.texts()) == 2


def test_a_plan_is_released_by_the_head_where_the_office_wants_that(
    open_office: OpenOffice,
) -> None:
    office = open_office(release="ask")

    outcomes = office.run(TELL)
    office.run(at("12-01 09:30"))

    assert office.texts() == [
        "Studiju dienas 2026-12-05 plāns ir sagatavots. Vai drīkst izsūtīt vēstules?"
    ]
    assert outcomes[Step.REMIND_LECTURERS].summary == (
        "letters wait for the head of SAC to release them"
    )
    assert (office.subjects(), office.letters()) == ({}, [])
    office.answer("release")
    assert office.run(LATER)[Step.NOTIFY_STUDENTS].summary == "12 letters sent"


def test_a_lecturer_without_an_address_is_a_question_and_holds_nothing(
    open_office: OpenOffice,
) -> None:
    people = [Lecturer("anna", "Anna Bērziņa", ""), *LECTURERS[1:]]
    office = open_office(semester(lecturers=people), world={"lecturers": []})

    outcomes = office.run(TELL)

    assert len(office.texts()) == 2  # for each of her classes
    assert office.texts()[0].startswith("Mācībspēkam Anna Bērziņa nav e-pasta adreses")
    assert outcomes[Step.REMIND_LECTURERS].summary == "4 letters sent"


def test_a_missing_class_lecturer_is_a_question(open_office: OpenOffice) -> None:
    office = open_office(semester(timetable=changed("LAW", lecturers=())))

    office.run(PLAN)

    assert office.texts() == [
        "Nodarbībai 12:45–15:45 Tiesību pamati (G4) nav norādīts mācībspēks. Norādiet to."
    ]


@pytest.mark.parametrize(
    ("duty", "number"),
    [((), 0), ((*DUTY, Duty(DAY, "juris", DUTY[0].starts, DUTY[0].ends)), 2)],
    ids=["nobody", "two"],
)
def test_one_or_two_coordinators_are_on_duty(
    open_office: OpenOffice, duty: tuple[Duty, ...], number: int
) -> None:
    office = open_office(semester(duty=duty))

    office.run(BRIEF)

    asked = [question.text for question in office.questions() if question.kind == "duty"]
    assert asked == (
        [
            (
                f"Studiju dienā 2026-12-05 dežurē {number} koordinatori, bet jābūt vienam vai diviem. "
                "Salabojiet darba grafiku semestra datos vai apstipriniet."
            )
        ]
        if not number
        else []
    )


def test_without_duty_every_coordinator_is_alerted(open_office: OpenOffice) -> None:
    office = open_office(semester(duty=()))
    office.run(BRIEF)
    office.move(at("12-05 08:59"))
    office.sandbox.order_meeting(office.meeting_id("MAT") or "", started=False)

    office.run(at("12-05 09:05"))

    alerts = {name: count - 1 for name, count in office.counts().items() if name in "inga juris"}
    assert alerts == {"inga": 1, "juris": 1}


@pytest.mark.parametrize(
    ("answer", "state", "summary"),
    [
        ("yes", "done", "held, confirmed by Dace Liepa"),
        ("no", "missed", "not held, says Dace Liepa"),
    ],
)
def test_the_head_says_whether_the_meeting_was_held(
    office: TestOffice, answer: str, state: str, summary: str
) -> None:
    office.run(BRIEF)
    office.now = at("12-04 15:00")

    office.answer(answer)

    assert office.summaries()[7] == (state, summary)
    office.run(at("12-04 16:00"))
    assert office.summaries()[7] == (state, summary)
    assert office.counts()["dace"] == 1


def test_the_meeting_may_be_confirmed_after_the_step_was_missed(office: TestOffice) -> None:
    office.run(BRIEF)
    office.run(at("12-05 09:05"))

    office.answer("yes")

    assert office.summaries()[7] == ("done", "held, confirmed by Dace Liepa")


def test_an_answer_counts_once(office: TestOffice) -> None:
    office.run(BRIEF)
    (question,) = office.questions()
    number = question.id or 0
    answer_question(office.context(), number, "yes", "dace")
    rows = office.rows()

    again = answer_question(office.context(), number, "yes", "inga")

    assert (again.answered_by, office.rows()) == ("Dace Liepa", rows)
    with pytest.raises(AnswerRefused, match=r"was answered already: yes \(Dace Liepa\)\."):
        answer_question(office.context(), number, "no", "inga")


def test_wrong_answers_change_nothing(office: TestOffice) -> None:
    office.run(BRIEF)
    (question,) = office.questions()
    number = question.id or 0
    rows = office.rows()

    for value, by, words in (
        ("maybe", "dace", r"Answer with one of: yes, no\."),
        ("yes", "anna", "Unknown colleague 'anna'; known are dace, inga, juris, zane"),
    ):
        with pytest.raises(AnswerRefused, match=words):
            answer_question(office.context(), number, value, by)
    with pytest.raises(AnswerRefused, match=r"There is no question 99\. See them with: sac q"):
        answer_question(office.context(), 99, "yes", "dace")

    assert office.rows() == rows
    assert [q.id for q in office.questions()] == [number]


def test_a_withdrawn_question_takes_no_answer(open_office: OpenOffice) -> None:
    office = open_office(FEW)
    office.run(PLAN)
    office.import_()
    office.run(at("11-27 10:00"))
    (first, *_) = office.questions(QuestionState.WITHDRAWN)

    with pytest.raises(AnswerRefused, match="needs no answer any more"):
        answer_question(office.context(), first.id or 0, "accept", "dace")


def test_the_report_says_whom_to_ask_and_how_to_answer(office: TestOffice) -> None:
    office.run(BRIEF)

    report = questions_report(office.questions(), {"head_of_sac": "Dace Liepa"})

    assert report.splitlines()[-1] == (
        "| 1 | Dace Liepa | Vai informatīvā sapulce par studiju dienu 2026-12-05 ir notikusi? | yes "
        "| `sac answer 1 --value … --by …` |"
    )
