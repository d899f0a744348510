"""Letters to the office are Latvian through and through; only what a failure said is quoted."""

from tasks.alerts import notices, queue_notices
from tasks.send_alerts import send_alerts
from tests.tasks.office import BRIEF, PUBLISH, TELL, TestOffice


def lines(office: TestOffice, name: str, start: str) -> list[str]:
    return [line for line in office.text(name).splitlines() if line.startswith(start)]


def test_the_invitation_says_what_is_ready_without_english(office: TestOffice) -> None:
    office.run_until(TELL)
    office.sandbox.fault("moodle", "5xx", times=1000)
    office.run(PUBLISH)

    office.run(BRIEF)

    assert lines(office, "inga", "- Izdarīts") == [
        "- Izdarīts: 1. Studiju dienas plāna sagatavošana",
        "- Izdarīts: 2. Nodarbību plānošana ZOOM",
        (
            "- Izdarīts: 3. Atgādinājumu par tiešsaistes nodarbību norisi vai /un atcelšanu "
            "izsūtīšana mācībspēkiem"
        ),
        (
            "- Izdarīts: 6. Informācijas par tiešsaistes nodarbību norisi vai/un atcelšanu nosūtīšana "
            "studējošajiem"
        ),
    ]
    not_ready = lines(office, "inga", "- NAV IZDARĪTS")
    assert [line.partition("(neizdevās: “")[0] for line in not_ready] == [
        "- NAV IZDARĪTS: 4. Studiju dienas plāna ievietošana LMS ",
        "- NAV IZDARĪTS: 5. Tiešsaistes nodarbību pieslēgšanās informācijas ievietošana LMS ",
    ]


def test_the_digest_quotes_what_failed(office: TestOffice) -> None:
    office.run_until(TELL)
    office.sandbox.fault("moodle", "5xx", times=1000)
    office.run(PUBLISH)
    context = office.context(day=PUBLISH.date())

    queue_notices(context, notices(context))
    send_alerts(context)

    assert [line.partition("(neizdevās: “Moodle: ")[0] for line in lines(office, "zane", "- ")] == [
        (
            "- 4. solis, studiju diena 05.12.2026., termiņš 02.12.2026.: "
            "Studiju dienas plāna ievietošana LMS "
        ),
        (
            "- 5. solis, studiju diena 05.12.2026., termiņš 02.12.2026.: "
            "Tiešsaistes nodarbību pieslēgšanās informācijas ievietošana LMS "
        ),
    ]
