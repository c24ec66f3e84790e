"""SM2: the standard's own example, and what is not a signature."""

from __future__ import annotations

from papers.invoices import sm2

KEY = (
    0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
    0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
)
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
"""GB/T 32918.5, the example of a signature over "message digest"."""


def test_the_standards_example_fits_and_nothing_near_it_does() -> None:
    assert sm2.fits(KEY, b"message digest", R, S)
    assert not sm2.fits(KEY, b"message digesT", R, S)
    assert not sm2.fits(KEY, b"message digest", R + 1, S)
    assert not sm2.fits(KEY, b"message digest", R, S - 1)


def test_numbers_out_of_range_and_points_off_the_curve_fit_nothing() -> None:
    for r, s in ((0, S), (R, 0), (sm2.ORDER + R, S), (R, sm2.ORDER - R)):
        assert not sm2.fits(KEY, b"message digest", r, s)
    assert not sm2.fits((KEY[0], KEY[1] + 1), b"message digest", R, S)
    assert not sm2.fits((0, 0), b"", R, S)
