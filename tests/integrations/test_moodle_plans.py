"""Plans in the forum: put once, replaced in place, taken away, and never silently wrong."""

import pytest

from integrations.errors import DoubtfulOutcome, OurMistake, PersonNeeded, TemporaryFault
from integrations.moodle import Moodle, Posted
from tests.integrations.fake_moodle import FORUM, TEACHER, FakeMoodle, refusal
from tests.integrations.loopback import LOST, Reply, Server

PDF = b"%PDF-1.7 plans\r\n--beigas"
NAME = "plāns “5. decembris” ž.pdf"
MARKED = '<p class="sac-ref sac-k-2026-12-05 sac-h-a1"></p><p>Plāns</p>'


def publish(moodle: Moodle, known_id: int | None = None, **change: object) -> Posted:
    wanted: dict[str, object] = {
        "key": "2026-12-05",
        "subject": "Studiju dienas plāns 05.12.2026.",
        "message_html": "<p>Plāns</p>",
        "pdf": PDF,
        "filename": NAME,
        "content_hash": "a1",
        "known_id": known_id,
    }
    return moodle.publish_plan(**{**wanted, **change})  # type: ignore[arg-type]  # as above


def test_first_time_it_is_posted_with_its_file(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    posted = publish(moodle)

    assert posted == Posted(200, f"{moodle_server.url}/mod/forum/discuss.php?d=200", "a1")
    assert [
        (d["subject"], d["message"], [(f["filename"], f["filesize"]) for f in d["attachments"]])
        for d in fake_moodle.discussions
    ] == [("Studiju dienas plāns 05.12.2026.", MARKED, [(NAME, len(PDF))])]
    assert fake_moodle.writes(moodle_server.calls) == ["upload", "mod_forum_add_discussion"]


@pytest.mark.parametrize("known_id", [None, 200])
def test_again_unchanged_nothing_is_written(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server, known_id: int | None
) -> None:
    first = publish(moodle)
    before = len(moodle_server.calls)

    assert publish(moodle, known_id) == first
    assert fake_moodle.writes(moodle_server.calls[before:]) == []


def test_changed_plan_keeps_its_address(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    first = publish(moodle)
    before = len(moodle_server.calls)

    second = publish(moodle, pdf=b"%PDF-1.7 cits", filename="cits.pdf", content_hash="b2")

    assert second == Posted(first.moodle_id, first.url, "b2")
    assert [d["attachments"][0]["filename"] for d in fake_moodle.discussions] == ["cits.pdf"]
    assert fake_moodle.writes(moodle_server.calls[before:]) == [
        "upload",
        "mod_forum_update_discussion_post",
    ]


def test_plan_whose_file_was_lost_gets_it_again(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    publish(moodle)
    fake_moodle.discussions[0]["attachments"] = []

    publish(moodle)

    assert [f["filename"] for f in fake_moodle.discussions[0]["attachments"]] == [NAME]


def test_marker_that_a_person_removed_is_put_back_on_the_known_post(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    first = publish(moodle)
    fake_moodle.discussions[0]["message"] = "<p>Labots ar roku</p>"

    assert publish(moodle, first.moodle_id) == first
    assert [d["message"] for d in fake_moodle.discussions] == [MARKED]


def test_duplicates_are_healed_and_others_left_alone(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    teacher = fake_moodle.add_discussion(message=MARKED, userid=TEACHER)
    lowest = fake_moodle.add_discussion(message=MARKED)
    other_day = fake_moodle.add_discussion(message=MARKED.replace("12-05", "12-06"))
    unmarked = fake_moodle.add_discussion(message="<p>Paziņojums</p>")
    fake_moodle.add_discussion(message=MARKED)

    posted = publish(moodle)

    assert posted.moodle_id == lowest["discussion"]
    assert fake_moodle.discussions == [teacher, lowest, other_day, unmarked]
    assert len(lowest["attachments"]) == 1


def test_duplicate_of_a_right_plan_is_all_that_goes(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    first = publish(moodle)
    fake_moodle.add_discussion(message=MARKED)
    before = len(moodle_server.calls)

    assert publish(moodle) == first
    assert fake_moodle.writes(moodle_server.calls[before:]) == ["mod_forum_delete_post"]


def test_forum_of_many_pages_is_searched_to_its_end(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    for _ in range(250):
        fake_moodle.add_discussion(userid=TEACHER)
    ours = fake_moodle.add_discussion(message=MARKED)

    assert publish(moodle).moodle_id == ours["discussion"]
    assert len(fake_moodle.discussions) == 251


@pytest.mark.parametrize("answer", [LOST, Reply(200, "<br />Warning<br />{}"), Reply(504)])
def test_lost_answer_is_doubtful_and_healed_by_publishing_again(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server, answer: Reply
) -> None:
    moodle_server.instead("POST", "mod_forum_add_discussion", answer, after_effect=True)

    with pytest.raises(DoubtfulOutcome):
        publish(moodle)
    assert publish(moodle).moodle_id == 200
    assert len(fake_moodle.discussions) == 1


def test_nothing_is_posted_where_no_file_may_be_attached(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    fake_moodle.can_attach = False
    with pytest.raises(PersonNeeded, match="may not post there with a file"):
        publish(moodle)
    fake_moodle.can_attach = True
    fake_moodle.forums[0]["maxbytes"] = 10
    with pytest.raises(PersonNeeded, match="24 bytes and the forum allows 10"):
        publish(moodle)

    assert fake_moodle.discussions == []


def test_file_that_moodle_dropped_silently_is_noticed(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    fake_moodle.loses_files = True

    with pytest.raises(PersonNeeded, match="the post stands there with no file"):
        publish(moodle)


def test_post_that_cannot_be_seen_is_not_repeated_by_itself(
    moodle: Moodle, fake_moodle: FakeMoodle
) -> None:
    fake_moodle.hides_new_posts = True

    with pytest.raises(PersonNeeded, match="is not to be seen"):
        publish(moodle)


def test_only_a_pdf_is_posted(moodle: Moodle, moodle_server: Server) -> None:
    with pytest.raises(OurMistake, match="is not a PDF"):
        publish(moodle, pdf=b"<html>")
    assert moodle_server.calls == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Reply(200, []), "post_max_size"),
        (Reply(200, [{"filename": NAME, "filepath": " name already exists"}]), "something else"),
        (Reply(200, [{"filename": NAME, "filesize": 3, "itemid": 1}]), "something else"),
        (Reply(200, {"error": "Too large", "errorcode": "upload_error_ini_size"}), "larger than"),
        (Reply(413, "<html>"), "larger than the web server"),
    ],
)
def test_file_that_did_not_arrive_whole(
    moodle: Moodle,
    fake_moodle: FakeMoodle,
    moodle_server: Server,
    answer: Reply,
    expected: str,
) -> None:
    moodle_server.instead("POST", "upload.php", answer)

    with pytest.raises(PersonNeeded, match=expected):
        publish(moodle)
    assert fake_moodle.discussions == []


def test_withdrawn_with_its_duplicates_and_only_these(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    publish(moodle)
    fake_moodle.add_discussion(message=MARKED)
    other = fake_moodle.add_discussion(message=MARKED, userid=TEACHER)

    moodle.withdraw_plan("2026-12-05", None)
    before = len(moodle_server.calls)
    moodle.withdraw_plan("2026-12-05", 200)

    assert fake_moodle.discussions == [other]
    assert fake_moodle.writes(moodle_server.calls[before:]) == []


def test_withdrawn_by_somebody_else_in_the_meantime(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    publish(moodle)
    gone = refusal("invalidpostid", "Invalid post ID - {$a}")
    moodle_server.instead("POST", "mod_forum_delete_post", gone, after_effect=True)

    moodle.withdraw_plan("2026-12-05", 200)

    assert fake_moodle.discussions == []


def test_withdrawal_is_believed_only_when_seen(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    publish(moodle)
    fake_moodle.keeps_what_it_deletes = True

    with pytest.raises(PersonNeeded, match="still in the forum"):
        moodle.withdraw_plan("2026-12-05", 200)


def test_find_plans(moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server) -> None:
    publish(moodle)
    publish(moodle, key="diena_2 ž", content_hash="c 3")
    fake_moodle.add_discussion(message=MARKED)
    fake_moodle.add_discussion(message=MARKED, userid=TEACHER)
    fake_moodle.add_discussion(message="<p>Paziņojums</p>")
    url = f"{moodle_server.url}/mod/forum/discuss.php?d="

    assert moodle.find_plans() == {
        "2026-12-05": [Posted(200, f"{url}200", "a1"), Posted(202, f"{url}202", "a1")],
        "diena_2 ž": [Posted(201, f"{url}201", "c 3")],
    }


@pytest.mark.parametrize(
    ("forums", "expected"),
    [
        ([], "0 forums named “Studiju dienu plāni & ziņas” in course “SAC-INFO” instead of one"),
        ([{**FORUM, "name": "Cits"}], "0 forums named"),
        ([FORUM, {**FORUM, "id": 12}], "2 forums named"),
    ],
)
def test_forum_must_be_the_one(
    moodle: Moodle, fake_moodle: FakeMoodle, forums: list[dict[str, object]], expected: str
) -> None:
    fake_moodle.forums = forums

    with pytest.raises(PersonNeeded, match=expected):
        publish(moodle)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("get_forum_discussions", "holds no discussions"),
        ("get_forums_by_courses", "holds no list"),
    ],
)
def test_answer_that_is_no_list_means_nothing(
    moodle: Moodle, moodle_server: Server, function: str, expected: str
) -> None:
    """It must not look like an empty forum, into which the plan would be posted again."""
    moodle_server.instead("POST", function, Reply(200, "null"))

    with pytest.raises(TemporaryFault, match=expected):
        publish(moodle)
