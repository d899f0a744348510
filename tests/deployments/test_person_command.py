"""`sac person` as a person or a script uses it."""

from tests.deployments.conftest import Sac
from tests.tasks.office import TELL, TestOffice

ANNA = "anna@augstskola.example"


def test_an_export_is_one_document(sac: Sac, office: TestOffice) -> None:
    office.run_until(TELL)

    answer = sac("person", "export", ANNA)

    assert answer.exit_code == 0
    assert [letter["subject"] for letter in answer.document["letters"]] == [
        letter.subject for letter in office.letters() if letter.email == ANNA
    ]


def test_whoever_is_needed_or_unknown_is_refused_in_words(sac: Sac, office: TestOffice) -> None:
    needed = sac("person", "erase", ANNA, "--by", "dace", "--reason", "Pieprasījums", "--json")
    unknown = sac("person", "export", "nobody@augstskola.example", "--json")

    assert (needed.exit_code, needed.document["error"]["code"]) == (2, "still_needed")
    assert (unknown.exit_code, unknown.document["error"]["code"]) == (2, "unknown_person")
    assert office.journal() == []
