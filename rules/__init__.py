"""What a policy says: pure functions over integers and dates.

No database, window or sentence is known here; the only format that is read is the packs' TOML.
"""
