import logging

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from actions.privacy.access import in_groups, record_access
from actions.privacy.models import AccessLog

pytestmark = pytest.mark.django_db


def entry(**changes):
    return record_access(
        **{"user": None, "verb": "view", "subject": "letters", "reason": "ticket 1", "count": 3} | changes
    )


def test_an_entry_keeps_the_name_when_the_account_goes():
    user = get_user_model().objects.create_user("wing", password="x")
    entry(user=user)
    user.delete()
    kept = AccessLog.objects.get()
    assert (kept.user, kept.username, kept.count) == (None, "wing", 3)
    assert AccessLog.verify_chain() is None


def test_nobody_signed_in_is_recorded_without_a_name():
    assert entry(user=AnonymousUser()).username == ""


def test_entries_can_be_neither_changed_nor_deleted():
    row = entry()
    for act in (row.save, row.delete, AccessLog.objects.all().delete, lambda: AccessLog.objects.update(count=0)):
        with pytest.raises(TypeError, match="append-only"):
            act()


@pytest.mark.parametrize("column", ["username", "verb", "subject", "reason", "count", "hash"])
def test_an_altered_entry_is_found(column):
    rows = [entry(subject=str(index)) for index in range(4)]
    assert AccessLog.verify_chain() is None
    AccessLog._base_manager.filter(pk=rows[1].pk).update(**{column: 9})
    assert AccessLog.verify_chain() == rows[1].pk


def test_a_missing_entry_is_found():
    rows = [entry(subject=str(index)) for index in range(4)]
    AccessLog._base_manager.filter(pk=rows[1].pk).delete()
    assert AccessLog.verify_chain() == rows[2].pk


def test_the_head_also_stands_in_the_process_log(caplog):
    with caplog.at_level(logging.INFO, logger="actions.privacy.access"):
        assert in_groups(entry().hash) in caplog.text
