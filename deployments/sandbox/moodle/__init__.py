"""Moodle's web services (REST and upload.php), as Moodle 4.5 answers a robot user."""
