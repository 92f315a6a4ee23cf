"""Kill everything in the middle: whoever was answered has a signature and a mail, and the number is exact.

The web server is killed while forms come in and again while buttons are pressed; whoever got no answer tries again, as
people do. Two workers add up, and one is killed with it. Then signatures, mails and number must agree with what was
answered, and the number must be right within ten seconds of the last press.
"""

from __future__ import annotations

import json
import threading
import time

from tests.bench.contest import Result
from tests.bench.petitions.client import Answer, Request, ask, read_requests, send_all
from tests.bench.petitions.counting import count_path
from tests.bench.petitions.course import Course, Site
from tests.bench.processes import Child

LAG_TARGET = 10.0
GIVEN_UP_AFTER = 120.0


def run(name: str, course: Course) -> Result:
    """Prove it on the site with few signatures, with all that was signed there before."""
    site, before = course.few, course.few.do("figures")
    forms = course.new_forms(site, course.size.proof)
    answered = through_a_kill(course, site, forms)
    at_the_kill = compare(course, site, answered)
    unanswered = len(forms) - len(answered) - len(again(course, site, forms, answered))
    found = compare(course, site, forms)
    site.do("links", str(course.folder / "links.json"))
    presses = read_requests(course.folder / "links.json")
    unpressed, lag = press(course, site, presses, expected=before["told"] + len(presses))
    after = site.do("figures")
    limits = {
        "signers answered before kill -9 without a signature": (at_the_kill["lost"], 0),
        "signers never answered, or without a signature": (unanswered + found["lost"], 0),
        "signatures without a mail, or held": (found["without_mail"] + found["held"], 0),
        "signatures less mails": (abs(found["rows"] - found["mails"]), 0),
        "presses never answered": (unpressed, 0),
        "number less signatures, presses and ridings": (difference(before, after, len(presses)), 0),
        "seconds from the last press to the right number": (lag, LAG_TARGET),
    }
    note = f"killed after {len(answered):,} of {len(forms):,} forms and amid {len(presses):,} presses; two workers"
    return Result(name, {}, [], [note], {text: (float(value), float(most)) for text, (value, most) in limits.items()})


def difference(before: dict[str, int], after: dict[str, int], presses: int) -> int:
    """Return by how much what is told differs from the rows, the presses and the sum of the ridings; 0 when exact."""
    told, confirmed = after["told"] - before["told"], after["confirmed"] - before["confirmed"]
    return abs(told - confirmed) + abs(told - presses) + abs(after["drift"]) + after["waiting"]


def compare(course: Course, site: Site, requests: list[Request]) -> dict[str, int]:
    path = course.folder / "addresses.json"
    path.write_text(json.dumps([request.about for request in requests]))
    return dict(site.do("compare", str(path)))


def through_a_kill(course: Course, site: Site, requests: list[Request], *workers: Child) -> list[Request]:
    """Send all, kill the server (and the workers) when a half is answered, start it anew; return what was answered."""
    answers: list[Answer] = []
    how = {"connections": course.size.connections, "answers": answers}
    sender = threading.Thread(target=send_all, args=(site.running.port, requests), kwargs=how)
    sender.start()
    while len(answers) < len(requests) // 2 and sender.is_alive():
        time.sleep(0.005)
    site.running.kill()
    for worker in workers:
        worker.process.kill()
    sender.join()
    site.running.end()
    site.start()
    return [answer.request for answer in answers if answer.status == 303]


def again(course: Course, site: Site, requests: list[Request], answered: list[Request]) -> list[Request]:
    """Send what was not answered once more and return what is answered now."""
    done = {id(request) for request in answered}
    rest = [request for request in requests if id(request) not in done]
    answers = site.answers(rest, connections=course.size.connections)
    return [answer.request for answer in answers if answer.status == 303]


def press(course: Course, site: Site, presses: list[Request], *, expected: int) -> tuple[int, float]:
    """Press all buttons; return how many were never answered, and the seconds until the number was right."""
    workers = [new_worker(site), new_worker(site)]
    try:
        answered = through_a_kill(course, site, presses, workers[0])
        workers.append(new_worker(site))
        unpressed = len(presses) - len(answered) - len(again(course, site, presses, answered))
        return unpressed, seconds_until(site, expected)
    finally:
        for worker in workers:
            worker.end()


def new_worker(site: Site) -> Child:
    return Child("manage", "worker", "--skip-checks", env=site.env)


def seconds_until(site: Site, expected: int) -> float:
    """Return the seconds until the public number is the expected one; GIVEN_UP_AFTER when it never is."""
    began = time.monotonic()
    while time.monotonic() - began < GIVEN_UP_AFTER:
        if json.loads(ask(site.running.port, count_path(site)).body)["count"] == expected:
            return time.monotonic() - began
        time.sleep(0.1)
    return GIVEN_UP_AFTER
