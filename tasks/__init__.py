"""The eleven steps as plain functions: fetch, decide (rules), act (integrations), record (models)."""
