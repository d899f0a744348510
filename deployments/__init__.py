"""Every way to start the product: command line, schedules, serving, demo, sandbox."""
