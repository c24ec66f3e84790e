"""A bank's and the treasury's files: payments out by a template that is data, answers read and matched.

What a payment means for the books is `casework`; nothing here knows an office.
"""
