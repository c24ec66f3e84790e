"""E-invoices that are handed in: XML, OFD, PDF and scans read into one `invoice.Invoice` each, with where
every value came from, and what is wrong with them.

`read_many.read_many` is the door. What an invoice means for a claim is `casework`'s.
"""
