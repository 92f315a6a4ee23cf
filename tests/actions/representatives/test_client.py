import threading
import time

import pytest
from django.db import connections

from actions.representatives import budget, client
from actions.representatives.download import DownloadError, download
from actions.representatives.records import RepresentBudget


@pytest.mark.django_db
@pytest.mark.parametrize(
    "mode", ["429", "500", "502", "503", "504", "html", "garbage", "half", "wrong-code", "redirect", "huge", "cut"]
)
def test_a_failing_represent_is_unavailable_and_tried_once(represent, mode):
    represent.mode = mode
    with pytest.raises(client.Unavailable):
        client.ridings_of("K1A0A6")
    assert len(represent.requests) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["drip", "drip-headers", "silent"])
def test_the_deadline_holds_against_a_slow_answer(represent, monkeypatch, mode):
    monkeypatch.setattr(client, "_LOOKUP_SECONDS", 0.6)
    represent.mode = mode
    began = time.monotonic()
    with pytest.raises(client.Unavailable, match="timeout"):
        client.ridings_of("K1A0A6")
    assert time.monotonic() - began < 2


def test_the_deadline_of_a_look_up_is_three_seconds():
    assert client._LOOKUP_SECONDS == 3


@pytest.mark.django_db
def test_nobody_listening_is_unavailable(settings):
    settings.REPRESENT_API_URL = "http://127.0.0.1:9"
    with pytest.raises(client.Unavailable):
        client.ridings_of("K1A0A6")


@pytest.mark.django_db
def test_an_exception_never_holds_the_postal_code(settings):
    settings.REPRESENT_API_URL = "http://127.0.0.1:9"
    with pytest.raises(client.Unavailable) as failure:
        client.ridings_of("K1A0A6")
    chain, error = [], failure.value
    while error:
        chain.append(str(error))
        error = error.__cause__ or error.__context__
    assert "K1A" not in " ".join(chain)


@pytest.mark.parametrize("url", ["http://169.254.169.254/", "https://example.org/", "file:///etc/passwd", "//x/"])
def test_only_configured_hosts_are_called(settings, url):
    settings.REPRESENT_API_URL = ""
    with pytest.raises(DownloadError, match="host not allowed"):
        download(url, deadline_seconds=1, max_bytes=10)


@pytest.mark.django_db
def test_five_failures_in_a_row_open_the_circuit_for_a_minute(represent, monkeypatch):
    represent.mode = "503"
    for _ in range(8):
        with pytest.raises(client.Unavailable):
            client.ridings_of("K1A0A6")
    assert len(represent.requests) == budget.FAILURES_TO_OPEN
    represent.mode = ""
    later = time.time() + 61
    monkeypatch.setattr(budget.time, "time", lambda: later)
    assert client.ridings_of("K1A0A6") == [35079]
    assert RepresentBudget.objects.get().failures == 0


@pytest.mark.django_db
def test_after_the_pause_only_one_call_tries_again(monkeypatch):
    for _ in range(budget.FAILURES_TO_OPEN):
        budget.failed()
    later = time.time() + 61
    monkeypatch.setattr(budget.time, "time", lambda: later)
    assert [budget.spend(), budget.spend(), budget.spend()] == [True, False, False]


@pytest.mark.django_db
def test_an_unknown_code_is_no_failure(represent):
    for _ in range(6):
        with pytest.raises(client.UnknownPostalCode):
            client.ridings_of("H0H0H0")
    assert RepresentBudget.objects.get().failures == 0


@pytest.mark.django_db
def test_the_budget_is_fifty_in_any_sixty_seconds(monkeypatch):
    clock = [1_000_000.0]
    monkeypatch.setattr(budget.time, "time", lambda: clock[0])
    assert sum(budget.spend() for _ in range(60)) == 50
    clock[0] += 59
    assert not budget.spend()
    clock[0] += 2
    assert sum(budget.spend() for _ in range(60)) == 50


@pytest.mark.django_db
def test_a_clock_that_was_set_back_does_not_stop_the_calls(monkeypatch):
    clock = [1_000_000.0]
    monkeypatch.setattr(budget.time, "time", lambda: clock[0])
    for _ in range(50):
        budget.spend()
    clock[0] -= 3600
    assert budget.spend()


@pytest.mark.django_db(transaction=True)
def test_threads_share_one_budget(monkeypatch):
    monkeypatch.setattr(budget, "CALLS_PER_MINUTE", 10)
    allowed, lock = [], threading.Lock()

    def spend_many():
        try:
            for _ in range(5):
                if budget.spend():
                    with lock:
                        allowed.append(1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=spend_many) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 10
