"""Texts that somewhere are an order: to a database, a terminal, a spreadsheet, a browser, a shell, a file's reader."""

from __future__ import annotations

from typing import Final

SQL: Final = (
    *(
        "'; DROP TABLE agreement; --",
        "x' OR '1'='1",
        "1); DELETE FROM agreement; --",
        "' UNION SELECT key FROM plan --",
    ),
    *("%", "_%_", "\\' OR 1=1", ":today", ":k0 --", "$1", "?1", "x/* */--", "'||(SELECT 1)||'", '" OR ""="', "`x`"),
    *(
        "E'\\\\x41'",
        "$$;DROP TABLE plan;$$",
        "x::int",
        "pg_sleep(9)",
        "NEAR(a b)",
        "a AND NOT b",
        "key:x*",
        "a & !b",
        "^x",
    ),
)
MARKUP: Final = (
    *(
        "[red]x[/red]",
        "[/]",
        "[link=https://evil.example]x[/link]",
        "[@click=app.bell]x[/]",
        ":smile: x",
        "x\\",
        "\\[x]",
    ),
    *("{x.__class__}", "{0}", "%s %(x)s %n", "${HOME}", "{{ x }}", "{% x %}"),
)
FORMULAS: Final = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://evil.example";"x")', "=cmd|' /C calc'!A0", "'=1+1"),
    *(
        '=IMPORTXML("http://evil.example";"//a")',
        '=WEBSERVICE("http://evil.example")',
        "+cmd|'/C x'!A0",
        '"=1+1"',
        ";=1",
    ),
    *('=DDE("cmd";"/C calc";"x")', "＝1+1", "\xa0=1+1 x", "x,=1+1", "x;=1+1"),
)
HTML: Final = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"onmouseover="alert(1)', "</td></tr><tr><td>x"),
    *(
        "javascript:alert(1)",
        "<a href='javascript:x'>x</a>",
        "</script><script>x",
        "]]>x",
        "<!-- x",
        "--> x",
        "&lt;x&gt;",
    ),
    *("&#x3c;script&#x3e;", "<svg/onload=x>", "<?xml version='1.0'?>", "data:text/html,<b>", "<style>*{}</style>"),
)
MARKDOWN: Final = (
    *(
        "| a | b |",
        "x | y",
        "x\\| y",
        "# x",
        "## x",
        "- x",
        "1. x",
        "> x",
        "---",
        "***x***",
        "_x_",
        "~~x~~",
        "`x`",
        "```x",
    ),
    *(
        "[x](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        "[x]: http://evil.example",
        "<http://evil.example>",
    ),
    *("[^1]", "- [ ] x", "=====", "+ x", "* x", "$x$", "x<br>y", "\\", "\\\\|"),
)
YAML: Final = (
    *(
        "!!python/object/apply:os.system [id]",
        "!x y",
        "&a x",
        "*a",
        "<<: *a",
        "x: y",
        "- x",
        "? x",
        "x #y",
        "# x",
        "{x: y}",
    ),
    *(
        "[x, y]",
        "|",
        ">",
        "---",
        "... x",
        "%YAML 1.1",
        "@x",
        "`x",
        "~",
        "null",
        "no",
        "0x10",
        "1e3",
        "12:30",
        "2024-01-01",
    ),
    *("=", "<<", "'x", '"x', ".nan", "0o17", "1_000", "on"),
)
JSON: Final = ('"', '\\"', '","key":"x', "\\u0022,", '"}]x', "\\u0000", "\\ud800", "//x", "/*x*/", "[1,2", '{"a":1}')
SHELL: Final = (
    *(
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned",
        "| touch pwned",
        "&& touch pwned",
        "> pwned",
        "x & y",
        "*",
        "~x",
    ),
    *(
        "x$(touch pwned)",
        "'$(touch pwned)'",
        '"$(touch pwned)"',
        "!touch pwned",
        "x\\ny",
        "-rf",
        "--help",
        "$IFS",
        "{a,b}",
    ),
    *("../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "CON", "a b"),
)
CALENDAR: Final = (
    *(
        "x\\nATTENDEE:mailto:x@evil.example",
        "BEGIN:VEVENT",
        "END:VCALENDAR",
        "x;y,z:w",
        "x\\;y\\,z",
        "SUMMARY:x",
        ":x",
        ";X=y",
    ),
    *('"x";LANGUAGE=en', "x\\N y", "ATTACH:http://evil.example", "^n ^'"),
)
ADDRESSES: Final = (
    *(
        "%(here)s",
        "%%",
        "%41%00",
        "postgresql://x:y@h/z",
        "?mode=memory",
        "#x",
        "x%20y",
        ":memory:",
        "file:x?mode=rw",
        "%n",
    ),
)
LINES: Final = (
    *(
        "x\nATTENDEE:mailto:x@evil.example",
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        "x\n=1+1",
        "x\n| y |",
        "x\n# y",
        "x\n- key: y",
    ),
    *(
        "x\n\n<script>y</script>",
        'x\n","y',
        "x\n---\ny",
        "x\n\ty",
        "x\n```\ny",
        "x\n    y",
        "x\n...\n%TAG ! y:",
        "x\n$(touch pwned)",
    ),
)
# No field takes these: what steers a terminal, turns or hides text, or no file can hold.
STEERING: Final = (
    *(
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x1b]8;;http://evil.example\x1b\\x\x1b]8;;\x1b\\",
        "\x1b]52;c;eA==\x07",
        "\x1bP$q\x1b\\",
    ),
    *(
        "\x1b[31mx",
        "\x9b31mx",
        "\x9d0;x\x9c",
        "\x00x",
        "x\x07",
        "x\x08",
        "x\x7f",
        "\x85x",
        "x\x0b",
        "x\x0c",
        "\x0ex",
        "x\x1a",
    ),
    *(
        "\u202ex",
        "x\u2066y",
        "x\u200by",
        "\u200fx",
        "x\u2028y",
        "\u2029x",
        "\ufeffx",
        "x\u2060y",
        "\u061cx",
        "\ufffex",
        "x\ufdd0",
    ),
)
KEPT: Final = (
    *(*SQL, *MARKUP, *FORMULAS, *HTML, *MARKDOWN, *YAML, *JSON, *SHELL, *CALENDAR, *ADDRESSES),
    *("x" * 200 + "|=<'", "ə̃İıß'\"<", "👩‍👩‍👧|'", "שלום | 'x'", "x\u200dy'"),
)
