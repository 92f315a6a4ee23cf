"""What an editor may put on a page: the content blocks, and the action blocks of each room."""

from wagtail import blocks

from actions.donations.blocks import DonationBlock
from actions.events.blocks import EventBlock
from actions.letters.blocks import LetterBlock
from actions.petitions.blocks import PetitionBlock
from actions.subscribers.blocks import SubscribeBlock
from home.blocks import ContentStreamBlock


class PageStreamBlock(ContentStreamBlock):
    """Content and action blocks together."""

    letter = LetterBlock()
    petition = PetitionBlock()
    donation = DonationBlock()
    subscribe = SubscribeBlock()
    event = EventBlock()


class OneActionBlock(blocks.StreamBlock):
    """An action by itself, as part of something bigger such as a toolkit."""

    letter = LetterBlock()
    petition = PetitionBlock()
    donation = DonationBlock()
    subscribe = SubscribeBlock()
