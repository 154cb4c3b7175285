from tests.core.markup.place import cooked, html


def test_a_picture_waits_until_it_comes_near():
    assert html('![a *b* @rose :smile:](https://a.example/x.png "t")') == (
        '<p><img src="https://a.example/x.png" alt="a b @rose 😄" title="t" loading="lazy"></p>'
    )


def test_pictures_are_counted():
    assert (
        cooked("![a](/1.png) [![b](https://a.example/2.png)](/x)\n\n- ![c](/3.png)").image_count
        == 3
    )


def test_a_picture_that_may_not_be_loaded_shows_its_description():
    found = cooked("![a](//a.example/x.png) ![b](x.png)")

    assert found.html == "<p>a b</p>\n"
    assert found.image_count == 0


def test_our_own_picture_is_a_path():
    assert 'src="/uploads/a.png"' in html("![a](https://forum.example/uploads/a.png)")


def test_a_picture_is_read_as_its_description():
    assert cooked("See ![the curve](/1.png)").text == "See the curve"
