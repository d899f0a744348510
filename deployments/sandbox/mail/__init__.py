"""SMTP in, a mailbox for everybody in memory, and the office's mailbox over IMAP."""
