"""A document that hangs, fails or eats memory costs only itself, and nothing of the site goes along with it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from actions.typesetting import press
from actions.typesetting.press import NotTypeset, typeset

PDF = {"format": "pdf"}


@pytest.fixture
def template(tmp_path):
    def make(text: str) -> Path:
        path = tmp_path / "sample.typ"
        path.write_text(text)
        return path

    return make


def play(monkeypatch, tmp_path, program: str) -> None:
    """Let a program of the test stand in for the one that typesets."""
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(press, "CHILD", child)


def test_a_template_gets_the_data_and_becomes_a_document(template):
    written = template("#let data = json(bytes(sys.inputs.data))\n#data.text")
    assert typeset(written, {"text": '#panic("x")'}, options=[PDF]).startswith(b"%PDF")


def test_what_hangs_is_killed_and_the_next_one_goes_on(template, monkeypatch, tmp_path):
    note = tmp_path / "pid"
    with monkeypatch.context() as patch:
        patch.setattr(press, "SECONDS", 1)
        play(patch, tmp_path, f"import os, time\nopen({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)")
        started = time.monotonic()
        with pytest.raises(NotTypeset, match="too long"):
            typeset(template("x"), {}, options=[PDF])
    assert time.monotonic() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
    assert typeset(template("x"), {}, options=[PDF]).startswith(b"%PDF")


def test_a_template_without_end_uses_up_its_processor_time_and_is_gone(template, monkeypatch):
    endless = "#let f(n, x) = if n == 0 { x } else { f(n - 1, 2 * x) + f(n - 1, 2 * x + 1) }\n#f(30, 0)"
    monkeypatch.setattr(press, "SECONDS", 1)
    with pytest.raises(NotTypeset):
        typeset(template(endless), {}, options=[PDF])


@pytest.mark.parametrize(
    "program", ["import sys; sys.exit(1)", "raise MemoryError", "import os; os.abort()", "pass", "not python"]
)
def test_whatever_goes_wrong_in_there_is_one_kind_of_error(template, monkeypatch, tmp_path, program):
    play(monkeypatch, tmp_path, program)
    with pytest.raises(NotTypeset):
        typeset(template("x"), {}, options=[PDF])


def test_a_machine_that_starts_no_program_is_the_same_error(template, monkeypatch):
    monkeypatch.setattr(press.sys, "executable", "/no/such/python")
    with pytest.raises(NotTypeset, match="FileNotFoundError"):
        typeset(template("x"), {}, options=[PDF])


def test_who_waits_too_long_for_a_press_is_told_so(template, monkeypatch):
    monkeypatch.setattr(press, "_places", BoundedSemaphore(1))
    monkeypatch.setattr(press, "SECONDS", 0)
    press._places.acquire()
    with pytest.raises(NotTypeset, match="no press is free"):
        typeset(template("x"), {}, options=[PDF])


def test_the_second_way_is_tried_when_the_first_does_not_work(template):
    emoji = template("#set document(title: [x])\n😀")
    accessible = {"format": "pdf", "pdf_standards": "ua-1"}
    with pytest.raises(NotTypeset):
        typeset(emoji, {}, options=[accessible])
    assert typeset(emoji, {}, options=[accessible, PDF]).startswith(b"%PDF")


def test_the_sites_secrets_stay_behind(template, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "canary")
    play(monkeypatch, tmp_path, "import os\nprint(dict(os.environ))")
    assert b"canary" not in typeset(template("x"), {}, options=[PDF])


def test_nothing_that_was_written_is_logged(template, caplog):
    with pytest.raises(NotTypeset):
        typeset(template("#panic(sys.inputs.data)"), {"text": "canary words"}, options=[PDF])
    assert "canary" not in caplog.text
    assert "sample.typ was not typeset" in caplog.text
