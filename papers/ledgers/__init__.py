"""Tables that go out: workbooks and CSV, a column in one line.

Which rows stand in them is said by `casework.outgoing`.
"""
