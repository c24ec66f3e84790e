"""Deciding: one bench over a position, in the ledger or in mind, for decisions, previews, pre-checks and
what-ifs.

Approval and what follows it is `casework.issuing`.
"""
