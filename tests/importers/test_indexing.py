"""What comes in is found: the import indexes it, unless a server does."""

from forum.importers.indexing import kept_up
from forum.importers.mbox.file import MailFile
from forum.importers.mbox.importer import MailOptions, import_mail
from forum.importers.report import Report
from forum.search import queueing, shelf, writer
from tests.importers.mails import mail


def test_without_a_server_the_import_indexes_what_it_brought(app, cast):
    with kept_up(app):
        import_mail(MailFile(mail("a")), cast.square, MailOptions(), Report())

    assert queueing.waiting() == 0


def test_beside_a_server_the_posts_wait_for_its_indexer(app, cast):
    with shelf.locked(shelf.KEEPER), kept_up(app):
        import_mail(MailFile(mail("a")), cast.square, MailOptions(), Report())

    assert queueing.waiting() == 1
    assert not writer.is_running()
