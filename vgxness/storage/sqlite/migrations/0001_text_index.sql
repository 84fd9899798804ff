-- Full-text search over the documents of every domain; `place` holds one token for the partition,
-- `extra` what the tokenizer can't find by itself (pairs of CJK characters, emoji, parts of identifiers).

CREATE TABLE text_document (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  partition TEXT NOT NULL
);

CREATE VIRTUAL TABLE text_index USING fts5 (
  place, title, key, body, extra,
  tokenize = 'porter unicode61 remove_diacritics 2'
);
