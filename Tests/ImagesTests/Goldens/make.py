"""Writes Goldens.swift: tiny files of every form, and the pixels that they must give.

The pixels of PNG, BMP and PNM follow from how the files are made here, not from a decoder; those of JPEG, WebP and GIF
are Pillow's. Run with Pillow, numpy and libturbojpeg at hand."""
import base64, ctypes, io, random, struct, zlib
import numpy as np
from PIL import Image, ImageOps

rng = random.Random(7)
lines = []


def b64(data): return base64.b64encode(bytes(data)).decode()


def golden(name, file, pixels, tolerance=0):
    pixels = np.asarray(pixels)
    height, width = pixels.shape[:2]
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    lines.append(f"{name} {width} {height} {channels} {tolerance} {b64(file)} {b64(pixels.astype(np.uint8).tobytes())}")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(rows, depth):
    """Rows of samples to PNG scanlines, filter 0."""
    out = b""
    for row in rows:
        if depth == 16: body = b"".join(struct.pack(">H", v) for v in row)
        else:
            bits = "".join(format(v, f"0{depth}b") for v in row)
            bits += "0" * (-len(bits) % 8)
            body = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
        out += b"\0" + body
    return out


def png(samples, depth, color, interlaced=False, extra=b""):
    h, w, c = samples.shape
    if interlaced:
        data = b""
        for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
            part = samples[y0::dy, x0::dx]
            if part.size: data += packed(part.reshape(part.shape[0], -1).tolist(), depth)
    else:
        data = packed(samples.reshape(h, -1).tolist(), depth)
    head = struct.pack(">IIBBBBB", w, h, depth, color, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def to8(samples, depth):
    return samples >> 8 if depth == 16 else samples * 255 // (2 ** depth - 1)


W, H = 11, 9
npr = np.random.default_rng(5)
for interlaced in (False, True):
    mark = "-interlaced" if interlaced else ""
    for color, kind, channels, depths in [(0, "gray", 1, (1, 2, 4, 8, 16)), (2, "rgb", 3, (8, 16)), (4, "gray-alpha", 2, (8, 16)), (6, "rgba", 4, (8, 16))]:
        for depth in depths:
            s = npr.integers(0, 2 ** depth, (H, W, channels))
            want = to8(s, depth)
            want = want[:, :, 0] if channels < 3 else want[:, :, :3]
            golden(f"png-{kind}-{depth}{mark}", png(s, depth, color, interlaced), want)
    for depth in (1, 2, 4, 8):
        n = 2 ** depth
        s = npr.integers(0, n, (H, W, 1))
        pal = npr.integers(0, 256, (n, 3))
        plte = chunk(b"PLTE", pal.astype(np.uint8).tobytes())
        golden(f"png-palette-{depth}{mark}", png(s, depth, 3, interlaced, plte), pal[s[:, :, 0]])
        trns = chunk(b"tRNS", bytes([0, 128]))
        golden(f"png-palette-trns-{depth}{mark}", png(s, depth, 3, interlaced, plte + trns), pal[s[:, :, 0]])
s = npr.integers(0, 256, (H, W, 1))
golden("png-gray-trns-8", png(s, 8, 0, extra=chunk(b"tRNS", struct.pack(">H", int(s[0, 0, 0])))), s[:, :, 0])
s = npr.integers(0, 256, (H, W, 3))
golden("png-rgb-trns-8", png(s, 8, 2, extra=chunk(b"tRNS", struct.pack(">HHH", *map(int, s[0, 0])))), s)
golden("png-rgb-gamma-8", png(s, 8, 2, extra=chunk(b"gAMA", struct.pack(">I", 100000))), s)

# A smooth picture for the lossy formats.
yy, xx = np.mgrid[0:19, 0:23]
smooth = np.stack([xx * 10, yy * 12, 255 - xx * 5 - yy * 5], 2).astype(np.uint8)
picture = Image.fromarray(smooth)


def saved(image, kind, **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def pillow(data): return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


for name, how in [("444", dict(subsampling=0)), ("422", dict(subsampling=1)), ("420", dict(subsampling=2)), ("progressive", dict(progressive=True)), ("restart", dict(restart_marker_blocks=1)), ("rgb", dict(keep_rgb=True)), ("420-progressive", dict(progressive=True, subsampling=2))]:
    data = saved(picture, "JPEG", quality=90, **how)
    golden("jpeg-" + name, data, pillow(data), 2)
data = saved(picture.convert("L"), "JPEG", quality=90)
golden("jpeg-gray", data, np.asarray(Image.open(io.BytesIO(data))), 1)
data = saved(picture.convert("L"), "JPEG", quality=90, progressive=True)
golden("jpeg-gray-progressive", data, np.asarray(Image.open(io.BytesIO(data))), 1)
cmyk = saved(picture.convert("CMYK"), "JPEG", quality=95)
golden("jpeg-cmyk-adobe", cmyk, pillow(cmyk), 2)
at = cmyk.index(b"\xff\xee")
bare = cmyk[:at] + cmyk[at + 2 + struct.unpack(">H", cmyk[at + 2:at + 4])[0]:]
stored = 255 - np.asarray(Image.open(io.BytesIO(cmyk))).astype(int)  # Pillow has inverted them
golden("jpeg-cmyk-plain", bare, ((255 - stored[:, :, :3]) * (255 - stored[:, :, 3:]) + 127) // 255, 2)
tj = ctypes.CDLL("libturbojpeg.so.0")
tj.tjInitCompress.restype = ctypes.c_void_p
handle = ctypes.c_void_p(tj.tjInitCompress())
inks = np.dstack([smooth, np.full((19, 23), 200, np.uint8)]).copy()
buffer, size = ctypes.c_void_p(), ctypes.c_ulong()
assert tj.tjCompress2(handle, inks.ctypes.data_as(ctypes.c_void_p), 23, 0, 19, 11, ctypes.byref(buffer), ctypes.byref(size), 0, 95, 0) == 0
ycck = ctypes.string_at(buffer, size.value)
golden("jpeg-ycck", ycck, (inks[:, :, :3].astype(int) * 200 + 127) // 255, 8)

for name, image, how in [("lossless", picture, dict(lossless=True)), ("lossy", picture, dict(quality=80))]:
    data = saved(image, "WEBP", **how)
    golden("webp-" + name, data, pillow(data), 1)
rgba = Image.fromarray(np.dstack([smooth, (xx * 11).astype(np.uint8)]))
for name, how in [("rgba-lossless", dict(lossless=True, exact=True)), ("rgba-lossy", dict(quality=80))]:
    data = saved(rgba, "WEBP", **how)
    golden("webp-" + name, data, np.asarray(Image.open(io.BytesIO(data)))[:, :, :3], 1)

# The same small picture lying in eight ways.
small = Image.fromarray(npr.integers(0, 256, (3, 5, 3)).astype(np.uint8))
blocks = Image.fromarray(np.kron(npr.integers(0, 256, (2, 3, 3)), np.ones((8, 8, 1))).astype(np.uint8))
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[274] = orientation
    for kind, image, how, tolerance in [("png", small, {}, 0), ("webp", small, dict(lossless=True), 0), ("jpeg", blocks, dict(quality=95, subsampling=0), 3)]:
        data = saved(image, kind.upper(), exif=exif.tobytes(), **how)
        golden(f"{kind}-orientation-{orientation}", data, np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")), tolerance)


def bmp(w, h, bits, rows, compression=0, palette=b"", masks=b"", header=40, topdown=False, used=0):
    if header == 12: head = struct.pack("<IHHHH", 12, w, h, 1, bits)
    else: head = struct.pack("<IiiHHIIiiII", header, w, -h if topdown else h, 1, bits, compression, 0, 2835, 2835, used, 0)
    if header > 40: head = (head + masks).ljust(header, b"\0"); masks = b""
    start = 14 + len(head) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + head + masks + palette + rows


def bmprows(values, bits, topdown=False):
    """Rows of whole pixels of `bits` bits, padded to four bytes."""
    out = []
    for row in values:
        if bits < 8:
            text = "".join(format(int(v), f"0{bits}b") for v in row)
            text += "0" * (-len(text) % 8)
            body = bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))
        else: body = b"".join(int(v).to_bytes(bits // 8, "little") for v in row)
        out.append(body + b"\0" * (-len(body) % 4))
    return b"".join(out if topdown else out[::-1])


for header in (12, 40, 56, 108, 124):
    for bits in (1, 2, 4, 8):
        n = 2 ** bits
        v = npr.integers(0, n, (H, W))
        pal = npr.integers(0, 256, (n, 3))
        palette = b"".join(bytes(map(int, (b, g, r))) + (b"" if header == 12 else b"\0") for r, g, b in pal)
        if header in (12, 40) or bits == 4:
            golden(f"bmp-palette-{bits}-{header}", bmp(W, H, bits, bmprows(v, bits), palette=palette, header=header), pal[v])
v = npr.integers(0, 256, (H, W))
golden("bmp-gray-8", bmp(W, H, 8, bmprows(v, 8), palette=b"".join(bytes([i, i, i, 0]) for i in range(256))), v)
rgb = npr.integers(0, 256, (H, W, 3))
p24 = rgb[:, :, 0] << 16 | rgb[:, :, 1] << 8 | rgb[:, :, 2]
for header in (12, 40, 64, 124): golden(f"bmp-24-{header}", bmp(W, H, 24, bmprows(p24, 24), header=header), rgb)
golden("bmp-24-topdown", bmp(W, H, 24, bmprows(p24, 24, True), topdown=True), rgb)
golden("bmp-32", bmp(W, H, 32, bmprows(p24 | 0x55000000, 32)), rgb)
masks = struct.pack("<IIII", 0xFF, 0xFF00, 0xFF0000, 0xFF000000)
swapped = rgb[:, :, 2] << 16 | rgb[:, :, 1] << 8 | rgb[:, :, 0]
golden("bmp-32-masks-40", bmp(W, H, 32, bmprows(swapped | 0x55000000, 32), 3, masks=masks[:12]), rgb)
golden("bmp-32-masks-124", bmp(W, H, 32, bmprows(swapped | 0x55000000, 32), 3, masks=masks, header=124), rgb)
v = npr.integers(0, 65536, (H, W))
five = lambda x, most: (x * 255 + most // 2) // most
golden("bmp-16-555", bmp(W, H, 16, bmprows(v, 16)), np.dstack([five(v >> 10 & 31, 31), five(v >> 5 & 31, 31), five(v & 31, 31)]))
masks = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
golden("bmp-16-565", bmp(W, H, 16, bmprows(v, 16), 3, masks=masks), np.dstack([five(v >> 11, 31), five(v >> 5 & 63, 63), five(v & 31, 31)]))
pal = npr.integers(0, 256, (256, 3))
palette = b"".join(bytes(map(int, (b, g, r, 0))) for r, g, b in pal)
# 6 x 3: a run, a literal, a jump (right 2, up 1), a run over the end of the row.
runs = bytes([4, 7, 2, 9, 0, 0, 0, 3, 1, 2, 3, 0, 0, 2, 0, 1, 2, 5, 9, 200, 0, 1])
want = np.zeros((3, 6), int)
want[2] = [7] * 4 + [9] * 2
want[1, :3] = [1, 2, 3]
want[0, 3:6] = [5, 5, 200]
golden("bmp-rle8", bmp(6, 3, 8, runs, 1, palette=palette), pal[want])
runs = bytes([5, 0x12, 0, 0, 0, 5, 0x34, 0x56, 0x70, 0, 0, 1])
want = np.zeros((2, 6), int)
want[1] = [1, 2, 1, 2, 1, 0]
want[0] = [3, 4, 5, 6, 7, 0]
golden("bmp-rle4", bmp(6, 2, 4, runs, 2, palette=palette[:64], used=16), pal[want])

bits = npr.integers(0, 2, (H, W))
golden("pnm-p1", f"P1\n# c\n{W} {H}\n".encode() + b"\n".join(b"".join(b"%d" % v for v in r) for r in bits) + b"\n", 255 * (1 - bits))
golden("pnm-p4", f"P4\n{W} {H}\n".encode() + b"".join(bytes(np.packbits(r.astype(np.uint8))) for r in bits), 255 * (1 - bits))
for most in (1, 7, 255, 256, 1023, 65535):
    g = npr.integers(0, most + 1, (H, W))
    c = npr.integers(0, most + 1, (H, W, 3))
    level = lambda x: (x * 255 + most // 2) // most
    for kind, v in (("2", g), ("3", c)):
        golden(f"pnm-p{kind}-{most}", f"P{kind} # c\n{W}\t{H} {most}\n".encode() + b" ".join(b"%d" % x for x in v.ravel()), level(v))
    raw = lambda v: v.astype(">u2" if most > 255 else np.uint8).tobytes()
    for kind, v in (("5", g), ("6", c)):
        golden(f"pnm-p{kind}-{most}", f"P{kind}\n{W} {H}\n#\n{most}\n".encode() + raw(v), level(v))

for name, image, how in [("plain", Image.fromarray(npr.integers(0, 16, (20, 17)).astype(np.uint8)).convert("P"), dict(interlace=0)), ("interlaced", Image.fromarray(npr.integers(0, 4, (20, 17)).astype(np.uint8)).convert("P"), dict(interlace=1)), ("noise", Image.fromarray(npr.integers(0, 256, (80, 80)).astype(np.uint8)).convert("P"), dict(interlace=0)), ("runs", Image.fromarray(np.zeros((60, 60), np.uint8)).convert("P"), dict(interlace=0)), ("transparent", Image.fromarray(npr.integers(0, 4, (5, 6)).astype(np.uint8)).convert("P"), dict(interlace=0, transparency=2))]:
    image.putpalette([v for i in range(256) for v in (i, 255 - i, i * 7 % 256)])
    data = saved(image, "GIF", **how)
    golden("gif-" + name, data, pillow(data))

with open("Tests/ImagesTests/Goldens/Goldens.swift", "w") as out:
    out.write("// swift-format-ignore-file\n// Written by make.py.\n\n")
    out.write("/// A line each: name, width, height, channels, greatest difference, file and pixels in Base64.\n")
    out.write('let goldenLines = """\n' + "\n".join("  " + l for l in lines) + '\n  """\n')
print(len(lines))
# What Pillow says of the files that were made here.
for line in lines:
    name, w, h, c, tolerance, file, pixels = line.split()
    if name.split("-")[0] in ("png", "bmp", "pnm"):
        try:
            got = np.asarray(Image.open(io.BytesIO(base64.b64decode(file))).convert("RGB")).astype(int)
        except Exception as error:
            print("Pillow:", name, error)
            continue
        want = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(int(h), int(w), int(c))
        if "orientation" in name: continue
        if c == "1": want = np.repeat(want, 3, 2)
        if abs(got - want).max() > 0: print("Pillow differs:", name, abs(got - want).max())
