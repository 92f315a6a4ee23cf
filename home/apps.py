"""The pages and settings that every site needs."""

from datetime import timedelta

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Pages"

    def ready(self) -> None:
        from actions.registry import PeriodicJob, register_job
        from home import choosers, pictures, staff_names
        from home.scheduling import publish_scheduled
        from home.translations import following, restrictions, submitting
        from home.uploads import storing

        register_job(PeriodicJob("home.publish_scheduled", timedelta(minutes=1), publish_scheduled))
        register_job(PeriodicJob("home.make_pictures", timedelta(minutes=1), pictures.make_ahead))
        choosers.connect()
        staff_names.connect()
        following.connect()
        restrictions.connect()
        submitting.connect()
        storing.connect()
