"""Every public address of the site; actions and pages live under a language prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from achk_site.health import healthz, readyz
from achk_site.sitemap import sitemap
from achk_site.well_known import robots_txt, security_txt, to_best_language
from actions.donations.webhook import webhook
from home.routing import serve

handler400 = "actions.protection.stop_pages.bad_request"
handler403 = "achk_site.errors.forbidden"
handler404 = "achk_site.errors.not_found"
handler500 = "achk_site.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", to_best_language),
    path("healthz", healthz),
    path("readyz", readyz),
    path("robots.txt", robots_txt),
    path(".well-known/security.txt", security_txt),
    path("sitemap.xml", sitemap),
    path("act/petitions/", include("actions.petitions.urls_without_language")),
    path("stripe/webhook/", webhook, name="stripe_webhook"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.ANYMAIL.get("WEBHOOK_SECRET"):
    urlpatterns.append(path("anymail/", include("actions.outbox.provider_urls")))

if settings.DEMO:
    urlpatterns.append(path("", include("achk_site.demo.urls")))

urlpatterns += i18n_patterns(
    path("act/", include("actions.urls")),
    path("search/", include("search.urls")),
    path("subscribe/", include("actions.subscribers.urls")),
    # Wagtail's second log-in page would set a cookie on a public address; there is one way in for staff.
    path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)),
    # Wagtail's own pattern for pages, answered with fewer queries; its other addresses stay below.
    re_path(wagtail_urls.serve_pattern, serve),
    path("", include(wagtail_urls)),
)
