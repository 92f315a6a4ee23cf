import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry

from actions.representatives.models import Recipient, Representative, Riding
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory

pytestmark = pytest.mark.django_db
MODELS = ["riding", "representative", "recipient"]


def address(model, view, *args):
    return reverse(f"wagtailsnippets_actions_{model}:{view}", args=args)


@pytest.fixture(autouse=True)
def _people():
    RepresentativeFactory(
        riding=RidingFactory(fed_num=35079, name_en="Ottawa Centre", aliases=["Old Name"]),
        first_name="Jo",
        last_name="Doe",
    )
    RepresentativeFactory(riding=RidingFactory(fed_num=24001, name_en="Elsewhere"), last_name="Roe", without_email=True)
    RidingFactory(fed_num=59001, name_en="Vacant Seat")
    RecipientFactory(name="Robin Example", senator=True)


def form_of(response):
    """What a browser would post back unchanged."""
    form = response.context["form"]
    posted = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, bool):
            posted |= {bound.html_name: "on"} if value else {}
        elif value is not None:
            posted[bound.html_name] = getattr(value, "pk", value)
    return posted


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_form_opens(admin_client, model):
    pk = {"riding": Riding, "representative": Representative, "recipient": Recipient}[model].objects.first().pk
    listed = admin_client.get(address(model, "list"))
    assert f'href="{address(model, "edit", pk)}"' in listed.content.decode()
    for url in (address(model, "add"), address(model, "edit", pk)):
        assert admin_client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("model", "query", "shown", "hidden"),
    [
        ("representative", "q=doe", "Jo Doe", "Roe"),
        ("representative", "q=ottawa", "Jo Doe", "Roe"),
        ("representative", "riding__province=QC", "Roe", "Jo Doe"),
        ("representative", "has_email=false", "Roe", "Jo Doe"),
        ("representative", "party_name_en=Independent", "Jo Doe", "no such"),
        ("riding", "has_member=false", "Vacant Seat", "Ottawa Centre"),
        ("riding", "q=ottawa", "Ottawa Centre", "Vacant Seat"),
        ("recipient", "role=senator", "Robin Example", "no such"),
        ("recipient", "q=nobody", "match your", "Robin Example"),
    ],
)
def test_editors_find_people_by_name_province_party_and_role(admin_client, model, query, shown, hidden):
    page = admin_client.get(f"{address(model, 'list')}?{query}").content.decode()
    table = page.partition("<main")[2]
    assert shown in table
    assert hidden not in table.partition("<table")[2]


def test_the_list_of_members_takes_the_same_queries_however_long_it_is(admin_client, django_assert_max_num_queries):
    for number in range(35200, 35230):
        RepresentativeFactory(riding=RidingFactory(fed_num=number))
    with django_assert_max_num_queries(40):
        admin_client.get(address("representative", "list"))


def test_changing_a_member_by_hand_locks_the_row(admin_client):
    person = Representative.objects.get(last_name="Doe")
    url = address("representative", "edit", person.pk)
    posted = form_of(admin_client.get(url)) | {
        "email": "by.hand@parl.example",
        "ottawa_phone": "1 613 555-0199",
        "letters_in": "fr",
    }
    assert admin_client.post(url, posted).status_code == 302
    person.refresh_from_db()
    assert (person.email, person.hill_phone, person.riding_phone) == (
        "by.hand@parl.example",
        "1 613 555-0199",
        "1 604 555-0100",
    )
    assert person.languages == ["fr", "en"]
    assert person.locked_by_editor


OWNERS = {"representative": Representative, "recipient": Recipient}


@pytest.mark.parametrize("model", OWNERS)
@pytest.mark.parametrize("domain", ["evil.ca", "parl.gc.ca.evil.ca", "evilparl.gc.ca", "x.parl.gc.ca", "gc.ca"])
def test_letters_cannot_be_diverted_to_another_domain(admin_client, model, domain):
    person = OWNERS[model].objects.exclude(email="").get()
    url = address(model, "edit", person.pk)
    response = admin_client.post(url, form_of(admin_client.get(url)) | {"email": f"me@{domain}"})
    assert "Letters only go to addresses at parl.gc.ca, sen.parl.gc.ca." in response.content.decode()
    assert OWNERS[model].objects.get(pk=person.pk).email == person.email


@pytest.mark.parametrize("model", OWNERS)
def test_a_changed_address_shows_in_the_log(admin_client, model):
    person = OWNERS[model].objects.exclude(email="").get()
    url = address(model, "edit", person.pk)
    assert admin_client.post(url, form_of(admin_client.get(url)) | {"email": "new@PARL.gc.ca"}).status_code == 302
    entry = ModelLogEntry.objects.get(object_id=person.pk, content_type__model=model)
    assert (entry.action, entry.user.username) == ("wagtail.edit", "admin")


@pytest.mark.parametrize("model", MODELS)
def test_an_editor_looks_at_whom_letters_go_to_and_changes_nothing(client, django_user_model, model):
    editor = django_user_model.objects.create_user("editor", password="secret")
    editor.groups.set(Group.objects.filter(name="Editors"))
    client.force_login(editor)
    pk = {**OWNERS, "riding": Riding}[model].objects.first().pk
    listed = client.get(address(model, "list")).content.decode()
    assert address(model, "inspect", pk) in listed
    assert address(model, "edit", pk) not in listed
    assert client.get(address(model, "inspect", pk)).status_code == 200
    for url in (address(model, "add"), address(model, "edit", pk)):
        assert client.get(url).status_code == 302
        assert client.post(url, {"email": "new@parl.gc.ca"}).status_code == 302
    assert not OWNERS["representative"].objects.filter(email="new@parl.gc.ca").exists()


def test_unticking_the_lock_gives_the_row_back_to_the_imports(admin_client):
    person = Representative.objects.get(last_name="Doe")
    Representative.objects.update(locked_by_editor=True)
    url = address("representative", "edit", person.pk)
    posted = form_of(admin_client.get(url))
    del posted["locked_by_editor"]
    assert admin_client.post(url, posted).status_code == 302
    person.refresh_from_db()
    assert not person.locked_by_editor


def test_saving_without_a_change_locks_nothing(admin_client):
    person = Representative.objects.get(last_name="Doe")
    before = Representative.objects.filter(pk=person.pk).values().get()
    url = address("representative", "edit", person.pk)
    assert admin_client.post(url, form_of(admin_client.get(url))).status_code == 302
    assert Representative.objects.filter(pk=person.pk).values().get() == before


def test_a_second_member_for_a_seat_is_refused_with_a_reason(admin_client):
    posted = {"first_name": "New", "last_name": "One", "riding": 35079, "is_current": "on"}
    response = admin_client.post(address("representative", "add"), posted)
    assert "Another member sits for this riding" in response.content.decode()
    assert not Representative.objects.filter(last_name="One").exists()


def test_other_names_of_a_riding_are_lines_of_text(admin_client):
    url = address("riding", "edit", 35079)
    posted = form_of(admin_client.get(url))
    assert admin_client.post(url, posted | {"aliases": "First\r\n\r\n  Second \r\n"}).status_code == 302
    assert Riding.objects.get(pk=35079).aliases == ["First", "Second"]


def test_the_number_of_a_riding_never_changes(admin_client):
    url = address("riding", "edit", 35079)
    admin_client.post(url, form_of(admin_client.get(url)) | {"fed_num": 35080})
    assert set(Riding.objects.values_list("pk", flat=True)) == {35079, 24001, 59001}


def test_a_number_of_another_province_is_refused(admin_client):
    posted = {"fed_num": 24002, "name_en": "Wrong", "province": "ON", "aliases": ""}
    response = admin_client.post(address("riding", "add"), posted)
    assert "not of that province" in response.content.decode()
    assert not Riding.objects.filter(pk=24002).exists()


@pytest.mark.parametrize("model", MODELS)
def test_nobody_deletes_what_letters_refer_to(admin_client, model):
    owner = {"riding": Riding, "representative": Representative, "recipient": Recipient}[model]
    count, pk = owner.objects.count(), owner.objects.first().pk
    admin_client.post(address(model, "delete", pk))
    bulk = reverse("wagtail_bulk_action", args=["actions", model, "delete"])
    admin_client.post(f"{bulk}?id={pk}&next=/admin/", {"confirm": "1"})
    assert owner.objects.count() == count
