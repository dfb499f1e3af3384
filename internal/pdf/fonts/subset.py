#!/usr/bin/env python3
"""Make the embedded fonts from the full ones. See README.md beside this file.

usage: subset.py SERIF.ttf SANS_BOLD.ttf Unihan_OtherMappings.txt.bz2 OUTDIR
"""
import bz2
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

SLOT = 0xE000  # first private-use code point given to characters beyond the BMP

# Everything a document prints that is neither in GB 2312 nor an ideograph.
SIGNS = (
    [*range(0x20, 0x7F), *range(0xA0, 0x100)]  # ASCII, Latin-1
    + [*range(0x391, 0x3CA), *range(0x2010, 0x2028), *range(0x2030, 0x203F), 0x20AC]
    + [*range(0x2070, 0x2090), 0x2103, 0x2109, 0x2116, 0x2122, *range(0x2160, 0x2180), *range(0x2190, 0x219A)]
    + [0x2200, 0x2206, 0x2208, 0x220F, 0x2211, 0x2212, 0x221A, 0x221E, 0x2220, 0x2229, 0x222A, 0x2234, 0x2235]
    + [0x2248, 0x2260, 0x2261, 0x2264, 0x2265, 0x2266, 0x2267, 0x226E, 0x226F]
    + [*range(0x2460, 0x24B6), *range(0x2500, 0x2580), 0x25A0, 0x25A1, 0x25B2, 0x25B3, 0x25BC, 0x25BD, 0x25C6]
    + [0x25C7, 0x25CB, 0x25CE, 0x25CF, 0x2605, 0x2606, 0x2610, 0x2611, 0x2612, 0x2713, 0x2714, 0x2717, 0x2718]
    + [*range(0x3000, 0x3020), *range(0x3041, 0x30FF), *range(0x3220, 0x3244), *range(0x3280, 0x32B1)]
    + [*range(0x3380, 0x33E0), *range(0xFE30, 0xFE70), *range(0xFF01, 0xFF5F), 0xFFE0, 0xFFE1, 0xFFE3, 0xFFE5]
)
NAMES = [ord(c) for c in "垚㛃𬭚喆赟䶮犇淼堃𬭎"]


def charset(encoding):
    """Every two-byte character of a Chinese encoding: gb2312 is 6763 ideographs and signs, gbk 21003 ideographs."""
    for hi in range(0x81, 0xFF):
        for lo in range(0x40, 0xFF):
            try:
                yield ord(bytes((hi, lo)).decode(encoding))
            except (UnicodeDecodeError, TypeError):
                pass


def general_table(unihan):
    """The 8105 characters of 通用规范汉字表 (2013): Unihan property kTGH."""
    for line in bz2.open(unihan, "rt", encoding="utf-8"):
        if "\tkTGH\t" in line and line.startswith("U+"):
            yield int(line.split("\t")[0][2:], 16)


def ideograph(c):
    return 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF or c >= 0x20000


def transformed(font, name, source, width, matrix):
    """Add a glyph: source drawn through matrix."""
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(None)
    glyphs[source].draw(TransformPen(pen, matrix))
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (width, 0)
    font["vmtx"][name] = font["vmtx"][source]
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, getattr(font["glyf"][name], "xMin", 0))
    return name


def set_code(font, code, name):
    for table in font["cmap"].tables:
        if table.format in (4, 12) and (code < 0x10000 or table.format == 12):
            table.cmap[code] = name


def half_width(font):
    table = font["GSUB"].table
    lookups = [i for f in table.FeatureList.FeatureRecord if f.FeatureTag == "hwid" for i in f.Feature.LookupListIndex]
    out = {}
    for i in lookups:
        for sub in table.LookupList.Lookup[i].SubTable:
            out.update(getattr(sub, "ExtSubTable", sub).mapping)
    return out


def mend(font, slots):
    """Give the font what Chinese setting needs and the original lacks, and the private slots."""
    cmap = font.getBestCmap()
    # U+2014 is 0.89 em with side bearings: 破折号 —— would show a hole. Stretch the bar to a whole em.
    bar = font["glyf"][cmap[0x2015]]
    sx = 1000 / (bar.xMax - bar.xMin)
    set_code(font, 0x2014, transformed(font, "emdash.full", cmap[0x2015], 1000, (sx, 0, 0, 1, -bar.xMin * sx, 0)))
    # U+00B7 is a third of an em in the serif, an em in the sans: half an em in both.
    set_code(font, 0xB7, cmap[0xFF65])
    # Digits of the serif are of unequal width. Its half-width ones (feature hwid) are half an em each: they stand in
    # columns, and two of them take the square of one Han character.
    if font["hmtx"][cmap[ord("1")]][0] != font["hmtx"][cmap[ord("2")]][0]:
        for digit in map(ord, "0123456789"):
            set_code(font, digit, half_width(font)[cmap[digit]])
        cmap = font.getBestCmap()
    # CO₂, NH₃, m⁻³: no sub- and few superscripts in either font.
    for i, source in enumerate([*map(ord, "0123456789"), ord("+"), 0x2212]):
        digit, width = cmap[source], round(font["hmtx"][cmap[source]][0] * 0.62)
        for base, lift in ((0x2070, 345), (0x2080, -150)):
            if base + i not in cmap and not (base == 0x2070 and i in (1, 2, 3)):
                name = transformed(font, "script%X" % (base + i), digit, width, (0.62, 0, 0, 0.62, 0, lift))
                set_code(font, base + i, name)
    for c, slot in slots.items():
        if c in cmap:
            set_code(font, slot, cmap[c])
    font.getReverseGlyphMap(rebuild=True)


def cut(source, slots, codes, out):
    font = TTFont(source)
    mend(font, slots)
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep", "cvt ", "fpgm"]
    tool = subset.Subsetter(options)
    tool.populate(unicodes={slots.get(c, c) for c in codes})
    tool.subset(font)
    # gofpdf reads only format 4.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4 and t.platformID == 3]
    font["head"].modified = font["head"].created  # same input, same bytes
    font.recalcTimestamp = False
    font.save(out)
    size = Path(out).stat().st_size
    print(f"{out.name}: {len(font.getBestCmap())} characters, {size / 1e6:.2f} MB")


def main():
    serif, sans, unihan, out = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])
    have = set(TTFont(serif).getBestCmap())
    astral = sorted(c for c in have if c >= 0x20000)
    if len(astral) > 6400:
        raise SystemExit("more characters beyond the BMP than private slots")
    slots = {c: SLOT + i for i, c in enumerate(astral)}
    table = set(general_table(unihan))
    assert len(table) == 8105, len(table)
    text = set(charset("gb2312")) | table | set(SIGNS) | set(NAMES)
    rest = sorted(c for c in (set(charset("gbk")) | set(astral)) & have - text if ideograph(c))
    half = len(rest) // 2
    cut(serif, slots, text, out / "NotoSerifSC-Regular.ttf")
    cut(sans, slots, text, out / "NotoSansSC-Bold.ttf")
    cut(serif, slots, rest[:half], out / "NotoSerifSC-Rare1.ttf")
    cut(serif, slots, rest[half:], out / "NotoSerifSC-Rare2.ttf")
    (out / "astral.txt").write_text("".join(map(chr, astral)), encoding="utf-8")
    print("astral.txt:", len(astral), "characters; rest:", len(rest))
    print("not in the serif:", "".join(chr(c) for c in sorted(text - have) if ideograph(c)) or "no ideograph")


main()
