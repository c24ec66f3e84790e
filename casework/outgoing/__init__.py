"""What people take out as files: ledgers, lists, charts, rejected rows.

Each goes by `casework.core.files_out`.

How a workbook is drawn is `papers.ledgers`.
"""
