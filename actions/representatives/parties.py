"""French names of the parties in the House, which its files and Represent give in English only.

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


def french_party_name(english: str) -> str:
    return _FRENCH.get(english, english)
