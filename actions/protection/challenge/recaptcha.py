"""Google's reCAPTCHA v2 by way of django-recaptcha; an outage is "nobody can say", never a failure of ours.

The package's own field sends the first X-Forwarded-For header to Google, catches no network error and waits as long as
bytes trickle in. So its widget is used, and its request, but not its field: nothing about the visitor is sent but the
answer of Google's own script.
"""

from __future__ import annotations

import http.client
import json
import logging
import queue
import threading
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django_recaptcha.client import recaptcha_request
from django_recaptcha.widgets import ReCaptchaV2Checkbox

from actions.protection.challenge.policy import RECAPTCHA_FIELD, ChallengeResult

log = logging.getLogger(__name__)

DEADLINE_SECONDS = 3.0  # in all: name resolution, connection and every byte of the answer
AT_ONCE = 4  # threads of this process that may wait for Google; the others say "unavailable" at once
LONGEST_ANSWER = 10_000
LONGEST_TOKEN = 4_096
# The visitor's doing; any other code is ours or Google's: https://developers.google.com/recaptcha/docs/verify
VISITORS_FAULTS = {"missing-input-response", "invalid-input-response", "timeout-or-duplicate"}
LANGUAGES = {"en": "en", "fr": "fr-CA", "zh-hant": "zh-HK"}

_free = threading.BoundedSemaphore(AT_ONCE)


def look_at_token(raw: str) -> ChallengeResult:
    """Return what Google says about the token, within DEADLINE_SECONDS. Call it outside any transaction."""
    if not raw:
        return ChallengeResult.MISSING
    if len(raw) > LONGEST_TOKEN:
        return ChallengeResult.WRONG
    if not _free.acquire(blocking=False):
        return ChallengeResult.UNAVAILABLE
    answers: queue.Queue[dict[str, Any]] = queue.Queue(maxsize=1)
    threading.Thread(target=_ask, args=(raw, answers), daemon=True, name="recaptcha").start()
    try:
        answer = answers.get(timeout=DEADLINE_SECONDS)
    except queue.Empty:
        answer = {"error-codes": ["no answer in time"]}
    return _judge(answer)


def widget(language: str) -> str:
    """Return the package's widget as HTML, by our own template: a button that loads Google's script when pressed."""
    box = ReCaptchaV2Checkbox(
        attrs={"data-sitekey": settings.RECAPTCHA_PUBLIC_KEY, "data-callback": "challengePassed"},
        api_params={"hl": LANGUAGES.get(language, "en")},
    )
    return box.render(RECAPTCHA_FIELD, None)


def what_pages_need() -> dict[str, list[str]]:
    """Return the sources that a page with the widget adds to its Content-Security-Policy.

    https://developers.google.com/recaptcha/docs/faq#im-using-content-security-policy-csp-on-my-website.-how-can-i-configure-it-to-work-with-recaptcha
    """
    host = f"https://{settings.RECAPTCHA_DOMAIN}/recaptcha/"
    return {
        "script-src": [host, "https://www.gstatic.com/recaptcha/", "https://www.gstatic.cn/recaptcha/"],
        "frame-src": [host],
    }


def _ask(raw: str, answers: queue.Queue[dict[str, Any]]) -> None:
    """In a thread of its own: the package's timeout starts anew with every packet."""
    form = urlencode({"secret": settings.RECAPTCHA_PRIVATE_KEY, "response": raw}).encode()
    try:
        with recaptcha_request(form) as response:
            answers.put(dict(json.loads(response.read(LONGEST_ANSWER))))
    except (OSError, ValueError, TypeError, RecursionError, http.client.HTTPException) as error:
        answers.put({"error-codes": [type(error).__name__]})
    finally:
        _free.release()


def _judge(answer: dict[str, Any]) -> ChallengeResult:
    if answer.get("success") is True:
        return ChallengeResult.PASSED
    codes = answer.get("error-codes")
    codes = {str(code)[:40] for code in codes} if isinstance(codes, list) else set()
    if codes and codes <= VISITORS_FAULTS:
        return ChallengeResult.WRONG
    log.error("reCAPTCHA is of no use now: %s", ", ".join(sorted(codes)))
    return ChallengeResult.UNAVAILABLE
