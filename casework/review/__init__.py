"""The officer's review: conditions asked, findings, corrections.

What a condition says is `rules`; deciding is `casework.award`.
"""
