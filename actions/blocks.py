"""What an editor may put on a page: the content blocks, and the action blocks of each room."""

from home.blocks import ContentStreamBlock


class PageStreamBlock(ContentStreamBlock):
    """Content and action blocks together."""
