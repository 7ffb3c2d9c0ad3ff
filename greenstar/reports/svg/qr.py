"""A QR code as one path, so that it is sharp at any size."""

from greenstar.reports.svg.drawing import picture

_QUIET = 2  # modules around it, beside the white of its card


def qr_code(content: str, says: str) -> str:
    """The code of a text; always black on white, as readers expect it."""
    import segno  # noqa: PLC0415 - only a certificate has one

    code = segno.make_qr(content, error="m", mask=4, boost_error=False)  # to try all masks takes five times as long
    rows = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                rows.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    size = len(code.matrix) + 2 * _QUIET
    ground = f'<rect x="-{_QUIET}" y="-{_QUIET}" width="{size}" height="{size}" fill="#ffffff"/>'
    path = f'<path d="{"".join(rows)}" fill="#17231e"/>'
    return picture((-_QUIET, -_QUIET, size, size), says, (ground, path), css_class="qr")
