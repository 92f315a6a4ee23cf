"""Re-exports what Django must find; each model lives in the file that names it."""

from home.navigation import NavigationSettings
from home.pages import HomePage, StandardPage
from home.site_settings import SiteSettings

__all__ = ["HomePage", "NavigationSettings", "SiteSettings", "StandardPage"]
