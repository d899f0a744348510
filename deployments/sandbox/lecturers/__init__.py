"""Simulated lecturers: they read their letters as people do, teach, and answer with a number."""
