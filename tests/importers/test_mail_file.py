"""An mbox is taken apart where its messages begin, and nowhere else."""

from forum.importers.mbox.file import MailFile, open_mail_file
from tests.importers.mails import mail, pack


def test_a_sentence_that_begins_with_from_is_no_separator():
    file = MailFile(mail("a", "Hello.\n\nFrom here on 12:30 is late.\n\nFrom Ann") + mail("b"))

    assert len(file) == 2
    assert b"From here on 12:30 is late." in file[0]


def test_a_quoted_from_line_is_given_back():
    file = MailFile(mail("a", ">From the start\n>>From deeper"))

    assert file[0].rstrip().endswith(b"From the start\n>From deeper")


def test_windows_line_ends_are_read():
    file = MailFile((mail("a") + mail("b")).replace(b"\n", b"\r\n"))

    assert len(file) == 2
    assert file.head(1).rstrip().endswith(b"Subject: Pumps for cold water")


def test_a_packed_file_reads_like_a_plain_one(tmp_path):
    (tmp_path / "plain").write_bytes(mail("a") + mail("b"))
    (tmp_path / "packed").write_bytes(pack(mail("a"), mail("b")))

    with open_mail_file(tmp_path / "plain") as plain, open_mail_file(tmp_path / "packed") as packed:
        assert [plain[i] for i in range(2)] == [packed[i] for i in range(2)]
        assert packed.complete


def test_a_packed_file_that_breaks_off_gives_what_is_before_the_break(tmp_path):
    noise = "".join(str(n * 7919 % 10007) for n in range(200_000))
    whole = pack(mail("a"), mail("b"), mail("c", noise))
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])

    with open_mail_file(tmp_path / "cut") as file:
        assert len(file) >= 2
        assert not file.complete


def test_a_file_without_messages_has_none(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "prose").write_bytes(b"From time to time.\n" * 50)

    for name in ("empty", "prose"):
        with open_mail_file(tmp_path / name) as file:
            assert len(file) == 0
