"""Pages with text, rules and tables, in bundled fonts, as PDF/A.

What a letter says is `papers.letters`.
"""
