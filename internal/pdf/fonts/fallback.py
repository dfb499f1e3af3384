#!/usr/bin/env python3
"""Make the fallback font out of Debian's Noto Serif CJK. See README.md beside this file.

usage: fallback.py NotoSerifCJK-Regular.ttc NotoSansCJK-Regular.ttc OUTDIR
OUTDIR holds the other fonts and astral.txt, which gets the new characters beyond the BMP at its end.
"""
import gzip
import io
import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

SLOT = 0xE000
NAMES = [ord(c) for c in "𠮷㼆"]  # asked for by name
SIGNS = [*range(0x2600, 0x2613), 0x260E, 0x260F, 0x2611, 0x2612, 0x2702, 0x2709, *range(0x2190, 0x2200),
         *range(0x2200, 0x2300), *range(0x2460, 0x2500), *range(0x25A0, 0x2600), *range(0x2776, 0x2794),
         *range(0x3000, 0x3040), *range(0x3200, 0x3400), *range(0x2E80, 0x2FE0), *range(0x2100, 0x2190)]


def simplified(path):
    """The face for Simplified Chinese of a collection."""
    for i in range(20):
        font = TTFont(path, fontNumber=i, lazy=True)
        if font["name"].getDebugName(4).split(" ")[3] == "SC":
            return font
    raise SystemExit("no SC face in " + path)


def box(pen, *crosses):
    """A ballot box of 0.76 em, and polygons in it. Neither font has one."""
    for sign, (x0, y0, x1, y1) in ((1, (120, -20, 880, 740)), (-1, (170, 30, 830, 690))):
        points = [(x0, y0), (x0, y1), (x1, y1), (x1, y0)][::sign]  # clockwise, and the hole the other way
        draw(pen, points)
    for points in crosses:
        draw(pen, points)


def draw(pen, points):
    pen.moveTo(points[0])
    for p in points[1:]:
        pen.lineTo(p)
    pen.closePath()


TICK = [(250, 360), (310, 415), (430, 270), (700, 600), (755, 550), (435, 150)]
CROSS = ([(270, 130), (225, 175), (730, 590), (775, 545)], [(225, 545), (270, 590), (775, 175), (730, 130)])
BALLOTS = {0x2610: (), 0x2611: (TICK,), 0x2612: CROSS}


def main():
    serif, sans, out = simplified(sys.argv[1]), simplified(sys.argv[2]), Path(sys.argv[3])
    astral = list((out / "astral.txt").read_text(encoding="utf-8"))
    have = {SLOT + i: c for i, c in enumerate(astral)}
    covered = set()
    for f in out.glob("Noto*.ttf"):
        covered |= {ord(have[c]) if c in have else c for c in TTFont(f).getBestCmap()}
    faces = [(serif, serif.getBestCmap(), serif.getGlyphSet()), (sans, sans.getBestCmap(), sans.getGlyphSet())]
    wanted = set(NAMES) | set(SIGNS) | set(range(0x3400, 0x4DC0)) | set(range(0x9FA6, 0xA000)) | set(range(0xF900, 0xFB00))
    beyond = {c for c in faces[0][1] if 0x20000 <= c < 0x2F800}
    wanted |= beyond
    cmap, glyphs, widths, sizes = {}, {".notdef": TTGlyphPen(None).glyph()}, {".notdef": (1000, 0)}, {}
    missing = []
    for c in sorted(wanted - covered):
        for font, table, outlines in faces:
            if c in table:
                break
        else:
            if c not in BALLOTS:
                missing.append(c)
                continue
        code = c
        if c >= 0x10000:
            code = SLOT + len(astral)
            astral.append(chr(c))
        name = "u%04X" % code
        pen = TTGlyphPen(None)
        if c in BALLOTS:
            box(pen, *BALLOTS[c])
        else:
            outlines[table[c]].draw(Cu2QuPen(pen, 3.0, reverse_direction=True))
        glyphs[name], cmap[code] = pen.glyph(), name
        widths[name] = (1000 if c in BALLOTS else outlines[table[c]].width, 0)
    assert SLOT + len(astral) <= 0xF900
    b = FontBuilder(1000, isTTF=True)
    b.setupGlyphOrder(list(glyphs))
    b.setupCharacterMap(cmap)
    b.setupGlyf(glyphs)
    b.setupHorizontalMetrics({n: (w, getattr(glyphs[n], "xMin", 0) or 0) for n, (w, _) in widths.items()})
    b.setupHorizontalHeader(ascent=880, descent=-120)
    b.setupNameTable({"familyName": "Casebook Fallback", "styleName": "Regular",
                      "licenseDescription": "SIL Open Font License 1.1. Outlines of Noto Serif CJK SC and Noto Sans CJK SC, quadratic."})
    b.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    b.setupPost(keepGlyphNames=False)
    font = b.font
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4 and t.platformID == 3]
    font["head"].created = font["head"].modified = 0  # same input, same bytes
    font.recalcTimestamp = False
    buf = io.BytesIO()
    font.save(buf)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as z:
        z.write(buf.getvalue())
    (out / "Fallback.ttf.gz").write_bytes(packed.getvalue())
    (out / "astral.txt").write_text("".join(astral), encoding="utf-8")
    print(f"Fallback.ttf.gz: {len(cmap)} characters, {len(buf.getvalue()) / 1e6:.2f} MB, packed {len(packed.getvalue()) / 1e6:.2f} MB")
    ext_a = [c for c in missing if 0x3400 <= c < 0x4DC0]
    print("signs that neither font has:", "".join(chr(c) for c in SIGNS if c in missing))
    print("Extension A without a glyph:", len(ext_a), "".join(map(chr, ext_a)), "| asked for:", "".join(chr(c) for c in NAMES if c in missing))


main()
