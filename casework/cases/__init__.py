"""What an application says: one table of its fields, the facts for the rules, versions, papers, providers.

How it came in is `casework.intake`; what was decided of it is `casework.award`.
"""
