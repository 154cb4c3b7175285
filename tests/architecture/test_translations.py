"""French is never forgotten."""

import re

import pytest

from tools import translations


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_is_translated_with_its_places(language):
    faults = list(translations.faults(language))

    assert faults == []


def test_texts_are_found_in_code_and_templates():
    places = {
        place.split("/")[0]
        for message in translations.texts_of_the_code()
        for place, _ in message.locations
    }

    assert places == {"forum", "templates"}


def test_french_puts_narrow_spaces_beside_its_marks():
    texts = [
        text
        for message in translations.read(translations.path_of("fr"))
        for text in translations.forms(message.string)
    ]
    wrong = [text for text in texts if re.search(r"[ \u00a0][;:!?»]|«[ \u00a0]", text)]

    assert wrong == []
