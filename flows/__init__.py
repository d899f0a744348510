"""Composition and order only. No tables, classes or module state: Prefect loads a flow file under a second name."""
