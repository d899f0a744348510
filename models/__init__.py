"""Tables and their queries, one file per aggregate. A session is handed in; nothing here talks to the outside."""
