import pytest

from forum.accounts.service import registration
from forum.core.database import transaction


def crowd(count):
    with transaction():
        for number in range(count):
            registration.create_member(
                username=f"person{number:03}", email=f"p{number}@example.org", name=f"P {number:03}"
            )


def test_a_profile_is_found_whatever_the_case(visit):
    assert "@rose" in visit().read("/u/ROSE")


@pytest.mark.parametrize("name", ["nobody", "%00", "a" * 300, "..", "<script>"])
def test_an_unknown_member_is_not_found(visit, name):
    assert visit().get(f"/u/{name}").status_code in {404, 308}


@pytest.mark.parametrize(
    "path", ["/u?q=a%00b", "/u?after=%00", "/g/%00", "/admin/users/99999999999", "/u?after=WzEsMl0"]
)
def test_what_no_database_could_look_up_is_not_found(visit, cast, path):
    assert visit(cast.ada).get(path).status_code == 404


def test_an_account_nobody_confirmed_is_seen_by_its_owner_and_staff(visit, cast):
    with transaction():
        cast.nina.confirmed_at = None

    def status(viewer):
        return visit(viewer).get("/u/nina").status_code

    assert [status(v) for v in (cast.guest, cast.rose)] == [404, 404]
    assert [status(v) for v in (cast.nina, cast.max, cast.ada)] == [200, 200, 200]


@pytest.mark.parametrize("viewer", ["guest", "rose", "nina"])
def test_an_address_is_never_shown_to_others(visit, cast, viewer):
    browser = visit(cast.person(viewer))

    pages = browser.read("/u/otto") + browser.read("/u") + browser.read("/g/staff")

    assert "otto@example.org" not in pages


def test_a_made_group_stands_on_a_profile_for_those_who_may_know(visit, cast):
    assert "/g/chess" in visit(cast.rose).read("/u/rose")
    assert "/g/chess" in visit(cast.max).read("/u/rose")
    assert "/g/chess" not in visit(cast.otto).read("/u/rose")
    assert "/g/chess" not in visit().read("/u/rose")


@pytest.mark.parametrize(
    ("viewer", "group", "status"),
    [
        ("guest", "staff", 200),
        ("guest", "chess", 404),
        ("otto", "chess", 404),
        ("rose", "chess", 200),
        ("max", "chess", 200),
        ("rose", "nothing", 404),
    ],
)
def test_a_group_page_opens_for_those_who_may_know(visit, cast, viewer, group, status):
    assert visit(cast.person(viewer)).get(f"/g/{group}").status_code == status


def test_guests_do_not_see_who_is_in_a_group(visit, cast):
    assert "@max" not in visit().read("/g/staff")
    assert "@max" in visit(cast.nina).read("/g/staff")


def test_the_directory_goes_page_by_page_without_a_gap(visit, cast):
    crowd(60)
    browser, seen, path = visit(), [], "/u"

    while path:
        page = browser.read(path)
        seen += [part.split("<")[0] for part in page.split('muted">@')[1:]]
        path = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else None
        path = path and path.replace("&amp;", "&")

    assert len(seen) == len(set(seen)) == 66
    assert seen == sorted(seen)


def test_the_directory_is_searched_by_name_and_company(visit, cast):
    with transaction():
        cast.otto.company = "Kerloden Instruments"
    browser = visit()

    assert "@otto" in browser.read("/u?q=KERLODEN")
    assert "@rose" not in browser.read("/u?q=kerloden")
    assert "@rose" not in browser.read("/u?q=%25")
    assert "No member with" in browser.read("/u?q=zzz")


def test_archive_authors_do_not_fill_the_directory(visit, cast):
    with transaction():
        cast.otto.staged = True

    assert "@otto" not in visit().read("/u")


def test_a_directory_of_three_costs_as_much_as_one_of_thirty(visit, cast, queries_made):
    def cost():
        browser = visit(cast.rose)
        with queries_made() as seen:
            browser.read("/u")
        return len(seen)

    few = cost()
    crowd(30)

    assert cost() == few <= 12


def test_a_profile_takes_few_statements(visit, cast, queries_made):
    browser = visit(cast.rose)

    with queries_made() as seen:
        browser.read("/u/nina")

    assert len(seen) <= 12
