"""What visitors are told about the text before them: that it follows a former text, and where the newest one is."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from actions.wordings.services import newer_text


class ShownText:
    """For a room's ask, which has read ``wordings`` in all languages and chosen the ``wording`` on the page."""

    wording: Any
    wordings: Any

    def alternates(self) -> dict[str, str]:
        raise NotImplementedError

    @cached_property
    def newer(self) -> Any:
        """The live text in another language that this one has not followed yet; None where it is up to date."""
        return newer_text(self.wording, self.wordings) if self.wording else None

    @property
    def newer_url(self) -> str:
        return self.alternates()[self.newer.language] if self.newer else ""

    def former_url(self, number: int) -> str:
        """The page of an earlier text, in the active language."""
        raise NotImplementedError

    @property
    def before_url(self) -> str:
        """The page of the text before the last change; blank where nobody acted on an earlier one.

        Blank too for a text that is itself behind: the page then leads to the newest one, which tells.
        """
        before = self.wording.text_before if self.wording and not self.newer else None
        return self.former_url(before) if before else ""
