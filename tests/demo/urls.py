"""The site's addresses with those of the demo, which settings.test leaves out."""

from achk_site.demo.urls import urlpatterns as demo_urls
from achk_site.urls import handler400
from achk_site.urls import urlpatterns as site_urls

__all__ = ["handler400", "urlpatterns"]

urlpatterns = [*demo_urls, *(pattern for pattern in site_urls if pattern not in demo_urls)]
