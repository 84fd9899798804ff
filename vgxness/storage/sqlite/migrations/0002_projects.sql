-- Projects, the marks by which a workspace is known again, and the history of merges.

CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    name_folded TEXT NOT NULL,
    created_at TEXT NOT NULL,
    merged_into TEXT REFERENCES projects (id),
    CHECK (merged_into IS NULL OR merged_into <> id)
);

CREATE INDEX projects_by_name ON projects (name_folded);

CREATE INDEX projects_by_survivor ON projects (merged_into);

CREATE TABLE project_marks (
    kind TEXT NOT NULL CHECK (kind IN ('git-common-dir', 'git-remote', 'path')),
    value TEXT NOT NULL,
    folded TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (kind, value)
);

CREATE INDEX project_marks_by_folded ON project_marks (folded);

CREATE INDEX project_marks_by_project ON project_marks (project_id);

CREATE TABLE project_merges (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES projects (id),
    into_id TEXT NOT NULL REFERENCES projects (id),
    merged_at TEXT NOT NULL,
    merged_by TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT,
    CHECK (source_id <> into_id)
);

CREATE UNIQUE INDEX project_merges_in_force ON project_merges (source_id) WHERE undone_at IS NULL;

CREATE INDEX project_merges_by_into ON project_merges (into_id);
