"""Re-exports what Django must find; each model lives in the file that names it."""

from resources.event_pages import EventIndexPage, EventPage
from resources.index_page import ResourceIndexPage
from resources.library import ResourceFile, ResourcePage, ResourceTopic

__all__ = ["EventIndexPage", "EventPage", "ResourceFile", "ResourceIndexPage", "ResourcePage", "ResourceTopic"]
