"""Keeps the objects in memory, and in one SQLite file when the stand-in shall outlive a restart."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from achk_site.demo.stripe.errors import missing

Json = dict[str, Any]

# Fields that lists filter by: with ten thousand gifts nobody may look at each of them.
INDEXED = ("payment_intent", "charge", "customer", "invoice", "subscription", "source", "status")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TABLES = """
    PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
    CREATE TABLE IF NOT EXISTS objects (id TEXT PRIMARY KEY, place INTEGER NOT NULL, body TEXT, notes TEXT);
    CREATE TABLE IF NOT EXISTS memory (name TEXT PRIMARY KEY, value TEXT);
"""


class Store:
    """Objects by id; ``notes`` beside an object hold what Stripe keeps to itself. Every use holds ``lock``."""

    def __init__(self, *, seed: str = "", data: Path | None = None) -> None:
        self.lock = threading.RLock()
        self._objects: dict[str, Json] = {}
        self._notes: dict[str, Json] = {}
        self._kinds: dict[str, dict[str, None]] = {}
        self._index: dict[tuple[str, str, str], dict[str, None]] = {}
        self._entries: dict[str, set[tuple[str, str, str]]] = {}
        self._places: dict[str, int] = {}
        self._dirty: set[str] = set()
        self._file = _open(data) if data is not None else None
        self.memory: Json = {"seed": seed or secrets.token_hex(8), "ids": 0, "place": 0, "offset": 0}
        self._written: Json = {}
        self._load()

    def new_id(self, prefix: str, *, length: int = 24) -> str:
        """Return an id that depends on the seed and on how many were made before only."""
        self.memory["ids"] += 1
        digest = hashlib.shake_256(f"{self.memory['seed']}:{prefix}:{self.memory['ids']}".encode())
        return f"{prefix}_" + "".join(_ALPHABET[byte % 62] for byte in digest.digest(length))

    def add(self, item: Json, **notes: Any) -> Json:
        self.memory["place"] += 1
        self._places[item["id"]] = self.memory["place"]
        self._objects[item["id"]] = item
        self._notes[item["id"]] = notes
        self._kinds.setdefault(item["object"], {})[item["id"]] = None
        return self.save(item)

    def save(self, item: Json) -> Json:
        """Mark a changed object as such; its identity stays."""
        self._dirty.add(item["id"])
        self._enter(
            item, {(item["object"], field, item[field]) for field in INDEXED if isinstance(item.get(field), str)}
        )
        return item

    def remove(self, item: Json) -> None:
        self._enter(item, set())
        del self._objects[item["id"]], self._kinds[item["object"]][item["id"]]
        self._dirty.add(item["id"])

    def _enter(self, item: Json, entries: set[tuple[str, str, str]]) -> None:
        """Move the object to its places in the index."""
        old = self._entries.get(item["id"], set())
        if entries == old:
            return
        for entry in old - entries:
            del self._index[entry][item["id"]]
        for entry in entries - old:
            self._index.setdefault(entry, {})[item["id"]] = None
        self._entries[item["id"]] = entries

    def notes(self, item: Json) -> Json:
        """Return the private notes of an object; save the object after changing them."""
        return self._notes[item["id"]]

    def get(self, kind: str, wanted: str, *, param: str = "id") -> Json:
        item = self._objects.get(wanted)
        if item is None or item["object"] != kind:
            raise missing(kind, wanted, param=param)
        return item

    def peek(self, wanted: str) -> Json | None:
        return self._objects.get(wanted)

    def oldest_first(self, kind: str, **wanted: str) -> list[Json]:
        """Return the objects of a kind whose fields have the wanted values."""
        entries = [self._index.get((kind, field, value), {}) for field, value in wanted.items() if field in INDEXED]
        ids = min(entries, key=len) if entries else self._kinds.get(kind, {})
        found = (self._objects[one] for one in ids)
        fitting = [item for item in found if all(item.get(field) == value for field, value in wanted.items())]
        return sorted(fitting, key=lambda item: self._places[item["id"]]) if entries else fitting

    def newest_first(self, kind: str) -> Iterator[Json]:
        return (self._objects[one] for one in reversed(self._kinds.get(kind, {})))

    def count(self, kind: str) -> int:
        return len(self._kinds.get(kind, {}))

    def place(self, wanted: str) -> int:
        """Return where in the order of creation an object stands."""
        return self._places[wanted]

    def write_down(self) -> None:
        """Write what changed to the file, all of it or nothing."""
        changed, self._dirty = self._dirty, set()
        # Ids of requests count up without an object; what they are called matters to nobody after a restart.
        remembered = {name: value for name, value in self.memory.items() if name != "ids"}
        if self._file is None or not (changed or remembered != self._written):
            return
        self._written = remembered
        with self._file:
            for one in changed:
                self._write(self._file, one)
            rows = [(name, json.dumps(value)) for name, value in self.memory.items()]
            self._file.executemany("INSERT OR REPLACE INTO memory VALUES (?, ?)", rows)

    def close(self) -> None:
        with self.lock:
            self.write_down()
            if self._file is not None:
                self._file.close()
                self._file = None

    def _write(self, file: sqlite3.Connection, one: str) -> None:
        item = self._objects.get(one)
        if item is None:
            file.execute("DELETE FROM objects WHERE id = ?", (one,))
            return
        row = (one, self._places[one], json.dumps(item), json.dumps(self._notes[one]))
        file.execute("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?)", row)

    def _load(self) -> None:
        if self._file is None:
            return
        self.memory |= {name: json.loads(value) for name, value in self._file.execute("SELECT * FROM memory")}
        last = self.memory["place"]
        for one, place, body, notes in self._file.execute("SELECT * FROM objects ORDER BY place"):
            self.add(json.loads(body), **json.loads(notes))
            self._places[one] = place
        self.memory["place"] = last
        self._dirty.clear()


def _open(data: Path) -> sqlite3.Connection:
    data.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(data / "stripe.sqlite3", check_same_thread=False)
    file.executescript(_TABLES)
    return file
