"""The price list of paid services as dated data, and the calculator that quotes from it.

Pure: the date of request is an argument. It errs by asking: what cannot be checked is said in a
warning, what only a person may settle is named as such, and what the order does not price is
refused with a code and a sentence; nothing is charged, waived or refused silently. Start at
`quoting.quote`; `orders/` holds one file per order of the rector.
"""
