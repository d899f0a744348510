"""Small real servers on loopback: Zoom, Moodle, SMTP, IMAP, and lecturers who answer.

For the demo and the tests. They speak the real protocols and know nothing of our code; nothing
here is imported by, or imports, the product. `server.py` assembles them, `control.py` is how a
checker looks inside, `testing.py` is how a test starts them.
"""
