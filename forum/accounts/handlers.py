"""What follows from facts about people: mails."""

from forum.accounts import jobs
from forum.accounts.signals import (
    MemberSilenced,
    MemberSuspended,
    PasswordChanged,
    RegistrationRepeated,
    UserConfirmed,
    UserRegistered,
)
from forum.core.signals import on


@on(UserRegistered)
def ask_for_confirmation(fact: UserRegistered) -> None:
    jobs.mail_confirmation.later(user_id=fact.user_id)


@on(RegistrationRepeated)
def tell_the_owner(fact: RegistrationRepeated) -> None:
    jobs.mail_already_member.later(user_id=fact.user_id)


@on(UserConfirmed)
def welcome(fact: UserConfirmed) -> None:
    jobs.mail_welcome.later(user_id=fact.user_id)


@on(PasswordChanged)
def give_notice_of_new_password(fact: PasswordChanged) -> None:
    jobs.mail_password_changed.later(user_id=fact.user_id)


@on(MemberSilenced)
def explain_silence(fact: MemberSilenced) -> None:
    jobs.mail_silenced.later(user_id=fact.user_id)


@on(MemberSuspended)
def explain_suspension(fact: MemberSuspended) -> None:
    jobs.mail_suspended.later(user_id=fact.user_id)
