"""What people take out as files: ledgers, lists, charts, rejected rows. Each goes by `casework.core.door`.

How a workbook is drawn is `papers.ledgers`.
"""
