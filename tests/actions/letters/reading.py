"""Filling in the letter form by test: what a page offers to be posted on, and what stands on it."""

from __future__ import annotations

import re
from html import unescape

ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
URL = "/en/act/letters/second-reading/"
WRITER = {
    "name": "陳大文",
    "email": "tai-man@writer.example",
    "postal_code": "K1A 0A6",
    "street_address": "1 Invented Street",
    "own_words": "我的家人在香港。",
    "subject": "Please support C-400",
    "body": "Please vote for C-400.",
    "letter_language": "en",
    "riding": "35079",
}


def post(client, path, data, **extra):
    return client.post(path, data, **{**ORIGIN, **extra})


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of the page's first form of an action."""
    form = re.search(r"<form[^>]*data-action=.*?</form>", page, re.S)[0]
    tags = re.findall(r'<input type="hidden"[^>]*>', form)
    found = {}
    for tag in tags:
        value = re.search(r'value="([^"]*)"', tag)
        found[re.search(r'name="([^"]*)"', tag)[1]] = unescape(value[1]) if value else ""
    return found


def form_fields(page: str) -> dict[str, str]:
    """What a browser would send of the page's first form of an action: its inputs and text areas as they stand."""
    form = re.search(r"<form[^>]*data-action=.*?</form>", page, re.S)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        value = re.search(r'value="([^"]*)"', tag)
        found[re.search(r'name="([^"]*)"', tag)[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea name="(\w+)".*?>(.*?)</textarea>', form, re.S):
        found[name] = unescape(text).strip()
    return found


def body_of(page: str) -> str:
    return unescape(re.search(r'<textarea name="body".*?>(.*?)</textarea>', page, re.S)[1]).strip()


def words_of(page: str) -> str:
    """The page's text in one line, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
