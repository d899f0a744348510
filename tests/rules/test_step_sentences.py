"""The sentences of steps: numbers and their words agree, in Latvian and English."""

from datetime import datetime

import pytest

from rules.day_sentences import (
    closed_undone,
    done_outside,
    never_run,
    of_failed_steps,
    of_steps,
    waits_for,
    with_questions,
)
from rules.process import StepState
from rules.step_sentences import (
    attendance_collected,
    classes_watched,
    lecturers_reminded,
    letters_held,
    letters_sent,
    links_published,
    lms_cleared,
    meeting_word,
    meetings_planned,
    missing_reported,
    plan_prepared,
    plan_published,
    team_briefed,
    to_follow,
    undecided_problems,
)
from rules.wording import Text, same
from tests.tasks.office import RIGA

MOMENT = datetime(2026, 12, 5, 9, 5, tzinfo=RIGA)


@pytest.mark.parametrize(
    ("said", "lv", "en"),
    [
        (
            plan_prepared(1, 2, 11, 1),
            "1 nodarbība, 2 atceltas, 11 mācībspēki, 1 grupa",
            "1 class and 2 cancelled, 11 lecturers, 1 group",
        ),
        (
            meetings_planned(1, 1, 2, {"changed": 1, "replaced": 0, "removed": 11}),
            "1 sapulce 1 Zoom kontā; 2 nodarbībām nav sapulces; 1 mainīta, 11 dzēstas",
            "1 meeting on 1 account; 2 classes without a meeting; changed 1, removed 11",
        ),
        (
            letters_sent({"first": 1}, 0, 2),
            "nosūtīta 1 vēstule; 2 gaida",
            "1 letter sent; 2 waiting",
        ),
        (
            letters_sent({"first": 10, "change": 1, "cancellation": 1}, 2, 0),
            (
                "nosūtītas 10 vēstules, 1 izmaiņu paziņojums un 1 atcelšanas paziņojums; "
                "2 nav piegādātas"
            ),
            "10 letters, 1 change and 1 cancellation sent; 2 refused",
        ),
        (letters_sent({"change": 3}, 0, 0), "nosūtīti 3 izmaiņu paziņojumi", "3 changes sent"),
        (
            letters_sent({"cancellation": 21}, 0, 0),
            "nosūtīts 21 atcelšanas paziņojums",
            "21 cancellations sent",
        ),
        (letters_sent({}, 0, 0), "nav nosūtīta neviena vēstule", "no letters sent"),
        (
            letters_held(undecided_problems(1), 2),
            (
                "vēstules gaida: plānā ir 1 neizlemta problēma (sk. jautājumus); "
                "nosūtītas 2 steidzamas vēstules"
            ),
            (
                "letters wait: the plan has 1 problem to decide (see the questions); "
                "2 letters that could not wait sent"
            ),
        ),
        (
            to_follow(Text("A", "B"), 1),
            "A; kad izmaiņas būs pabeigtas, vēl jānosūta 1 paziņojums",
            "B; 1 notice to follow when the plan has settled",
        ),
        (
            plan_published(stands=True, replaced=1),
            "plāns ir LMS; aizstāts 1 reizi",
            "the plan is in the LMS; replaced 1 time",
        ),
        (plan_published(stands=False, replaced=1), "plāna nav LMS", "the plan is not in the LMS"),
        (
            links_published(1, 1, {"replaced": 2, "removed": 1}),
            "1 pieslēgšanās ieraksts 1 kursā; 2 aizstāti, 1 dzēsts",
            "1 connection in 1 course; replaced 2, removed 1",
        ),
        (
            team_briefed(1),
            "ziņa nosūtīta 1 kolēģim; gaida SAC vadītāja atbildi, vai sapulce ir notikusi",
            "1 colleague briefed; waits for the head of SAC: was the meeting held?",
        ),
        (meeting_word(held=False, by="X"), "sapulce nenotika, saka X", "not held, says X"),
        (
            classes_watched(1, 6, 2, 1),
            (
                "sākusies 1 no 6 nodarbībām, apskatot nebija sākušās 2 (dežurants informēts), "
                "vēl gaidāma 1"
            ),
            "1 of 6 classes have begun, 2 had not begun when looked at, duty told, 1 still to come",
        ),
        (
            lecturers_reminded(1, 2),
            "atgādināts 1 mācībspēkam, vēl trūkst 2 skaitļu",
            "1 lecturer reminded, 2 missing numbers outstanding",
        ),
        (
            missing_reported(1),
            "SAC vadītājam paziņots, ka trūkst 1 skaitļa",
            "1 missing number reported to the head of SAC",
        ),
        (
            attendance_collected(
                {"classes": 1, "reported": 1, "review": 0, "missing": 0}, 2, "Zoom: no"
            ),
            (
                "skaits saņemts par 1 no 1 nodarbības, 2 atšķiras no Zoom, "
                "Zoom pārskati vēl nav nolasīti (Zoom: no)"
            ),
            "1 of 1 class reported, 2 differ from Zoom, Zoom's reports are not read yet (Zoom: no)",
        ),
        (
            lms_cleared(0, 0, 7),
            "nebija, ko dzēst; vēl jādzēš: 7",
            "nothing of ours was removed; 7 still to remove",
        ),
        (
            lms_cleared(0, 2, 0),
            "dzēsti 2 pieslēgšanās ieraksti; nekas no mūsu ievietotā nav palicis",
            "removed 2 connections; nothing of ours is left",
        ),
        (with_questions(same("A"), 1), "A; jāatbild uz 1 jautājumu", "A; 1 question to answer"),
        (waits_for(2, Text("A", "B")), "gaida 2. soli (A)", "waits for step 2 (B)"),
        (closed_undone(Text("A", "B")), "noslēdzies neizpildīts: A", "closed undone: B"),
        (
            never_run(StepState.MISSED, MOMENT),
            "noslēdzies neizpildīts 05.12. 09:05",
            "closed undone at 05 Dec 09:05",
        ),
        (
            never_run(StepState.DUE, MOMENT),
            "jāizpilda līdz 05.12. 09:05",
            "due by 05 Dec 09:05",
        ),
        (
            done_outside("X", "A", "B"),
            "izpildīts ārpus sistēmas (X): A (B)",
            "done outside the system by X: A (B)",
        ),
        (
            plan_prepared(2, 0, 1, 1),
            "2 nodarbības, 1 mācībspēks, 1 grupa",
            "2 classes, 1 lecturer, 1 group",
        ),
        (meeting_word(held=True, by="X"), "sapulce notika, apstiprina X", "held, confirmed by X"),
        (classes_watched(6, 6, 0, 0), "sākušās 6 no 6 nodarbībām", "6 of 6 classes have begun"),
        (of_steps([(1, Text("A.", "B."))]), "1. solis: A.", "Step 1: B."),
        (of_steps([]), "Nekam vēl nav pienācis laiks.", "Nothing is due."),
        (
            of_failed_steps([(3, Text("A.", "B."))]),
            (
                "3. solis neizdevās: A. Kad cēlonis ir novērsts, spiediet Retry: tiks izdarīts tikai "
                "tas, kas trūkst."
            ),
            "Step 3 failed: B. When it is mended, click Retry: only what is missing will be done.",
        ),
    ],
)
def test_a_sentence_in_both_languages(said: Text, lv: str, en: str) -> None:
    assert said == Text(lv, en)
