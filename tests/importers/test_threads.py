"""Conversations are found from what messages say of each other."""

from datetime import UTC, datetime, timedelta

from forum.importers.mbox.threads import Envelope, bare_subject, thread, without_reply_mark

START = datetime(2020, 3, 1, 12, tzinfo=UTC)


def message(name, *references, subject="Pumps", hours=0):
    return Envelope(
        f"<{name}>", tuple(f"<{r}>" for r in references), subject, START + timedelta(hours=hours)
    )


def ids(found, envelopes):
    return [[envelopes[place.at].id.strip("<>") for place in one.places] for one in found]


def test_an_answer_stands_in_the_thread_of_what_it_answers():
    mails = [message("a"), message("b", "a", hours=1), message("c", subject="Valves", hours=2)]

    found = thread(mails)

    assert ids(found, mails) == [["a", "b"], ["c"]]
    assert found[0].places[1].parent == 0


def test_messages_of_a_lost_ancestor_are_one_thread():
    mails = [message("b", "lost", hours=1), message("c", "lost", subject="Other", hours=2)]

    [one] = thread(mails)

    assert ids([one], mails) == [["b", "c"]]
    assert one.root_id == "<lost>"
    assert [place.parent for place in one.places] == [None, None]


def test_a_lost_parent_is_replaced_by_the_nearest_ancestor_that_is_there():
    mails = [message("a"), message("c", "a", "lost", hours=2)]

    [one] = thread(mails)

    assert one.places[1].parent == 0


def test_an_answer_never_stands_before_what_it_answers():
    mails = [message("a", hours=5), message("b", "a", hours=1), message("c", "b", hours=9)]

    [one] = thread(mails)

    assert ids([one], mails) == [["a", "b", "c"]]


def test_references_in_a_circle_do_no_harm():
    mails = [message("a", "c", hours=1), message("b", "a", hours=2), message("c", "b", hours=3)]

    [one] = thread(mails)

    assert ids([one], mails) == [["a", "b", "c"]]
    assert [place.parent for place in one.places] == [None, 0, 1]


def test_a_message_that_names_itself_stands_alone():
    [one] = thread([message("a", "a")])

    assert [place.parent for place in one.places] == [None]


def test_a_reply_that_names_nobody_joins_the_same_subject_of_the_last_month():
    mails = [
        message("a"),
        message("b", subject="Re: Pumps", hours=24 * 29),
        message("c", subject="RE[2]: pumps", hours=24 * 58),
        message("d", subject="Re: Pumps", hours=24 * 99),
    ]

    assert ids(thread(mails), mails) == [["a", "b", "c"], ["d"]]


def test_the_same_subject_without_a_reply_mark_is_another_thread():
    mails = [message("a"), message("b", hours=1)]

    assert ids(thread(mails), mails) == [["a"], ["b"]]


def test_a_late_message_joins_two_threads():
    mails = [message("a"), message("b", subject="Other", hours=1), message("c", "a", "b", hours=2)]

    assert ids(thread(mails), mails) == [["a", "b", "c"]]


def test_reply_marks_of_many_programs_are_taken_off():
    for subject in ("Re: Pumps", "RE : pumps", "Réf: Re[3]: Pumps", "AW: Sv: TR: Fwd: pumps"):
        assert bare_subject(subject) == "pumps"

    assert without_reply_mark("Re: Research: pumps") == "Research: pumps"


def test_a_thread_of_thousands_is_no_burden():
    mails = [message("0")] + [
        message(str(n), *(str(m) for m in range(max(0, n - 10), n)), hours=n)
        for n in range(1, 4000)
    ]

    [one] = thread(mails)

    assert len(one.places) == 4000
