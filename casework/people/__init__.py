"""The people of an office: accounts, roles, signing in.

What a role may do stands in `casework.core.act_table`.
"""
