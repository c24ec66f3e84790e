"""Measures beside the peers, in one run: `python -m bench`."""
