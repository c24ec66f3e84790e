"""The open office, and how an act is written: the table of acts, who may, one transaction, one line in the
log.

What an act does to a case, to money or to rules lives in the rooms above.
"""
