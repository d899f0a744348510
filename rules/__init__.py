"""Pure functions and data: deadlines, plan, reconciliation, reply reading, fees, regulations. No clock, I/O, Prefect or SQL."""
