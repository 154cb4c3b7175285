"""The page of settings tells the truth."""

from forum.config import Config
from forum.core.settings import Setting
from tools import settings_page


def test_the_page_of_settings_is_what_the_code_says():
    written = settings_page.PAGE.read_text("utf-8")

    assert written == settings_page.page(), "docs/settings.md is out of date: run `make docs`"


def test_every_setting_says_what_it_is_for():
    settings_page.load_all()

    silent = [name for name, setting in Setting.declared.items() if not str(setting.description)]

    assert Setting.declared
    assert silent == []


def test_every_environment_variable_says_what_it_is_for():
    assert [name for name, field in Config.model_fields.items() if not field.description] == []


def test_a_setting_is_named_after_its_feature():
    settings_page.load_all()

    assert [name for name in Setting.declared if name.count(".") != 1] == []
