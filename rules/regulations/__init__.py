"""The study regulations of BPMA (Senate, 16 December 2009, minutes No 09/05) as explainable rules.

One module per section of the regulations; `registry.py` lists every rule, `clauses.py` every clause,
`processes.py` the ordered approvals, `readings/` what the text leaves open. JSON stops in `wire.py`.
The price list is `rules/fees`.
"""
