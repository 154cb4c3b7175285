from tests.core.markup.place import cooked

RAW = """# Titre

Un *mot* de @rose, :tada:
deux &amp; [lien](https://a.example).

```python
delay = 0
```

| a | b |
|---|---|
| 1 | 2 |
"""


def test_an_excerpt_is_prose_without_code():
    assert cooked(RAW).text == "Titre\nUn mot de @rose, 🎉\ndeux & lien.\na\nb\n1\n2"


def test_search_reads_code_too():
    assert "delay = 0" in cooked(RAW).search_text


def test_a_post_that_is_only_code_still_has_an_excerpt():
    assert cooked("```\nx = 1\n```").text == "x = 1"
