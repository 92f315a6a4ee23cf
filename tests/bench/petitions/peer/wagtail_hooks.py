"""The table in Wagtail's admin, with as many rows on a page as our own list has."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from actions.staff.several import MOST_AT_ONCE
from tests.bench.petitions.peer.models import PeerSignature


class PeerSignatureViewSet(ModelViewSet):
    model = PeerSignature
    form_fields = ["name", "email", "postal_code", "riding", "language"]
    list_display = ["name", "email", "postal_code", "riding", "language", "created_at"]
    list_filter = ["language"]
    search_fields = ["email"]
    list_per_page = MOST_AT_ONCE
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def register_viewset() -> PeerSignatureViewSet:
    return PeerSignatureViewSet("signatures")
