"""Whatever members type into whatever field is text on every page that shows it."""

import re
from urllib.parse import urlencode

import html5lib
import pytest

from forum.accounts.models.group import EVERYONE, MEMBERS
from forum.accounts.service import profiles
from forum.alerts.service import saving
from forum.categories import service as categories
from forum.categories.models import CREATE, SEE
from forum.categories.service import Details
from forum.core import clock
from forum.core.database import session, transaction
from forum.opportunities import service as opportunities
from forum.opportunities.service import Card
from forum.search import entries
from forum.tags import queries as tags
from forum.tags import service as tag_service
from forum.topics.models.draft import Draft
from forum.topics.models.post import Attachment
from forum.topics.service import posts, states, topics
from forum.vocabulary import service as vocabulary
from tests.doors.secrets import know_anew
from tests.factories.topics import like
from tests.web.everything import addresses

MARK = "zzmark"
PAYLOADS = [
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"'><svg onload={MARK}()>",
    f"</title></textarea></script><script>{MARK}()</script>",
    f"<a href=javascript:{MARK}()>x</a>",
    f"{{{{ '{MARK}' }}}}<b onmouseover={MARK}()>&lt;script&gt;",
    f'`${{{MARK}}}`--><iframe srcdoc="<script>{MARK}()</script>">',
]  # fmt: skip
JSON_BLOCKS = {"application/json", "application/ld+json"}


@pytest.fixture(params=PAYLOADS, ids=range(len(PAYLOADS)))
def planted(request, cast):
    """A forum whose every field holds the payload."""
    text = request.param
    with transaction():
        vocabulary.load()
        place = categories.create(
            Details(
                text[:80], text[:80], slug="place", description_fr=text, description_en=text,
                kind=opportunities.KIND,
            ),
            by=cast.ada, granted={EVERYONE: SEE, MEMBERS: CREATE},
        )  # fmt: skip
    know_anew(cast)
    with transaction():
        tag = tag_service.create("planted", by=cast.ada, label_fr=text[:60], label_en=text[:60])
        for person in (cast.otto, cast.rose):
            person.name, person.company, person.location = text[:120], text[:120], text[:120]
            profiles.write_bio(person, text)
        topic = opportunities.publish(
            Card("offer", "business", ["SN"], ["machining"], company=text, place=text[:120]),
            author=cast.rose, category_id=place.id, title=f"Planted {text} everywhere",
            raw=f"What was planted: {text}\n\n# {text}\n\n[{text}]({text})\n\n> {text}\n\n`{text}`",
            tag_names=["planted"],
        )  # fmt: skip
        first = topics.first_post(topic)
        reply = posts.reply(
            topic, author=cast.otto,
            raw=f'[quote="{text}, post:1, topic:{topic.id}"]\n{text}\n[/quote]\n\nplanted {text}',
        )  # fmt: skip
        session.add(
            Attachment(
                post_id=first.id, file_name=f"{text}.html", mime="text/plain", bytes=1, key="none",
                created_at=clock.now(),
            ),
        )  # fmt: skip
        session.add(
            Draft(user_id=cast.ada.id, key="new_topic", content='{"title": "t", "raw": "r"}',
                  updated_at=clock.now())
        )  # fmt: skip
        saved = saving.save(
            urlencode({"q": f"planted {text}"}), by=cast.ada, name=text[:80], frequency="daily",
            channel="mail",
        )  # fmt: skip
        entry = entries.add([f"planted {text}"[:80]], [f"sown {text}"[:80]], by=cast.ada)
        states.close(topic, by=cast.ada, reason=text)
        states.reopen(topic, by=cast.ada, reason=text)
        posts.edit(first, topic, by=cast.ada, raw=f"{first.raw} {text}", reason=text)
    like(reply, topic, cast.rose)
    found = tags.find(tag.name)
    assert found
    return text, {
        "topic_id": topic.id, "post_id": first.id, "category_id": place.id, "attachment_id": 1,
        "saved_search_id": saved.id, "entry_id": entry.id, "tag_id": tag.id,
        "user_id": cast.rose.id, "session_id": 1, "number": 1, "slug": "x", "parent": "x", "username": "rose", "locale": "fr", "key": "new_topic", "secret": "x",
    }  # fmt: skip


def test_no_page_runs_what_a_member_typed(app, cast, visit, planted):
    text, values = planted
    browser, shown, faults = visit(cast.ada), 0, []

    asked = [address.path for address in addresses(app, values, {"GET"})]
    asked += [f"/search?q={word}" for word in ("planted", f"tag:{text}", text)]
    asked += [
        "/alerts/new?" + urlencode({"q": text}),
        "/alerts/new?fragment&" + urlencode({"q": text}),
    ]
    asked += ["/tag/planted", "/u/otto", "/u/rose/activity/replies", "/t/nothing/" + text]
    for path in asked:
        answer = browser.get(path, follow_redirects=path.startswith(("/t/", "/c/", "/p/", "/u/")))
        page = answer.get_data(as_text=True)
        if answer.mimetype != "text/html":
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        else:
            shown += MARK in page
            faults += [f"{path}: {fault}" for fault in running(page)]
        answer.close()

    assert faults == []
    assert shown > 20


def test_the_judge_knows_what_would_run():
    page = '<!doctype html><title>{0}</title><input value="{0}"><p>{0}</p>'

    assert [payload for payload in PAYLOADS if not list(running(page.format(payload)))] == []
    assert list(running(page.format("plain words"))) == []


def running(page):
    """What a browser would run: our pages themselves have neither handlers nor inline scripts."""
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if (
            element.tag == "script"
            and not element.get("src")
            and element.get("type") not in JSON_BLOCKS
        ):
            yield f"script {element.text!r}"
        if element.tag in ("iframe", "object", "embed", "base") or element.tag.endswith("}script"):
            yield f"element {element.tag}"
        for name, value in element.attrib.items():
            if str(name).lower().startswith("on") or name in ("style", "srcdoc", "formaction"):
                yield f"{element.tag} {name}={value!r}"
            if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE) and name in (
                "href",
                "src",
            ):
                yield f"{element.tag} {name}={value!r}"
