"""Everything outside: Zoom, Moodle, mail, documents, settings. Provider shapes stop here."""
