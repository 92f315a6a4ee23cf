"""French and Chinese names of the parties in the House, which its files and Represent give in English only.

Names as on https://www.ourcommons.ca/members/fr/search ; a party that is missing keeps its own name in both languages.
"""

from __future__ import annotations

_FRENCH = {
    "Bloc Québécois": "Bloc Québécois",
    "Conservative": "Conservateur",
    "Green Party": "Parti vert",
    "Independent": "Indépendant",
    "Liberal": "Libéral",
    "NDP": "NPD",
    "People's Party": "Parti populaire",
}

# Hong Kong usage, for the card on Chinese pages; the names that are written as above.
_CHINESE = {
    "Bloc Québécois": "魁人政團",
    "Conservative": "保守黨",
    "Green Party": "綠黨",
    "Independent": "獨立議員",
    "Liberal": "自由黨",
    "NDP": "新民主黨",
    "People's Party": "人民黨",
}


def french_party_name(english: str) -> str:
    return _FRENCH.get(english, english)


def chinese_party_name(english: str) -> str:
    return _CHINESE.get(english, english)
