"""Texts that are read: those that mean something here, those that look as if they did, and any at all."""

from __future__ import annotations

from hypothesis import strategies as st

SENSIBLE = (
    *("whole", "2024-001", "2024-1", "uit", "adu", "University of Tromsø", "fair", "office-2026", "office-2026/1", "1"),
    *("5.1", "mdu-veterans-2025", "mdu-veterans-2025/5.1", "Norway", "NO", "Nordic", "memorandum", "exchange", "legal"),
    *("student-exchange", "active", "unstated", "signed", "open", "closed", "done", "planned", "tacit", "express"),
    *("2024-05-01", "2024-05", "2024", "--03-04", "1 May 2024", "01.05.2024", "today", "+90d", "eoy", "May", "05"),
    *("3y", "90d", "6m", "academic-year", "ends", "held", "country", "responsible", "type", "ref", "-ends", "partner"),
    *(
        "ref,partner,ends",
        "number,task",
        "key",
        "json",
        "table",
        "csv",
        "ics",
        "yaml",
        "markdown",
        "en",
        "az",
        "0",
        "1",
    ),
    *("2", "50", "Leyla Əliyeva", "North", "NORTH", "law", "a=1,b=2", "ror=00wge5k78", "Ann; Rector; uit", "continue"),
    *("fair-2024.pdf", "note.txt", "signed-original", "error", "warning", "vacant", "vacant:whole", "bash", "fish"),
    *("list.columns", "lead.task", "lead.exchange", "db", "alias", "acronym", "end", "notice", "task", "agreement"),
)
NUMBERS = (
    *("-1", "+1", " 1", "1 ", "1.5", "1e3", "0x10", "1_000", "9" * 9, "9" * 10, "9" * 30, "9" * 5000, "٣", "²", "Ⅷ"),
    *("½", "１２", "१२", "-0", "00", "NaN", "inf", "2147483648", "9223372036854775808", "-9223372036854775809"),
)
DATES = (
    *("2024-02-30", "2023-02-29", "0000-00-00", "0001-01-01", "9999-12-31", "2999-12-31", "1000-01-01", "10000-01-01"),
    *(
        "2024-13",
        "2024-W01",
        "2024-123",
        "--02-30",
        "--",
        "---",
        "05/06/2024",
        "٢٠٢٤-٠٥-٠١",
        "1 Maı 2024",
        "32.01.2024",
    ),
    *(
        "+99999999y",
        "-99999999d",
        "+0d",
        "999999999y",
        "1000000m",
        "0y",
        "-3y",
        "3y3y",
        "1.5y",
        "3 y",
        "y",
        "٣y",
        "eom",
    ),
    *("2024-05-01T10:00", "20240501", "2024-05-01Z", "tomorrow", "May 2999", "2999-12", "1000", "+3000y", "-3000y"),
)
SIGNS = (
    *("", " ", "\t", "\n", "\r\n", "\x00", "a\x00b", "\x1b[31m", "\x7f", "\x85", "\x9b", "\u202e", "\u200b", "\ufeff"),
    *("\ud800", "a\udcffb", "\ufffe", "\U0010ffff", "e\u0301", "İ", "ı", "ß", "ﷺ", "👩‍👩‍👧", "ə" * 400, "x" * 100_000),
    *("'", '"', "`", "\\", "%", "_", "*", "?", ";", ";;", ",", ",,", "=", "==", ":", "::", "/", "//", "#", "&", "|"),
    *("';--", "' OR 1=1 --", '")', "NEAR(a b)", "a AND b", ":key", "$1", "%s", "%(a)s", "{}", "{0}", "{a.b}", "{"),
    *(
        "[red]",
        "[/]",
        "[link=x]y[/link]",
        "=1+1",
        "@x",
        "-",
        "--",
        "---",
        "-x",
        "--help",
        "-h",
        "--version",
        "-f",
        "@a",
    ),
    *("<b>", "&amp;", "http://", "https://x", "HTTP://X/\x01", "javascript:x", "../x", "a;b;c;d", ";;uit", "null", "~"),
    *(
        "1,2,,3",
        "ref,ref",
        "ref, ,x",
        "Ref",
        "PARTNER",
        "no_such",
        "true",
        "NO",
        ".inf",
        "!!python/x",
        "*a",
        "&a",
        "<<",
    ),
    *(
        "1-3",
        "1/2/3",
        "a/",
        "/1",
        "./.",
        "2024-",
        "-001",
        "2024-0",
        "2024-99999999999",
        "9999-1",
        "vacant:",
        ":x",
        "a:b:c",
    ),
)
EDGES = st.sampled_from((*NUMBERS, *DATES, *SIGNS))
ANY = st.text(max_size=12) | st.text(st.sampled_from("0123456789-./: ymd+,;=%'\"[]{}()&*!|>#\\\n\x00ə²"), max_size=12)
TEXTS = st.sampled_from(SENSIBLE) | EDGES | ANY
LIKELY = st.one_of(st.sampled_from(SENSIBLE), st.sampled_from(SENSIBLE), TEXTS)
