"""What the resources offer to the rooms of the actions."""

from actions import registry
from resources import readiness
from resources.event_pages import EventPage
from resources.library import ResourcePage


def register() -> None:
    registry.register_readiness(ResourcePage._meta.label, readiness.about_resource)
    registry.register_readiness(EventPage._meta.label, readiness.about_event_page)
