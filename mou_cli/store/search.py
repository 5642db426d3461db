"""Finding by words, the one thing that each database does its own way.

Every word of what is asked must be the beginning of a word of the record. Both indexes take the folded words as they
are, split at spaces: no tokenizer, stemmer or query syntax has a say.
"""

from __future__ import annotations

from mou_cli.rules.fold import fold

_INDEX = {
    # The ascii tokenizer keeps every other letter as part of a word; detail=none is all that whole words need.
    "sqlite": """CREATE VIRTUAL TABLE search_index
        USING fts5(folded, content='search_text', content_rowid='id', tokenize='ascii', detail=none)""",
    "postgresql": """CREATE INDEX search_index
        ON search_text USING gin (array_to_tsvector(string_to_array(folded, ' ')))""",
}
_DROP = {"sqlite": "DROP TABLE IF EXISTS search_index", "postgresql": "DROP INDEX IF EXISTS search_index"}
_FILL = {"sqlite": "INSERT INTO search_index(search_index) VALUES ('rebuild')", "postgresql": "SELECT 1"}
# What the index is asked of, what an id is called there, and how it is asked.
_MATCHES = {
    "sqlite": ("search_index", "rowid", "search_index MATCH {words}"),
    "postgresql": (
        "search_text",
        "id",
        "array_to_tsvector(string_to_array(folded, ' ')) @@ CAST({words} AS tsquery)",
    ),
}
# PostgreSQL's query takes no more words, and its index no longer ones: what is recorded is cut at this length.
_MOST_WORDS = 500
LONGEST_WORD = 500
_JOIN = {"sqlite": '"{word}"*', "postgresql": "'{word}':*"}

# Only SQLite's index is a table that has to be told of every change.
REMOVE_WORDS = {
    "sqlite": """INSERT INTO search_index(search_index, rowid, folded)
        SELECT 'delete', id, folded FROM search_text WHERE noun = :noun AND key = :key"""
}
ADD_WORDS = {
    "sqlite": """INSERT INTO search_index(rowid, folded)
        SELECT id, folded FROM search_text WHERE id > :last"""
}


def build_index(dialect: str) -> tuple[str, str, str]:
    """Give the statements that make the index anew over all that is there."""
    return _DROP[dialect], _INDEX[dialect], _FILL[dialect]


def matching(dialect: str, parameter: str) -> tuple[str, str]:
    """Give what to select from, and the condition that it has the words of the parameter, made by `words_of`."""
    source, _identity, matches = _MATCHES[dialect]
    return source, matches.format(words=f":{parameter}")


def identities(dialect: str, parameter: str) -> str:
    """Give the SELECT of the search_text ids of what has the words of the parameter, made by `words_of`."""
    source, matches = matching(dialect, parameter)
    return f"SELECT {_MATCHES[dialect][1]} FROM {source} WHERE {matches}"  # noqa: S608 - fixed fragments


def tested(column: str, text: str) -> tuple[str, dict[str, object]]:
    """Give the fragment that folded text in a column has the words of a text, without the index, and its parameters.

    Only SQLite, which knows nothing of how common a word is, is ever asked so.
    """
    words = {f"begins{n}": f" {word}" for n, word in enumerate(dict.fromkeys(fold(text).split()))}
    return " AND ".join(f"instr(' ' || {column}, :{name}) > 0" for name in words), dict(words)


def words_of(dialect: str, text: str) -> str | None:
    """Give what is asked as the index's own query; None when it matches nothing: no word in it, or far too much."""
    joiner = " AND " if dialect == "sqlite" else " & "
    folded = dict.fromkeys(fold(text).split())
    if len(folded) > _MOST_WORDS or any(len(word) > LONGEST_WORD for word in folded):
        return None
    words = [_JOIN[dialect].format(word=word) for word in folded]
    return joiner.join(words) or None
