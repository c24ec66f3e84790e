"""The calculation without an office: a file of cases in, the same rows with their awards out.

Nothing here opens an office.
"""
