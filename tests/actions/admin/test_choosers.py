"""The buttons of choosers speak the language of whoever sees them, whenever the form was made."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from actions.campaigns.models import Campaign
from actions.petitions.admin import PetitionViewSet
from actions.petitions.blocks import PetitionBlock

WORDS = {"en": "Choose", "fr": "Choisir", "zh-hant": "選擇"}


@pytest.mark.parametrize("language", WORDS)
def test_in_a_form_and_in_a_block(language):
    with override("en"):
        form = PetitionViewSet().get_edit_handler().get_form_class()
        block = PetitionBlock().child_blocks["petition"].widget
    with override(language):
        words = str(Campaign._meta.verbose_name)
        shown = form().fields["campaign"].widget.render("campaign", None, {"id": "campaign"})
        assert str(block.choose_one_text).startswith(WORDS[language])
    assert WORDS[language] in shown
    assert words in shown
