"""Wagtail's users with our forms: https://docs.wagtail.org/en/stable/advanced_topics/customization/custom_user_models.html"""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(WagtailUsersAppConfig):
    user_viewset = "home.staff_names.StaffViewSet"
