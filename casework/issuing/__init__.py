"""What follows a decision: publicity, approval, letters, vouchers, withdrawing and revoking.

The drawing of a letter is `papers.letters`; files leave by `casework.core.files_out`.
"""
