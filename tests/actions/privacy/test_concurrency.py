"""What must hold when several web processes do it at once; each thread has its own connection."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from actions.privacy.access import record_access
from actions.privacy.fingerprints import record_key_for
from actions.privacy.models import AccessLog, RecordKey

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def at_once(work, times):
    def one(index):
        try:
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(times)))


def test_everyone_gets_the_one_key_of_a_new_record():
    def ask(index):
        with transaction.atomic():
            return record_key_for("petition", index % 5)

    keys = at_once(ask, 40)
    assert len(set(keys)) == RecordKey.objects.count() == 5
    assert all(keys[index] == keys[index % 5] for index in range(40))


def test_entries_at_once_make_one_whole_chain():
    at_once(lambda index: record_access(user=None, verb="view", subject=str(index), reason="", count=1), 40)
    assert AccessLog.objects.count() == 40
    assert AccessLog.verify_chain() is None


def test_without_the_unique_link_the_chain_could_fork():
    """The control: two entries after the same one are refused by the database itself."""
    first = record_access(user=None, verb="view", subject="a", reason="", count=1)
    fork = AccessLog(verb="view", subject="b", count=1, previous_hash=first.previous_hash, hash="x")
    with pytest.raises(Exception, match=r"(?i)unique"):
        fork.save()
    connection.close()
