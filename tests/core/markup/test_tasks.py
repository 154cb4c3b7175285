from tests.core.markup.place import cooked, html


def test_a_task_shows_its_state():
    assert html("- [ ] a\n- [x] *b*\n- c") == (
        '<ul class="task-list">\n<li class="task-item"><span class="task">☐</span> a</li>\n'
        '<li class="task-item"><span class="task task-done">☑</span> <em>b</em></li>\n'
        "<li>c</li>\n</ul>"
    )


def test_numbered_tasks_are_tasks():
    assert '<ol class="task-list">' in html("1. [X] a")


def test_a_box_elsewhere_is_text():
    assert html("[ ] a") == "<p>[ ] a</p>"
    assert html("- [y] a") == "<ul>\n<li>[y] a</li>\n</ul>"


def test_a_task_is_read_without_its_box():
    assert cooked("- [ ] a").text == "a"
