import re
from pathlib import Path

from forum.web.assets import Assets, joined

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
ICON = re.compile(r'\bicon\("([a-z0-9-]+)"')


def test_a_file_has_an_address_that_is_good_for_ever(app):
    assets = app.extensions["assets"]

    answer = app.test_client().get(assets.path("css/app.css"), headers={"Accept-Encoding": "gzip"})

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "gzip"


def test_the_address_of_an_older_build_gets_what_there_is_and_keeps_nothing(app):
    answer = app.test_client().get("/static/0123456789ab/js/app.js")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_a_file_that_did_not_change_is_not_sent_twice(app):
    client = app.test_client()
    tag = client.get("/static/img/mark.svg").headers["ETag"]

    answer = client.get("/static/img/mark.svg", headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.data == b""


def test_nothing_outside_the_folder_is_served(app):
    for path in ("/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/static//etc/passwd", "/static/"):
        assert app.test_client().get(path).status_code == 404


def test_another_content_makes_another_build(tmp_path):
    (tmp_path / "a.js").write_text("1")
    before = Assets(tmp_path).build

    (tmp_path / "a.js").write_text("2")

    assert Assets(tmp_path).build != before


def test_a_style_sheet_is_sent_whole_and_in_layers():
    contents = {
        "css/app.css": b'@layer base;\n@import url("tokens.css");\n@import url("b/a.css") layer(base);\n',
        "css/tokens.css": b":root { --a: 1 }\n",
        "css/b/a.css": b"/* why */\na { color: red }\n",
    }

    sheet = joined("css/app.css", contents).decode()

    assert sheet == "@layer base;\n:root { --a: 1 }\n@layer base {\na { color: red }\n}\n"


def test_the_style_sheet_and_the_scripts_of_every_page_are_light(app):
    assets = app.extensions["assets"]
    sheet = assets.files["css/app.css"]
    scripts = [
        asset
        for name, asset in assets.files.items()
        if name.startswith(("js/app.js", "js/lib/", "js/elements/"))
    ]

    assert b"@import" not in sheet.content
    assert len(sheet.gzipped) <= 25 * 1024
    assert sum(len(asset.gzipped or asset.content) for asset in scripts) <= 30 * 1024


def test_every_icon_a_template_draws_is_in_the_sprite(app):
    sprite = app.extensions["assets"].text("vendor/icons.svg")
    named = {
        name for path in TEMPLATES.rglob("*.html") for name in ICON.findall(path.read_text("utf-8"))
    }

    assert named
    assert sorted(name for name in named if f'id="i-{name}"' not in sprite) == []
