"""The demo: one study day replayed in a minute and a half, against servers of its own."""
