"""Lecturers' replies become numbers of attendees, and never a wrong one (process, steps 9 and 10).

`read_reply` is the only way in. The modules follow a message: `headers`, `parts` (and `html_text`),
`quoting` (and `letter`, `signature`), `lexer`, `items`, `clauses`, `statements`, `answers`. Storing
the mail, tokens and questions to people are the business of tasks and integrations.
"""

from rules.replies.reader import read_reply
from rules.replies.reasons import Reason
from rules.replies.verdict import ClassQuestion, Outcome, ReplyContext, Verdict

__all__ = ["ClassQuestion", "Outcome", "Reason", "ReplyContext", "Verdict", "read_reply"]
