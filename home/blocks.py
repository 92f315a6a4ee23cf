"""The content blocks that every page offers; each is a few fields and a template in ``templates/blocks/``."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "link", "document-link", "ol", "ul"]
TEXT = _("Text")
PICTURE_AND_FACTS = _("Pictures and facts")
NEXT_STEPS = _("Next steps")
VIDEO_HOSTS = {"youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo"}


class LinkValue(blocks.StructValue):
    """Works out the address once: the page in the visitor's language, else the typed address, else nothing."""

    @property
    def url(self) -> str:
        page = self.get("page")
        if page and page.live:
            return page.localized.url or ""
        return self.get("address") or ""


class LinkBlock(blocks.StructBlock):
    """A page of ours or an address elsewhere, never both."""

    page = blocks.PageChooserBlock(
        required=False, label=_("Page"), help_text=_("A page of ours. Readers get it in their own language.")
    )
    address = blocks.URLBlock(
        required=False, label=_("Or an address elsewhere"), help_text=_("Only when it is not a page of ours.")
    )

    class Meta:
        icon = "link"
        value_class = LinkValue

    def __init__(self, local_blocks: Any = None, is_required: bool = True, **kwargs: Any) -> None:
        self.is_required = is_required
        super().__init__(local_blocks, **kwargs)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["page"] and value["address"]:
            message = ValidationError(_("Choose a page or type an address, not both."))
            raise StructBlockValidationError(block_errors={"address": message})
        if self.is_required and not self.is_deferred_validation and not (value["page"] or value["address"]):
            message = ValidationError(_("Choose a page or type an address."))
            raise StructBlockValidationError(block_errors={"page": message})
        return value


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label=_("Heading"), help_text=_("A few words that say what comes now."))

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        description = _("Starts a new part of the page.")
        preview_value = {"text": _("Why this matters now")}
        group = TEXT


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        description = _("Paragraphs with links, lists and small headings.")
        preview_value = _("<p>Parliament votes in three weeks. <b>A short letter from home</b> is counted.</p>")
        group = TEXT


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("Quotation"), rows=3, help_text=_("Someone’s own words, with their agreement; without quotation marks.")
    )
    attribution = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Who said it"),
        help_text=_("A name may put a family at risk: “a teacher in Richmond” is enough."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        description = _("Someone's own words, set large.")
        preview_value = {"text": _("I wrote because my riding should know."), "attribution": _("A teacher in Richmond")}
        group = TEXT


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("info", _("Good to know")), ("urgent", _("Urgent"))],
        default="info",
        help_text=_("“Urgent” is for what cannot wait; keep it rare."),
    )
    heading = blocks.CharBlock(
        required=False, max_length=80, label=_("Heading"), help_text=_("A few words. It may stay empty.")
    )
    text = blocks.RichTextBlock(features=["bold", "link"], label=_("Text"), help_text=_("One or two sentences."))

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "blocks/notice.html"
        description = _("A framed note: something to know, or something that cannot wait.")
        preview_value = {"kind": "urgent", "heading": _("Second reading"), "text": _("<p>The vote is on Tuesday.</p>")}
        group = TEXT


class CaptionedImageBlock(blocks.StructBlock):
    """The image block refuses a picture that is neither described nor marked as decoration."""

    image = ImageBlock(
        label=_("Picture"), help_text=_("Say what it shows for people who cannot see it, or mark it as decoration.")
    )
    caption = blocks.CharBlock(
        required=False, max_length=250, label=_("Caption"), help_text=_("Shown under the picture, to everybody.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/captioned_image.html"
        description = _("A picture with a description for people who cannot see it, and a caption for everyone.")
        preview_template = "blocks/captioned_image_preview.html"
        group = PICTURE_AND_FACTS


class FactBlock(blocks.StructBlock):
    number = blocks.CharBlock(max_length=16, label=_("Number"), help_text=_("As it should be read: 68 %, $25, 343."))
    label = blocks.CharBlock(
        max_length=120, label=_("What the number counts"), help_text=_("Such as: federal ridings.")
    )
    source = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Source"),
        help_text=_("Who counted. A number without a source convinces nobody."),
    )
    source_url = blocks.URLBlock(
        required=False, label=_("Link to the source"), help_text=_("Where readers can check it.")
    )

    class Meta:
        icon = "order"


class FactsBlock(blocks.StructBlock):
    facts = blocks.ListBlock(FactBlock(), min_num=1, max_num=6, label=_("Facts"), help_text=_("One to six numbers."))

    class Meta:
        icon = "order"
        label = _("Facts and figures")
        template = "blocks/facts.html"
        description = _("Up to six numbers, each with what it counts and where it comes from.")
        preview_value = {
            "facts": [
                {"number": "343", "label": _("federal ridings"), "source": "Elections Canada", "source_url": ""},
                {"number": "40 s", "label": _("to write a letter"), "source": "", "source_url": ""},
            ]
        }
        group = PICTURE_AND_FACTS


class VideoLinkValue(blocks.StructValue):
    @property
    def host(self) -> str:
        """The site that opens when the link is followed, by its usual name."""
        name = (urlsplit(self.get("url") or "").hostname or "").removeprefix("www.").removeprefix("m.")
        return VIDEO_HOSTS.get(name, name)


class VideoLinkBlock(blocks.StructBlock):
    """A card that opens the video elsewhere: nothing is loaded from its host before somebody chooses to go there."""

    title = blocks.CharBlock(
        max_length=120, label=_("Title"), help_text=_("What the video is about; it is what people follow.")
    )
    url = blocks.URLBlock(
        label=_("Address of the video"), help_text=_("Where it is watched, such as a page of YouTube or Vimeo.")
    )
    duration = blocks.CharBlock(required=False, max_length=20, label=_("Length"), help_text=_("For example: 4 min"))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video_link.html"
        description = _("A link to a video on another site. Nothing is loaded from there until somebody follows it.")
        preview_value = {"title": _("What the bill would change"), "url": "https://vimeo.com/1", "duration": "4 min"}
        value_class = VideoLinkValue
        group = PICTURE_AND_FACTS


class CallToActionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        required=False, max_length=80, label=_("Heading"), help_text=_("A few words. It may stay empty.")
    )
    text = blocks.TextBlock(
        required=False, max_length=300, rows=2, label=_("Text"), help_text=_("One or two sentences.")
    )
    button = blocks.CharBlock(
        max_length=60, label=_("Words on the button"), help_text=_("A verb says most: Join the alliance.")
    )
    link = LinkBlock(label=_("Where it leads"), help_text=_("A page of ours, or an address elsewhere."))
    style = blocks.ChoiceBlock(
        choices=[("quiet", _("Quiet")), ("strong", _("Strong"))],
        default="quiet",
        help_text=_("Keep the strong one for a page whose one purpose it is."),
    )

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "blocks/call_to_action.html"
        description = _("A sentence and a button that leads somewhere.")
        preview_value = {
            "heading": _("Bring your group"),
            "text": _("Toolkits, webinars and a seat at the table."),
            "button": _("Join the alliance"),
            "link": {"page": None, "address": "https://example.org/"},
            "style": "quiet",
        }
        group = NEXT_STEPS


class MemberGroupBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("Name"), help_text=_("As the group calls itself."))
    city = blocks.CharBlock(required=False, max_length=80, label=_("City"), help_text=_("Where it meets."))
    description = blocks.TextBlock(
        required=False,
        max_length=300,
        rows=2,
        label=_("What they do"),
        help_text=_("In a sentence. Ask the group first."),
    )
    url = blocks.URLBlock(required=False, label=_("Their site"), help_text=_("Its own site, if it wants to be found."))

    class Meta:
        icon = "group"


class MemberGroupsBlock(blocks.StructBlock):
    groups = blocks.ListBlock(
        MemberGroupBlock(), min_num=1, label=_("Member groups"), help_text=_("Each with its name and city.")
    )

    class Meta:
        icon = "group"
        label = _("Member groups")
        template = "blocks/member_groups.html"
        description = _("The groups of the alliance, with their city.")
        preview_value = {"groups": [{"name": _("Harbour Circle"), "city": "Vancouver", "description": "", "url": ""}]}
        group = NEXT_STEPS


class PrincipleBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=60, label=_("Principle"), help_text=_("One to three words."))
    text = blocks.TextBlock(
        max_length=240, rows=3, label=_("In one or two sentences"), help_text=_("What we mean by it.")
    )

    class Meta:
        icon = "pick"
        label = _("Principle")
        template = "blocks/principle.html"
        description = _("One thing that we stand for, with what we mean by it.")
        preview_value = {"title": _("Solidarity"), "text": _("We stand beside others who lost their freedom.")}


class ContentStreamBlock(blocks.StreamBlock):
    """What an editor may put on any page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    image = CaptionedImageBlock()
    facts = FactsBlock()
    video = VideoLinkBlock()
    call_to_action = CallToActionBlock()
    member_groups = MemberGroupsBlock()
