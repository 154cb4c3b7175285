"""The questions, answers and comments of a dump that can be brought in; others are refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from forum.core.i18n import _
from forum.importers.mapping import Unusable, moment_of, text_of
from forum.importers.plan import Entry, key_of
from forum.importers.rendered import Author
from forum.importers.report import Report
from forum.importers.stackexchange import dump
from forum.importers.stackexchange.dump import Row
from forum.importers.stackexchange.render import Payload
from forum.importers.stackexchange.source import Source

QUESTION, ANSWER = "1", "2"


@dataclass(slots=True)
class Text:
    """A question, answer or comment, with the id of the question it belongs to."""

    row: Row
    question: str
    entry: Entry


def read(folder: Path, site: str, report: Report) -> list[Text]:
    """All of a dump, each once: questions first, then answers, then comments."""
    return _Reading(folder, site, report).texts()


def post_key(site: str, post_id: str) -> str:
    """The key by which a question or an answer is known again."""
    return key_of(f"stackexchange:{site}:post:{post_id}")


class _Reading:
    """One reading of a folder."""

    def __init__(self, folder: Path, site: str, report: Report) -> None:
        self.folder, self.site, self.report = folder, site, report
        self.people: Mapping[str, Row] = {row.get("Id", ""): row for row in self._rows("Users")}
        # The question that each post belongs to, or is.
        self.question_of: dict[str, str] = {}
        self.keys: set[str] = set()

    def texts(self) -> list[Text]:
        posts: dict[str, list[Row]] = {QUESTION: [], ANSWER: []}
        for row in self._counted("Posts"):
            if (kind := row.get("PostTypeId", "")) in posts:
                posts[kind].append(row)
            else:
                self.report.count("left_out")
        comments = list(self._counted("Comments"))
        return [
            *self._usable("post", posts[QUESTION], self._question),
            *self._usable("post", posts[ANSWER], self._answer),
            *self._usable("comment", comments, self._comment),
        ]

    def _counted(self, table: str) -> Iterator[Row]:
        for row in self._rows(table):
            self.report.count("read")
            yield row

    def _rows(self, table: str) -> Iterator[Row]:
        try:
            yield from dump.rows(self.folder, table)
        except dump.Broken as reason:
            self.report.refuse(f"{table}.xml", str(reason))

    def _usable(
        self, noun: str, rows: Iterable[Row], text_in: Callable[[Row], Text]
    ) -> Iterator[Text]:
        for row in rows:
            try:
                if not text_of(row, "Id"):
                    raise Unusable(_("It has no id."))
                text = text_in(row)
            except Unusable as reason:
                self.report.refuse(_place(noun, row), str(reason))
                continue
            if text.entry.key in self.keys:
                self.report.count("duplicates")
            else:
                self.keys.add(text.entry.key)
                yield text

    def _question(self, row: Row) -> Text:
        if not text_of(row, "Title"):
            raise Unusable(_("It has no title."))
        self.question_of[row["Id"]] = row["Id"]
        return self._post(row, question=row["Id"])

    def _answer(self, row: Row) -> Text:
        question = row.get("ParentId", "")
        if self.question_of.get(question) != question:
            raise Unusable(_("The question it answers is not there."))
        self.question_of[row["Id"]] = question
        return self._post(row, question=question)

    def _post(self, row: Row, *, question: str) -> Text:
        number, source = row["Id"], self._source(row, f"q/{row['Id']}", who="Owner")
        entry = Entry(
            key=post_key(self.site, number),
            created_at=source.created_at,
            payload=Payload(text_of(row, "Body"), True, self._author(source), source),
            place=_place("post", row),
        )
        return Text(row, question, entry)

    def _comment(self, row: Row) -> Text:
        post, number = row.get("PostId", ""), row["Id"]
        if post not in self.question_of:
            raise Unusable(_("The post it comments on is not there."))
        source = self._source(row, f"q/{post}#comment{number}_{post}", who="")
        entry = Entry(
            key=key_of(f"stackexchange:{self.site}:comment:{number}"),
            created_at=source.created_at,
            payload=Payload(text_of(row, "Text"), False, self._author(source), source),
            place=_place("comment", row),
            reply_to=post_key(self.site, post),
        )
        return Text(row, self.question_of[post], entry)

    def _source(self, row: Row, path: str, *, who: str) -> Source:
        """Where it stands and who wrote it; of who is gone from the site only a name is left."""
        moment = moment_of(row, "CreationDate")
        if moment is None:
            raise Unusable(_("Its date cannot be read."))
        author_id = text_of(row, f"{who}UserId")
        left = text_of(row, f"{who or 'User'}DisplayName")
        name = text_of(self.people.get(author_id, {}), "DisplayName") or left or _("Unknown author")
        return Source(self.site, path, name, author_id, moment)

    def _author(self, source: Source) -> Author:
        """By address where the dump has one, else by the site's own id, else by name."""
        address = text_of(self.people.get(source.author_id, {}), "Email").lower()
        if "@" in address:
            return Author(address[:254], source.author)
        id_ = source.author_id or f"name:{source.author.casefold()}"
        return Author(f"stackexchange:{self.site}:{id_}"[:254], source.author)


def _place(noun: str, row: Row) -> str:
    return f"{noun} {text_of(row, 'Id')}".strip()
