"""Who was written what, one letter once more, and where a mail is."""

from tests.deployments.conftest import Sac
from tests.tasks.office import TELL, TestOffice, at

ANNA = "anna@augstskola.example"


def test_a_days_letters_are_listed_for_one_person(sac: Sac, office: TestOffice) -> None:
    office.run_until(TELL)

    answer = sac("letter", "list", "2026-12-05", "--to", "Anna@augstskola.example", "--json")
    everybody = sac("letter", "list", "2026-12-05", "--json")

    (letter,) = answer.document["letters"]
    assert (letter["person"], letter["email"], letter["state"]) == ("anna", ANNA, "sent")
    assert [letter["subject"]] == office.subjects()["anna"]
    assert len(everybody.document["letters"]) == 17


def test_a_letter_is_sent_once_more_to_one_person_only(sac: Sac, office: TestOffice) -> None:
    office.run_until(TELL)
    before = office.counts()

    answer = sac(
        "letter", "resend", "2026-12-05", "anna", "--by", "inga", "--reason", "Nav atnākusi"
    )

    assert (answer.exit_code, answer.out.strip()) == (
        0,
        f"Sent again to {ANNA}: {office.subjects()['anna'][0]}",
    )
    assert office.counts() == {**before, "anna": 2}
    first, second = office.sandbox.letters(ANNA)
    assert first == second
    assert office.journal()[-1] == ("letter sent again", "lecturer/anna/0")
    # The steps know nothing of it: they find everything as it should be.
    office.forget()
    office.run(TELL)
    assert office.writes() == []


def test_what_was_never_sent_is_not_sent_again(sac: Sac, office: TestOffice) -> None:
    answer = sac("letter", "resend", "2026-12-05", "anna")

    assert answer.exit_code == 1
    assert answer.words.strip() == (
        "anna was sent no letter about 2026-12-05. See: sac letter list"
    )
    assert office.counts() == {}


def test_a_mail_is_found_by_name_and_shown(sac: Sac, office: TestOffice) -> None:
    office.run_until(at("12-05 15:45"))
    office.move(at("12-05 20:00"))
    sac("mail", "read", "--once", "--as-of", "2026-12-05T20:00")

    found = sac("mail", "find", "BĒRZIŅA", "--day", "2026-12-05", "--json").document["mails"]
    shown = sac("mail", "find", "Anna", "--full").out

    assert [(one["day"], one["verdict"]) for one in found] == [("2026-12-05", "counts")]
    assert ANNA in found[0]["sender"]
    assert found[0]["text"] in shown
    assert sac("mail", "find", "nobody@augstskola.example").out == "No such mail.\n"
