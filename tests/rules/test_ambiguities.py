"""The form of an adopted reading."""

from rules.ambiguities import Ambiguity


def test_an_effect_is_a_sentence_or_worked_out_when_asked() -> None:
    asked: list[str] = []

    def work_out() -> str:
        asked.append("now")
        return "two days later"

    written = Ambiguity("a", "row 1", "", "so", "otherwise", "nothing in money")
    computed = Ambiguity("b", "row 2", "", "so", "otherwise", work_out)

    assert asked == []
    assert [written.shown_effect(), computed.shown_effect()] == [
        "nothing in money",
        "two days later",
    ]


def test_a_reading_that_nothing_switches_names_no_setting() -> None:
    assert Ambiguity("a", "row 1", "", "so", "otherwise", "").setting is None
