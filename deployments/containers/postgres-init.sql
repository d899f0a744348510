-- Prefect keeps its own tables apart from ours.
CREATE DATABASE prefect OWNER sac;
\connect prefect
CREATE EXTENSION IF NOT EXISTS pg_trgm;
