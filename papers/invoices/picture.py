"""The square codes on a picture: a scan or a photograph of an invoice, or a picture within an OFD."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from papers.invoices import square_code
from papers.invoices.invoice import Place
from papers.reading.unreadable import Unreadable

MOST_PIXELS = 60_000_000
"""A page of A4 at 600 points an inch has 35 million."""
FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP")
SMALLEST_SIDE = 900
"""Below it a code may be too small to be seen: the picture is looked at twice as large as well."""
_DECODED_PIXELS = 24_000_000


def codes(content: bytes, part: str = "") -> tuple[list[tuple[str, Place]], tuple[float, float]]:
    """The texts of the codes on a picture with their places, and its size in pixels.

    Raises:
        Unreadable: no picture or a cut one (``damaged``), or one of far too many pixels (``harmful``).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable("harmful", what="inflated")
            if picture.width * picture.height > _DECODED_PIXELS:
                picture.draft("L", (picture.width // 2, picture.height // 2))
            turned = ImageOps.exif_transpose(picture)
            grey = (turned or picture).convert("L")
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("harmful", what="inflated") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, EOFError) as error:
        raise Unreadable("damaged") from error
    found = _on(grey, 1, part)
    if not found and min(grey.size) < SMALLEST_SIDE:
        found = _on(grey.resize((grey.width * 2, grey.height * 2)), 2, part)
    return found, (float(grey.width), float(grey.height))


def _on(grey: Image.Image, times: int, part: str) -> list[tuple[str, Place]]:
    return [
        (text, Place(part, 1, tuple(float(edge / times) for edge in box)))  # type: ignore[arg-type]
        for text, box in square_code.on_picture(grey)
    ]
