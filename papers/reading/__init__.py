"""Files that come in: the guard, the child process, cells, headings and rows of a portal's workbook or CSV.

What a row means for the office is `casework.intake`.
"""
