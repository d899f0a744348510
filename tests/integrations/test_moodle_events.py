"""Connection information in course calendars: one event per class, whatever happens on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrations.errors import DoubtfulOutcome, PersonNeeded
from integrations.moodle import Moodle, Posted
from tests.integrations.fake_moodle import COURSE, TEACHER, FakeMoodle, refusal
from tests.integrations.loopback import LOST, Reply, Server

START = datetime(2026, 9, 16, 18, 0, tzinfo=ZoneInfo("Europe/Riga"))
SECONDS = 1789570800
IDNUMBER = "psi101-2026"
MARKED = '<p class="sac-ref sac-k-C-7 sac-h-a1"></p><p>https://zoom.example/j/1</p>'
CREATE = "core_calendar_create_calendar_events"
DELETE = "core_calendar_delete_calendar_events"


def publish(moodle: Moodle, known_id: int | None = None, **change: Any) -> Posted:
    wanted: dict[str, Any] = {
        "course_idnumber": IDNUMBER,
        "key": "C-7",
        "title": "Tiešsaistes nodarbība",
        "description_html": "<p>https://zoom.example/j/1</p>",
        "start": START,
        "end": START + timedelta(minutes=90),
        "content_hash": "a1",
        "known_id": known_id,
    }
    return moodle.publish_event(**{**wanted, **change})


def test_first_time_it_is_posted_for_the_whole_course(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    posted = publish(moodle)

    url = f"{moodle_server.url}/calendar/view.php?view=day&course=4&time={SECONDS}#event_100"
    assert posted == Posted(100, url, "a1")
    assert fake_moodle.events == [
        {
            "id": 100,
            "name": "Tiešsaistes nodarbība",
            "description": MARKED,
            "courseid": COURSE,
            "groupid": None,
            "userid": 5,
            "eventtype": "course",
            "timestart": SECONDS,
            "timeduration": 5400,
            "visible": 1,
        }
    ]


@pytest.mark.parametrize(
    ("start", "seconds"),
    [
        (datetime(2026, 3, 29, 9, 0, tzinfo=ZoneInfo("Europe/Riga")), 1774764000),
        (datetime(2026, 10, 25, 9, 0, tzinfo=ZoneInfo("Europe/Riga")), 1792911600),
        (datetime(2026, 10, 25, 3, 30, tzinfo=ZoneInfo("Europe/Riga"), fold=1), 1792891800),
    ],
)
def test_time_is_right_on_the_sundays_when_the_clock_changes(
    moodle: Moodle, fake_moodle: FakeMoodle, start: datetime, seconds: int
) -> None:
    publish(moodle, start=start, end=start.astimezone(UTC) + timedelta(hours=1))

    assert [(e["timestart"], e["timeduration"]) for e in fake_moodle.events] == [(seconds, 3600)]


def test_naive_times_are_refused(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    with pytest.raises(ValueError, match="must be aware"):
        publish(moodle, start=START.replace(tzinfo=None))
    assert fake_moodle.events == []


@pytest.mark.parametrize("known_id", [None, 100])
def test_again_unchanged_nothing_is_written(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server, known_id: int | None
) -> None:
    first = publish(moodle)
    before = len(moodle_server.calls)

    assert publish(moodle, known_id) == first
    assert fake_moodle.writes(moodle_server.calls[before:]) == []


def test_changed_event_is_replaced_the_new_one_first(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    publish(moodle)
    before = len(moodle_server.calls)

    later = START + timedelta(days=30)
    posted = publish(moodle, 100, start=later, end=later + timedelta(minutes=90), content_hash="b2")

    assert (posted.moodle_id, posted.content_hash) == (101, "b2")
    assert [event["id"] for event in fake_moodle.events] == [101]
    assert fake_moodle.writes(moodle_server.calls[before:]) == [CREATE, DELETE]


@pytest.mark.parametrize(
    "harm",
    [
        {"timestart": SECONDS + 60},
        {"visible": 0},
        {"name": "Konsultācija"},
        {"description": MARKED + "<p>Notiks klātienē</p>"},
        {"description": MARKED.replace("/j/1", "/j/2")},
    ],
)
def test_event_that_a_person_changed_is_put_right(
    moodle: Moodle, fake_moodle: FakeMoodle, harm: dict[str, object]
) -> None:
    publish(moodle)
    right = dict(fake_moodle.events[0])
    fake_moodle.events[0] |= harm

    publish(moodle)

    assert fake_moodle.events == [{**right, "id": 101}]


def test_text_that_moodle_shows_in_its_own_way_is_left_alone(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    first = publish(
        moodle, title="A & B", description_html='<p>“Nē”</p><a href="https://z.lv">1</a>'
    )
    shown = '\n<p dir="ltr">&ldquo;N&#275;&rdquo; </p><a href="https://z.lv" rel="noopener">1</a>'
    marker = MARKED.partition("<p>")[0]
    fake_moodle.events[0] |= {"name": "A &amp; B", "description": marker + shown}
    before = len(moodle_server.calls)

    again = publish(
        moodle, title="A & B", description_html='<p>“Nē”</p><a href="https://z.lv">1</a>'
    )

    assert again == first
    assert fake_moodle.writes(moodle_server.calls[before:]) == []


def test_duplicates_are_healed_and_others_left_alone(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    right = {
        "name": "Tiešsaistes nodarbība",
        "description": MARKED,
        "timestart": SECONDS,
        "timeduration": 5400,
    }
    teacher = fake_moodle.add_event(**right, userid=TEACHER)
    fake_moodle.add_event(**{**right, "description": MARKED.replace("h-a1", "h-old")})
    lowest = fake_moodle.add_event(**right)
    fake_moodle.add_event(**right)
    other_class = fake_moodle.add_event(**{**right, "description": MARKED.replace("C-7", "C-71")})
    personal = fake_moodle.add_event(**right, eventtype="user")

    posted = publish(moodle)

    assert posted.moodle_id == lowest["id"]
    assert fake_moodle.events == [teacher, lowest, other_class, personal]
    assert fake_moodle.writes(moodle_server.calls) == [DELETE, DELETE]


def test_marker_that_a_person_removed(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    publish(moodle)
    fake_moodle.events[0]["description"] = "<p>Labots ar roku</p>"

    posted = publish(moodle, 100)

    assert [(e["id"], e["description"]) for e in fake_moodle.events] == [(101, MARKED)]
    assert posted.moodle_id == 101


def test_known_id_of_another_class_is_not_believed(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    publish(moodle, key="C-8")

    publish(moodle, 100)
    moodle.withdraw_event(IDNUMBER, "C-7", 100)

    assert [event["id"] for event in fake_moodle.events] == [100]


@pytest.mark.parametrize("function", [CREATE, DELETE])
@pytest.mark.parametrize("answer", [LOST, Reply(200, "<br />Warning<br />null"), Reply(502)])
def test_lost_answer_is_doubtful_and_healed_by_publishing_again(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server, answer: Reply, function: str
) -> None:
    publish(moodle, content_hash="old")
    moodle_server.instead("POST", function, answer, after_effect=True)

    with pytest.raises(DoubtfulOutcome):
        publish(moodle)
    posted = publish(moodle)

    assert [(e["id"], e["description"]) for e in fake_moodle.events] == [(101, MARKED)]
    assert posted.moodle_id == 101


def test_refusal_that_looks_like_a_success_is_noticed(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    fake_moodle.may_write_events = False

    with pytest.raises(PersonNeeded, match=r"nopermissions.*manageentries"):
        publish(moodle)


def test_warning_on_the_list_is_not_an_empty_calendar(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    warning = {"warningcode": "nopermissions", "message": "no access"}
    answer = Reply(200, {"events": [], "warnings": [warning]})
    moodle_server.instead("POST", "get_calendar_events", answer)

    with pytest.raises(PersonNeeded, match="no access"):
        publish(moodle)
    assert fake_moodle.events == []


def test_event_that_cannot_be_seen_is_not_repeated_by_itself(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    fake_moodle.hides_new_posts = True

    with pytest.raises(PersonNeeded, match="is not to be seen"):
        publish(moodle)


def test_many_threads_make_one_event(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    with ThreadPoolExecutor(8) as pool:
        posted = set(pool.map(lambda _: publish(moodle).moodle_id, range(8)))

    assert posted == {100}
    assert len(fake_moodle.events) == 1


def test_withdrawn_whenever_it_stands_and_only_ours(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    publish(moodle)
    fake_moodle.add_event(description=MARKED, timestart=SECONDS + 10**7)
    teacher = fake_moodle.add_event(description=MARKED, userid=TEACHER)

    moodle.withdraw_event(IDNUMBER, "C-7", None)
    before = len(moodle_server.calls)
    moodle.withdraw_event(IDNUMBER, "C-7", 100)

    assert fake_moodle.events == [teacher]
    assert fake_moodle.writes(moodle_server.calls[before:]) == []


def test_withdrawn_by_somebody_else_in_the_meantime(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    publish(moodle)
    gone = refusal("invalidrecord", "Can't find data record in database table event.")
    moodle_server.instead("POST", DELETE, gone, after_effect=True)

    moodle.withdraw_event(IDNUMBER, "C-7", 100)

    assert fake_moodle.events == []


def test_withdrawal_is_believed_only_when_seen(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    publish(moodle)
    fake_moodle.keeps_what_it_deletes = True

    with pytest.raises(PersonNeeded, match="still in the calendar of psi101-2026"):
        moodle.withdraw_event(IDNUMBER, "C-7", 100)


def test_find_events_of_a_day(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    publish(moodle)
    publish(moodle, key="C-8", start=START + timedelta(days=1), end=START + timedelta(days=1.1))
    fake_moodle.add_event(timestart=SECONDS, timeduration=60)

    found = moodle.find_events(IDNUMBER, START, START + timedelta(hours=5))

    assert {key: [posted.moodle_id for posted in events] for key, events in found.items()} == {
        "C-7": [100]
    }


@pytest.mark.parametrize("idnumber", ["", " ", "PSI101-2026", "nav"])
def test_course_that_is_not_there(moodle: Moodle, fake_moodle: FakeMoodle, idnumber: str) -> None:
    """An empty idnumber is the site's front page to Moodle."""
    with pytest.raises(PersonNeeded, match="no course has the idnumber"):
        publish(moodle, course_idnumber=idnumber)
    assert fake_moodle.events == []
