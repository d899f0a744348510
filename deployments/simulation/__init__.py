"""Study days in virtual time against the sandbox: scripted events, faults, kills, and a checker."""
