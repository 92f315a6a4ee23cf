"""What the readiness room does when the app is ready."""

from wagtail.signals import task_approved

from actions.readiness.alone import when_approved


def register() -> None:
    task_approved.connect(when_approved, dispatch_uid="readiness.approved")
