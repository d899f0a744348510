"""The shipped sample semester: invented people at an invented university, autumn 2026/27.

A folder in the form of `sac import`, which the demo imports when no other is given.
"""

from pathlib import Path

SAMPLE: Path = Path(__file__).resolve().parent
