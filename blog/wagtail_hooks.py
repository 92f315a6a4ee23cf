"""Adds the news to the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from blog.admin import SUBMENU_HOOK, ArticlesViewSet, TopicViewSet


@register_snippet
class NewsGroup(SnippetViewSetGroup):
    menu_label = _("News")
    menu_name = "news"
    menu_icon = "doc-full-inverse"
    menu_order = 140
    submenu_hook = SUBMENU_HOOK
    items = (TopicViewSet,)


@hooks.register("register_admin_viewset")
def articles() -> ArticlesViewSet:
    return ArticlesViewSet()
