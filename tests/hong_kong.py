"""Chinese as Hong Kong writes it: words and signs that show that a text was written for somebody else."""

from __future__ import annotations

import re

# Characters that only simplified Chinese has.
SIMPLIFIED = frozenset(
    "们个这为国会议员来对说时发经过还没关开书电邮资讯网页认选赠请签团体区权与进动见长门问间闻马鱼鸟东车贝风飞头买卖读让识语谢谁"
    "调论证评词译试写听办护钥银销钟给边点应产业严丰临举义乐习乡"
)
# What Taiwan or the mainland says where Hong Kong has another word: 網絡, 軟件, 私隱, 電郵, 聯署, 國會下議院, 連結,
# 影片, 短訊, 資訊, 登入, 登記, 預設, 伺服器, 資料夾, 啟用, 意見, 郵政編碼, 電子通訊, 網誌, 網上, 文件, 聯絡, 搜尋,
# 載入, 選單, 滑鼠, 的士, 義工, 按.
FOREIGN = (
    *("網路", "網絡路", "軟體", "隱私", "電子郵件", "連署", "眾議院", "鏈接", "視頻", "短信", "簡訊", "信息", "登錄"),
    *(
        "注冊",
        "默認",
        "服務器",
        "文件夾",
        "激活",
        "反饋",
        "郵遞區號",
        "電子報",
        "部落格",
        "博客",
        "線上",
        "在線",
        "文檔",
    ),
    *("聯繫", "搜索", "加載", "菜單", "鼠標", "屏蔽", "計程車", "志願者", "志工", "透過", "郵件", "程式碼"),
)
CJK = "\u3400-\u9fff"
HALF_WIDTH = re.compile(rf"[{CJK}][,;:!?()]|[,;:!?()][{CJK}]|[{CJK}]\.(?:\s|$)")


def foreign_words(text: str) -> list[str]:
    """Return the words in it that Hong Kong does not use."""
    return [word for word in FOREIGN if word in text]


def simplified_signs(text: str) -> set[str]:
    return SIMPLIFIED & set(text)


def half_width_marks(text: str) -> list[str]:
    """Return the ASCII marks that touch a Chinese character; those of places for values do not count."""
    return [found[0] for found in HALF_WIDTH.finditer(re.sub(r"%\(\w+\)[sd]|<[^>]*>|\{[^}]*\}", "", text))]
