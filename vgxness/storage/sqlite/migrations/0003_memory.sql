-- What agents and people remember. A place is 'personal', or 'project:' and a project's id.

CREATE TABLE memory_observation (
  id TEXT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN (
    'decision', 'discovery', 'bugfix', 'pattern', 'preference', 'config', 'session-summary', 'note')),
  title TEXT NOT NULL,
  topic_key TEXT,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  fingerprint TEXT NOT NULL,
  band_1 INTEGER,
  band_2 INTEGER,
  band_3 INTEGER,
  band_4 INTEGER,
  duplicates INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  forgotten_at TEXT
);

-- The topic key is the durable upsert key of a place.
CREATE UNIQUE INDEX memory_observation_topic ON memory_observation (place, topic_key)
  WHERE topic_key IS NOT NULL AND forgotten_at IS NULL;
CREATE INDEX memory_observation_newest ON memory_observation (place, updated_at, id);
CREATE INDEX memory_observation_kind ON memory_observation (place, kind, updated_at);
CREATE INDEX memory_observation_fingerprint ON memory_observation (place, fingerprint);
-- Texts that share most of their words agree in one of four bands.
CREATE INDEX memory_observation_band_1 ON memory_observation (band_1);
CREATE INDEX memory_observation_band_2 ON memory_observation (band_2);
CREATE INDEX memory_observation_band_3 ON memory_observation (band_3);
CREATE INDEX memory_observation_band_4 ON memory_observation (band_4);

-- Every content an observation ever had, the present one included.
CREATE TABLE memory_revision (
  observation_id TEXT NOT NULL REFERENCES memory_observation (id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at TEXT NOT NULL,
  provider TEXT NOT NULL,
  agent TEXT NOT NULL,
  session TEXT NOT NULL,
  run TEXT NOT NULL,
  trust TEXT NOT NULL CHECK (trust IN ('agent', 'terminal', 'imported')),
  PRIMARY KEY (observation_id, revision)
);

CREATE TRIGGER memory_revision_is_immutable BEFORE UPDATE ON memory_revision
BEGIN
  SELECT RAISE(ABORT, 'a revision of an observation never changes');
END;

CREATE VIEW memory_head AS
SELECT o.id, o.place, o.kind, o.title, o.topic_key, o.revision, o.duplicates, o.created_at, o.updated_at,
  o.last_seen, o.forgotten_at, r.content, r.provider, r.agent, r.session, r.run, r.trust
FROM memory_observation o JOIN memory_revision r ON r.observation_id = o.id AND r.revision = o.revision;

CREATE TABLE memory_relation (
  source_id TEXT NOT NULL REFERENCES memory_observation (id),
  kind TEXT NOT NULL CHECK (kind IN ('supersedes', 'conflicts-with')),
  target_id TEXT NOT NULL REFERENCES memory_observation (id),
  created_at TEXT NOT NULL,
  trust TEXT NOT NULL CHECK (trust IN ('agent', 'terminal', 'imported')),
  PRIMARY KEY (source_id, kind, target_id),
  CHECK (source_id <> target_id)
);
CREATE INDEX memory_relation_target ON memory_relation (target_id, kind);

CREATE TABLE memory_session (
  id TEXT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL,
  goal TEXT NOT NULL,
  provider TEXT NOT NULL,
  agent TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  draft TEXT NOT NULL DEFAULT '',
  summary_id TEXT REFERENCES memory_observation (id)
);
CREATE INDEX memory_session_newest ON memory_session (place, started_at, id);
CREATE INDEX memory_session_summary ON memory_session (summary_id);

-- What a save answered, by the digest of its idempotency key: a retry gets the same answer.
CREATE TABLE memory_answer (
  key_digest TEXT NOT NULL PRIMARY KEY,
  request_digest TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX memory_answer_age ON memory_answer (created_at);
