"""The program that typesets one document and ends: what hangs or eats memory can be killed and takes nobody along.

``press.py`` runs it as a file of its own, without Django and without the site's environment. The order comes as JSON on
standard input, the document leaves on standard output. It ends with 0 when there is one, else with 1 and without a
word, because a complaint would quote the text.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import typst

MEMORY = 2 << 30  # bytes of addresses; the worst letters take 140 MB, the rest is room for maps of fonts and code


def main() -> int:
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    if sys.platform == "linux":  # elsewhere the kernel refuses this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[order["fonts"]])
    compiler = typst.Compiler(order["template"], root=order["root"], font_paths=fonts)
    for options in order["options"]:
        document = _compiled(compiler, order["data"], options)
        if document:
            sys.stdout.buffer.write(document)
            return 0
    return 1


def _compiled(compiler: typst.Compiler, data: str, options: dict[str, Any]) -> bytes | None:
    try:
        found = compiler.compile(sys_inputs={"data": data}, **options)
    except (typst.TypstError, RuntimeError):
        return None
    return found if isinstance(found, bytes) else None  # a list: several pages where one picture was wanted


if __name__ == "__main__":
    sys.exit(main())
