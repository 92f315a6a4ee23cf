"""Hostile and merely unusual input by kind: what people, their programs and attackers really send.

Each list says what is expected of its entries. Text is written with escapes where an editor would hide or change it.
"""

from __future__ import annotations

# --- Names -----------------------------------------------------------------------------------------------------------
NAMES_KEPT = [
    "陳大文",
    "𨋢𠝹",  # beyond the basic plane, as in the Hong Kong character set
    "\U00020000", "Nguyễn Thị Ánh", "محمد علي", "אברהם", "Ζωή", "नीतू", "O'Brien", "D’Arcy", "Jean-Luc",
    "Chan Tai Man, Peter", "J. R. Smith", "A.P.J.Kalam", "St.John", "Null", "None", "True", "undefined", "NaN", "1",
    "Q", "ı", "ﬁona", "ＡＢＣ",
    "\ue000x",  # private use: still how some rare family names are typed
    "Mei \U0001f469\u200d\U0001f469\u200d\U0001f467", "Lee \U0001f1ed\U0001f1f0", "=1+1", "=HYPERLINK(0)",
    "+1 416 555 0100", "-2+3|cmd", "@SUM(1)", "＝1", "%s %(name)s %n", "{mp_name} {0}", "0x10 1e500",
    '"Prime Minister" <pm@pm.example>', "a@b.example, c@d.example; (e)", "Bob\\", "x" * 100, "文" * 100,
]  # fmt: skip
# typed -> what is kept of it
NAMES_CLEANED = {
    "e\u0301": "é",
    "\u202egnp.exe": "gnp.exe",
    "a\u200bb": "ab",
    "\ufeffBo": "Bo",
    "a\u2028b": "ab",
    "a\u061cb\u00adc\u180ed\u206ae": "abcde",
    "\ufff9a\ufffab\ufffbc\ufffe\uffff\ufdd0": "abc",
    "葛\U000e0101城": "葛\U000e0101城",  # which of two forms the family writes
    "A\U000e0041\U000e007f": "A",
    "  Lee \t  Wai\r\n\u3000Man ": "Lee Wai Man",
    "Bob\r\nBcc: v@v.example": "Bob Bcc: v@v.example",
    "Bob\nX-Evil: 1\n\nbody": "Bob X-Evil: 1 body",
    "a\x0b\x0c\x1b[31mb\x85c": "a[31mbc",
    "Z" + "\u0301" * 200: "Ź" + "\u0301" * 3,
    "Z" + "\u0301\u200d" * 50: "Ź" + "\u200d\u0301" * 3 + "\u200d",
    "e\u200b\u0301": "é",
}
NAMES_REFUSED = [
    "", " ", "\u3000\u00a0", "\u200b\u2060\ufeff", "\u200d", "---", "。", "\U0001f469\u200d\U0001f467", "x" * 101,
    "x" * 300, "http://evil.example", "HTTPS:evil", "Bob www.evil.example", "evil.com", "You won: win-it.top",
    "ｅｖｉｌ．ｃｏｍ", "evil.example/claim", "ev\u00adil.c\u00adom", "ｅｖｉｌ。ｃｏｍ", "win.evil.online", "evil.zip",
]  # fmt: skip

# --- What would be more than one header ------------------------------------------------------------------------------
HEADER_BREAKS = [
    "Hi\r\nBcc: victim@v.example", "Hi\nTo: victim@v.example", "Hi\rCc: victim@v.example", "Hi\n\n<html>",
    "Hi\x0bBcc: v@v.example", "Hi\x0cBcc: v@v.example", "Hi\x85Bcc: v@v.example", "Hi\u2028Bcc: v@v.example",
    "Hi\u2029Bcc: v@v.example", "Hi%0d%0aBcc: v@v.example", "=?utf-8?q?Hi=0D=0ABcc:_victim@v.example?=",
    "=?utf-8?b?SGkNCkJjYzogdkB2LmV4YW1wbGU=?=", "Subject: To: From:", 'Bob" <v@v.example>, "x', "Bob <v@v.example>",
    "Bob (comment) \\", "group: a@b.example, c@d.example;", "x" * 140, "漢" * 90,
]  # fmt: skip

# --- E-mail addresses ------------------------------------------------------------------------------------------------
LONG_DOMAIN = "@" + ".".join(["d" * 60] * 3) + ".example"
# typed -> where the mail goes
EMAILS_KEPT = {
    "tai.man+letters@writer.example": "tai.man+letters@writer.example",
    "Tai.Man@Writer.Example": "Tai.Man@writer.example",
    " tai@writer.example \t": "tai@writer.example",
    "ｔａｉ＠ｗｒｉｔｅｒ．ｅｘａｍｐｌｅ": "tai@writer.example",
    "tai＠writer.example": "tai@writer.example",
    "tai@writer.example\u200b": "tai@writer.example",
    "\u202atai@writer.example\u202c": "tai@writer.example",
    "\ufefftai@writer.example": "tai@writer.example",
    "o'brien@writer.example": "o'brien@writer.example",
    "!#$%&'*+-/=?^_`{|}~@writer.example": "!#$%&'*+-/=?^_`{|}~@writer.example",
    "=1+1@writer.example": "=1+1@writer.example",
    "1@writer.example": "1@writer.example",
    "postmaster@writer.example": "postmaster@writer.example",
    "tai@香港.example": "tai@xn--j6w193g.example",
    "tai@xn--j6w193g.example": "tai@xn--j6w193g.example",
    "tai@wrіter.example": "tai@xn--wrter-o2e.example",  # the і is Cyrillic: another domain, and shown as one
    "a" * 64 + "@writer.example": "a" * 64 + "@writer.example",
    "a" * 63 + LONG_DOMAIN: "a" * 63 + LONG_DOMAIN,  # 254 characters
}
EMAILS_REFUSED = [
    "", "tai", "@writer.example", "tai@", "tai@writer", "tai@.example", "tai@writer..example", "tai@-writer.example",
    "tai@writer.example.", "tai@@writer.example", "tai.@writer.example", ".tai@writer.example",
    "t..ai@writer.example", "tai man@writer.example",
    "tаi@writer.example",  # Cyrillic а
    "ταi@writer.example",  # Greek
    "陳@writer.example", "a" * 65 + "@writer.example",
    "a" * 64 + LONG_DOMAIN,  # 255 characters
    "a@" + "d" * 64 + ".example", "a" * 10_000 + "@writer.example", "tai@[127.0.0.1]", "tai@[IPv6:::1]",
    "tai@127.0.0.1", "tai@localhost", '"tai man"@writer.example', '"a@b"@writer.example',
    '"tai,victim@v.example"@writer.example', "tai@writer.example,victim@v.example",
    "tai@writer.example;victim@v.example", "tai@writer.example victim@v.example",
    "tai@writer.example\r\nBcc: victim@v.example", "tai@writer.example\nvictim@v.example",
    "tai@writer.example%0d%0aBcc:victim@v.example", "Tai <tai@writer.example>", "<tai@writer.example>",
    "mailto:tai@writer.example", "tai(comment)@writer.example", "@relay.example:tai@writer.example",
    "tai%victim@[v.example]", "tai@writer.example?cc=victim@v.example", "=?utf-8?q?tai=40writer.example?=",
    "tai@writer.example'--",
]  # fmt: skip
# Ours: a letter from there would answer itself. "{domain}" is the sender's.
EMAILS_OURS = ["letters@{domain}", "no-reply@{domain}", "x+y@{domain}", "X@{DOMAIN}", "x＠{domain}", "x@\u00ad{domain}"]
# "{local}" and "{domain}" are the MP's.
EMAILS_OF_THE_MP = [
    "{local}@{domain}",
    "{LOCAL}@{DOMAIN}",
    "{local}+supporter@{domain}",
    "{LOCAL}+a+b@{domain}",
    "{local}＠{domain}",
    "{local}@{domain}\u200b",
]
# One mailbox in several spellings.
SAME_MAILBOX = [
    ("a.b+x@gmail.com", "ab@googlemail.com"),
    ("Tai@Writer.Example", "tai@writer.example"),
    ("ｔａｉ＠ｗｒｉｔｅｒ．ｅｘａｍｐｌｅ", "tai@writer.example"),
    ("tai@香港.example", "tai@xn--j6w193g.example"),
]

# --- Text that some machine might run --------------------------------------------------------------------------------
SCRIPTS = [
    "<script>alert(1)</script>", "</textarea><script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>", '" autofocus onfocus=alert(1) x="', "' onmouseover='alert(1)", "` onclick=`alert(1)",
    "</title><svg><animate onbegin=alert(1)>", '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>', '<a href="java\tscript:alert(1)">x</a>',
    "<a href=&#106;avascript:alert(1)>x</a>", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "[x](javascript:alert(1))", "<style>*{background:url(//evil.example)}</style>",
    "<div style=width:expression(alert(1))>", "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<form action=//evil.example><button>x",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">', "<!--><script>alert(1)</script>-->",
    "<?xml version='1.0'?><x/>", "]]><script>alert(1)</script>", "</script><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "＜script＞alert(1)＜/script＞",
    "<scr\u0000ipt>".replace("\u0000", ""), "\\u003cscript\\u003e", "%3Cscript%3E",
]  # fmt: skip
TEMPLATES = [
    "{{7*7}}", "{{ request.META }}", "{% debug %}", "{% include 'admin/base.html' %}", "{u.__init__.__globals__}",
    "{0.__class__}", "{mp_name} {riding} {province} {bill_number} {bill_title}", "{}", "{", "%(name)s %s %d %", "%",
    "$name ${evil} $$", "<%= 7*7 %>", "#{7*7}", "${{<%[%'\"}}%\\", "*{7*7}",
]  # fmt: skip
DATABASES = [
    "' OR 1=1--", "'; DROP TABLE actions_letter;--", '" OR ""="', "1); SELECT pg_sleep(9)--", "\\' OR 1=1 --", "%_%",
    "*)(uid=*))(|(uid=*", '{"$gt": ""}', "\\x27\\x00", "E'\\\\x'", "$$; SELECT 1 $$",
]  # fmt: skip
TEXTS = [*SCRIPTS, *TEMPLATES, *DATABASES]

# --- Postal codes and ridings ----------------------------------------------------------------------------------------
# typed -> as it is kept
POSTAL_CODES_KEPT = {
    "K1A0A6": "K1A 0A6",
    "k1a 0a6": "K1A 0A6",
    "K1A-0A6": "K1A 0A6",
    " K 1 A 0 A 6 ": "K1A 0A6",
    "K1A\u00a00A6": "K1A 0A6",
    "K1A\u200b0A6": "K1A 0A6",
    "Ｋ１Ａ　０Ａ６": "K1A 0A6",
    "KIA OA6": "K1A 0A6",
    "K1A–0A6.": "K1A 0A6",
    "K1A/../0A6": "K1A 0A6",
}
POSTAL_CODES_REFUSED = [
    "", " ", "-", "K1A", "K1A 0A", "K1A 0A66", "D1A 1A1", "W1A 1A1", "K1O 1U1", "10001", "90210-1234", "SW1A 1AA",
    "999077", "香港",
    "К1А 0А6",  # Cyrillic
    "K1A 0A6' OR 1=1--", "K1A\n0A6\nK1A0A6", "%4B1A0A6", "٣٤٥", "x" * 5_000, "<script>",
]  # fmt: skip
RIDINGS_REFUSED = [
    "", "0", "-1", "+35079", "35079.0", "35079 OR 1=1", "3507", "99999", "035079", "0x8907", "3.5e4", "1_000", "１２",
    "３５０７９", "٣", "²", "abc", "none", "null", "9999999999999999999", "9" * 5_000, "<b>",
]  # fmt: skip

# --- Sums ------------------------------------------------------------------------------------------------------------
MONEY_REFUSED = [
    "", " ", "0", "-5", "\u22125", "0.001", "4.99", "NaN", "Infinity", "-Infinity", "1e3", "1e500", "1E1", "5_0", "٣٠",
    "２５．５５５", "0x19", str(2**63), "9" * 400, "5000.01", "25 USD", "HK$25", "25 HKD", "¥2500", "25,000,00", "25%",
    "25;50", "25\u202e", "1/0", "½", "=25", "25\n25", "--25", "25.0.0", "null", "[]", "true",
]  # fmt: skip

# --- Requests --------------------------------------------------------------------------------------------------------
PATHS = [
    "//evil.example/", "///evil.example/%2e%2e", "/\\evil.example", "/%2e%2e/%2e%2e/etc/passwd",
    "/en/../../etc/passwd", "/en/%2e%2e%2fadmin/", "/static/%2e%2e/%2e%2e/achk_site/wsgi.py", "/static/..%5c..%5cx",
    "/media/../var/db.sqlite3", "/en//act//letters//second-reading/", "/en/act/letters/second-reading/../../",
    "/en/act/letters/SECOND-READING/", "/en/act/letters/%E9%99%B3/", "/en/act/letters/" + "x" * 900 + "/",
    "/en/act/letters/'%20OR%201=1--/", "/en/act/letters/%3Cscript%3Ealert(1)%3C/script%3E/",
    "/en/act/letters/second-reading/send/", "/en/act/letters//", "/en/act/", "/en/%00/", "/en/a%0ab/",
    "/en/a%0d%0aSet-Cookie:x=1/", "/en/%ff/", "/en/%ed%a0%80/", "/en/%25/", "/en/[/", "/en/a?b?c/",
    "/en/;jsessionid=1", "/en-CA/", "/xx/", "/zh/", "/zh-hant-hk/", "/" + "x" * 10_000, "/" + "../" * 300,
    "/wp-login.php", "/.env", "/.git/config", "/api/v2/pages/", "/sitemap.xml",
    "/documents/99999999999999999999/x.pdf", "/documents/1/%2e%2e.pdf", "/en/_util/login/",
    "/en/_util/authenticate_with_password/99999999999999999999/1/",
    "/%F0%9F%87%AD%F0%9F%87%B0/",
]  # fmt: skip
QUERIES = [
    "%00", "q=%00", "q=%ff", "page=99999999999999999999", "page=-1", "page=%EF%BC%92", "page=1e9", "p=abc&page=",
    "page[]=1&page[$gt]=", "next=//evil.example/", "name=Canary&email=a@b.example",
    "form_token=x&intent=send&riding=35079", "<script>alert(1)</script>", "&&&===", "a=" + "x" * 5_000,
    "&".join(f"f{number}={number}" for number in range(10_000)), "format=json&callback=alert",
    "mode_token=x&revision=1&preview=1&in_preview_panel=true",
]  # fmt: skip
# Name -> values of a request header.
HEADERS = {
    "Accept-Language": ["", "*", ",;q=", "zh_Hant;q=x", "en" * 3_000, "fr;q=99", "../../etc", "en\u00e9", "x-" * 200],
    "Accept": ["", "text/html;q=\u00e9", "application/json", "*" * 8_000],
    "Accept-Encoding": ["gzip;q=-1", "x" * 1_000],
    "Cookie": [
        "sessionid=garbage; csrftoken=garbage",
        "csrftoken=garbage",
        "django_language=../../etc; sessionid=",
        "=;;==; \u00e9=\u00e9",
        "sessionid=" + "x" * 5_000,
        'a="\\000"',
        "messages=garbage",
    ],
    "If-None-Match": ['"x', "*", "W/" * 1_000],
    "If-Modified-Since": ["never", "Mon, 99 Foo 9999 99:99:99 GMT", "0"],
    "Range": ["bytes=-1", "bytes=0-99999999999999999999"],
    "X-Forwarded-For": ["127.0.0.1", "' OR 1=1--", "::ffff:1.2.3.4%eth0", ",,,", "x" * 2_000],
    "X-Forwarded-Host": ["evil.example"],
    "X-Forwarded-Proto": ["javascript"],
    "X-Http-Method-Override": ["DELETE"],
    "X-Original-Url": ["/admin/"],
    "Referer": ["http://[::1", "javascript:alert(1)"],
    "Origin": ["null", "http://[", "http://testserver.evil.example", "http://testserver:99999"],
    "Sec-Fetch-Site": ["cross-site"],
}
METHODS_REFUSED = ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "BREW"]
HOSTS_REFUSED = [
    "evil.example",
    "testserver.evil.example",
    "testserver@evil.example",
    "",
    "a b",
    "[::1",
    "testserver:x",
]
# Content type and body of a POST that none of our forms sends.
BODIES = [
    ("application/json", b'{"intent": "send"}'),
    ("text/plain", b"intent=send"),
    ("application/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ("application/x-www-form-urlencoded; charset=latin-1", b"name=%e9"),
    ("application/x-www-form-urlencoded", b"name=%00&intent=send"),
    ("application/x-www-form-urlencoded", b"name=%ff"),
    ("application/x-www-form-urlencoded", b"name=\xed\xa0\x80"),
    ("application/x-www-form-urlencoded", b"name=%ed%a0%80"),
    ("application/x-www-form-urlencoded", b"%00=x"),
    ("application/x-www-form-urlencoded", b"body=" + b"x" * 170_000),
    ("application/x-www-form-urlencoded", b"body=" + b"x" * 10_000_000),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(9_000))),
    ("application/x-www-form-urlencoded", b"\x1f\x8b\x08" + b"\x00" * 50),
    ("multipart/form-data", b"--x--"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    ("multipart/form-data; boundary=\u00e9", b"--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nc\r\n--x--',
    ),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\x00\r\n--x--'),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff\r\n--x--'),
]
CHARSETS = [
    "rot13", "hex", "zlib", "base64", "idna", "punycode", "undefined", "utf-16", "utf-7", "latin-1", '"', "x" * 500,
]  # fmt: skip


def damaged(token: str) -> list[str]:
    """What is left of a mailed token when it is not the token any more."""
    return [
        token[:-1],
        token[:39],
        token[::-1],
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        token[:32] + "/" + token[32:],
        "",
        "null",
        "0" * 64,
        "g" * 64,
        "０" * 64,
        "%27%20OR%201=1--",
        "../" * 20,
        "x" * 900,
    ]


def dressed(token: str) -> list[str]:
    """What mail programs make of a token that is still the token."""
    return [token.upper(), *(f"{token}{tail}" for tail in (".", ")", "=", "%20", ">", "%E3%80%82", "/.", "%22"))]
