"""Zoom's Meetings API v2 with Server-to-Server OAuth, as far as an office uses it."""
