"""What leaves and enters on paper: letters, lists and ledgers out, workbooks in. Plain data in, bytes out,
and back.
"""
