"""Set times: what is due appears and goes by itself, whole or not at all, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from actions.outbox.periodic import run_due_jobs
from actions.registry import jobs
from blog.models import NewsPage, Topic
from home import scheduling
from search.models import SearchEntry
from tests.factories.news import NewsTree, make_topic

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def news(tree):
    return NewsTree(tree)


def schedule(record, **times):
    """As an editor does: the draft has a time, and publishing it sets the clock."""
    now = timezone.now()
    for name, after in times.items():
        setattr(record, name, now + after)
    record.save_revision().publish()
    record.refresh_from_db()
    return record


def work(after: timedelta = timedelta()) -> None:
    """What the worker does at that time."""
    scheduling.publish_scheduled(timezone.now() + after)


@pytest.fixture
def later(monkeypatch):
    """Let Wagtail believe that it is two hours later, too: it looks at the clock itself."""

    def later() -> None:
        real = timezone.now
        monkeypatch.setattr("django.utils.timezone.now", lambda: real() + 2 * HOUR)

    return later


def test_the_worker_has_the_job_every_minute():
    (job,) = [job for job in jobs() if job.name == "home.publish_scheduled"]
    assert (job.every, job.run) == (timedelta(minutes=1), scheduling.publish_scheduled)


def test_an_article_appears_at_its_time_in_list_feed_front_page_and_search(news, client, later):
    article = schedule(news.add(slug="a", title="Lanterns tonight", live=False), go_live_at=HOUR)
    work()
    assert client.get("/en/news/a/").status_code == 404
    etag = client.get("/en/news/").get("ETag")
    later()
    assert "home.publish_scheduled" in run_due_jobs(timezone.now())
    article.refresh_from_db()
    assert article.live
    assert client.get("/en/news/a/").status_code == 200
    for path in ("/en/news/", "/en/news/feed/", "/en/", "/sitemap.xml", "/en/search/?q=lantern"):
        assert "/en/news/a/" in client.get(path).content.decode(), path
    assert client.get("/en/news/", headers={"if-none-match": etag or "x"}).status_code == 200


def test_an_article_goes_at_its_time_from_everywhere(news, client, later):
    schedule(news.add(slug="a", title="Lanterns tonight"), expire_at=HOUR)
    assert SearchEntry.objects.filter(title="Lanterns tonight").exists()
    later()
    run_due_jobs(timezone.now())
    assert client.get("/en/news/a/").status_code == 404
    assert NewsPage.objects.get(slug="a").expired
    for path in ("/en/news/", "/en/news/feed/", "/en/", "/sitemap.xml", "/en/search/?q=lantern"):
        assert "/en/news/a/" not in client.get(path).content.decode(), path


def test_texts_are_scheduled_as_pages_are(db, later):
    topic = schedule(make_topic("Parliament", live=False), go_live_at=HOUR)
    assert not topic.live
    later()
    work()
    topic.refresh_from_db()
    assert topic.live


def test_one_that_fails_is_logged_and_the_others_go_on(news, later, monkeypatch, caplog):
    first = schedule(news.add(slug="a", live=False), go_live_at=HOUR)
    schedule(news.add(slug="b", live=False), go_live_at=HOUR)
    later()
    publish = Revision.publish

    def fail(self, **kwargs):
        if self.object_id == str(first.pk):
            raise RuntimeError("secret words")
        return publish(self, **kwargs)

    monkeypatch.setattr(Revision, "publish", fail)
    work()
    assert list(NewsPage.objects.live().values_list("slug", flat=True)) == ["b"]
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
    monkeypatch.setattr(Revision, "publish", publish)
    work()
    assert NewsPage.objects.live().count() == 2


def test_a_worker_killed_half_way_leaves_it_waiting(news, later, monkeypatch):
    """Wagtail forgets the time before it saves the page; without a transaction it would never appear."""
    schedule(news.add(slug="a", live=False), go_live_at=HOUR)
    later()
    save = NewsPage.save

    class Killed(BaseException):
        pass

    def die(self, *args, **kwargs):
        raise Killed

    monkeypatch.setattr(NewsPage, "save", die)
    with pytest.raises(Killed):
        work()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    monkeypatch.setattr(NewsPage, "save", save)
    work()
    assert NewsPage.objects.get(slug="a").live


def test_two_workers_publish_once(news, later, monkeypatch):
    """The second one finds the row taken care of: it reads it again under the lock."""
    schedule(news.add(slug="a", live=False), go_live_at=HOUR)
    later()
    keys = list(Revision.objects.filter(approved_go_live_at__isnull=False).values_list("pk", flat=True))
    work()
    published_at = NewsPage.objects.get(slug="a").last_published_at
    scheduling._each(keys, lambda pk: scheduling._publish(timezone.now(), pk))
    assert NewsPage.objects.get(slug="a").last_published_at == published_at


def test_what_is_due_and_over_when_the_worker_comes_back_is_not_left_standing(news, later):
    schedule(news.add(slug="a", live=False), go_live_at=timedelta(minutes=5), expire_at=HOUR)
    later()
    work()
    assert not NewsPage.objects.get(slug="a").live
    assert Topic.objects.count() == 0
