from datetime import timedelta

import pytest

from forum.accounts import jobs, mailer
from forum.core import clock
from forum.core.database import transaction

MAILS = {
    "confirmation": ("secret",),
    "already_member": ("secret",),
    "welcome": (),
    "password_reset": ("secret",),
    "password_changed": (),
    "email_change": ("new@example.org", "secret"),
    "email_change_notice": ("new@example.org",),
    "email_taken": (),
    "silenced": (),
    "suspended": (),
}


@pytest.fixture
def rose(cast):
    with transaction():
        cast.rose.name = "Rose & Tom's"
        cast.rose.silenced_until = cast.rose.suspended_until = clock.now() + timedelta(days=3)
        cast.rose.silence_reason = cast.rose.suspension_reason = "<b>Tone</b> & more"
    return cast.rose


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_text_and_html_and_says_the_same(rose, outbox, name):
    getattr(mailer, name)(rose, *MAILS[name])

    (letter,) = outbox()
    text = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    assert "Estuary network" in letter["From"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Rose & Tom's" in text
    assert "Rose &amp; Tom&#39;s" in html
    assert "%(" not in text + html + letter["Subject"]
    assert "<b>" not in html


def test_a_mail_is_written_in_the_language_of_its_reader(rose, outbox):
    with transaction():
        rose.locale = "fr"

    mailer.welcome(rose)

    assert 'lang="fr"' in outbox()[-1].get_body(("html",)).get_content()


def test_jobs_for_people_who_are_gone_do_nothing(cast, outbox):
    for job in (
        jobs.mail_confirmation,
        jobs.mail_already_member,
        jobs.mail_welcome,
        jobs.mail_password_changed,
        jobs.mail_silenced,
        jobs.mail_suspended,
    ):
        job(user_id=999_999)
    jobs.mail_email_change(user_id=999_999, email="x@example.org")
    jobs.mail_confirmation_again(email="nobody@example.org")
    jobs.mail_password_reset(login="nobody")

    assert outbox() == []


def test_what_has_ended_is_forgotten(cast):
    jobs.forget_expired()
