"""A form field says what it is, what is wrong with it and where, also to those who hear it."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from tests.factories.pages import CODES
from tests.home.reading import Reading


class SampleForm(forms.Form):
    name = forms.CharField(label="Your <name>", help_text="As it should stand.")
    email = forms.EmailField(label="E-mail")
    street_address = forms.CharField(required=False)
    riding = forms.ChoiceField(choices=[("1", "One"), ("2", "Two")], widget=forms.RadioSelect, help_text="Yours.")
    wants_updates = forms.BooleanField(label="Send me updates", help_text="Once a month.")

    def clean(self):
        raise forms.ValidationError("Too many at once.")


PAGE = Template(
    """{% load site_tags %}{% include "includes/error_summary.html" %}{% field form.name autocomplete="name" %}
    {% field form.email %}{% field form.street_address %}{% field form.riding %}{% field form.wants_updates %}"""
)


@pytest.fixture(params=CODES)
def language(request):
    with translation.override(request.param):
        yield request.param


def test_labels_hints_and_errors_belong_to_their_field(language):
    page = Reading(PAGE.render(Context({"form": SampleForm({"email": "no"})})))
    ids = page.ids()
    for tag, attributes in page.elements:
        for name in attributes.get("aria-describedby", "").split():
            assert name in ids, f"{tag} refers to {name}"
        if tag == "label":
            assert attributes["for"] in ids
    name = page.one("input", name="name")
    assert name["aria-invalid"] == "true"
    assert name["autocomplete"] == "name"
    assert name["aria-describedby"].split() == ["id_name_helptext", "id_name_error"]


def test_the_summary_links_to_every_wrong_field_once(language):
    page = Reading(PAGE.render(Context({"form": SampleForm({})})))
    targets = [link["href"].removeprefix("#") for link in page.all("a")]
    assert len(targets) == len(set(targets)) == 4
    assert set(targets) <= page.ids()


def test_errors_of_the_whole_form_are_in_the_summary(language):
    assert "Too many at once." in PAGE.render(Context({"form": SampleForm({})}))


def test_a_fresh_form_shows_no_error_and_nothing_ticked(language):
    html = PAGE.render(Context({"form": SampleForm()}))
    page = Reading(html)
    assert "error" not in html
    assert not [box for box in page.all("input") if "checked" in box]


def test_choices_are_a_group_with_a_name(language):
    page = Reading(PAGE.render(Context({"form": SampleForm({})})))
    assert len(page.all("legend")) == 1
    assert page.one("fieldset")["aria-describedby"] == "id_riding_helptext id_riding_error"
    assert len(page.all("input", type="radio")) == 2


def test_what_a_visitor_typed_is_kept_and_escaped(language):
    html = PAGE.render(Context({"form": SampleForm({"name": '"><script>'})}))
    assert "&quot;&gt;&lt;script&gt;" in html
    assert "Your &lt;name&gt;" in html
