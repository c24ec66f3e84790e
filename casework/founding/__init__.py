"""A new office, an older one brought up, the demonstration.

The schema itself is `models`.
"""
