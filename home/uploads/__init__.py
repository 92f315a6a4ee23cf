"""What editors upload betrays nobody: each file is cleaned or refused before the site stores it.

``cleaning.cleaned`` is the one place; ``storing`` calls it wherever a file of a person is written, ``forms`` a moment
earlier, so that a refusal is a message beside the field. Why so: ``docs/decisions/0037-uploads-are-cleaned.md``.
"""
