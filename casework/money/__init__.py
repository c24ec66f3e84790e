"""The books: the ledger and its accounts, the counters of caps, budgets.

What a case may draw is decided in `casework.award`.
"""
