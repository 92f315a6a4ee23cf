"""What the privacy room offers the others."""

from datetime import timedelta

from actions.privacy.retention import retire_all
from actions.registry import PeriodicJob, register_job

RETIREMENT = PeriodicJob(name="privacy.retire", every=timedelta(hours=1), run=retire_all)


def register() -> None:
    register_job(RETIREMENT)
