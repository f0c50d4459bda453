"""Colorizes a grayscale image in Python, with NumPy and ONNX Runtime alone:

    dense-colorize export microscopy -o microscopy.onnx
    python colorize_onnx.py microscopy.onnx gray.pgm colour.ppm

gray.pgm has 8 bits (P5). The network sees every pixel (scale=1 in Fiji), so the image should have the size for which the model was made. L* stays as
it is; the colours are predicted, not measured.
"""
import re
import sys

import numpy as np
import onnxruntime

# Linear sRGB to X, Y, Z of a white of 1 (IEC 61966-2-1, D65).
XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
XYZ /= XYZ.sum(axis=1, keepdims=True)


def lightness(gray):
    """8-bit gray values to L*, 0 to 100."""
    v = gray / 255.0
    y = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    return 116 * np.where(y > (6 / 29) ** 3, np.cbrt(y), y * 841 / 108 + 4 / 29) - 16


def to_rgb(l, a, b):
    """L*a*b* to 8-bit sRGB, and where that is possible; lists of numbers that need not be rounded yet."""
    fy = (l + 16) / 116
    f = np.stack([fy + a / 500, fy, fy - b / 200])
    xyz = np.where(f > 6 / 29, f ** 3, (f - 4 / 29) * 108 / 841)
    linear = np.tensordot(np.linalg.inv(XYZ), xyz, axes=1)
    v = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055) * 255
    return v, np.all((v > -0.5) & (v < 255.5), axis=0)


def colorize(gray, session):
    """An image of 8 bits, (height, width), to RGB, (height, width, 3)."""
    l = lightness(gray)
    a, b = session.run(["ab"], {"l": l[None, None].astype(np.float32)})[0][0].astype(float)
    # Colours that sRGB does not have lose chroma, never lightness.
    inside, low, high = to_rgb(l, a, b)[1], np.zeros(l.shape), np.ones(l.shape)
    for _ in range(12):
        middle = (low + high) / 2
        possible = to_rgb(l, middle * a, middle * b)[1]
        low, high = np.where(possible, middle, low), np.where(possible, high, middle)
    share = np.where(inside, 1, low)
    return np.clip(np.round(to_rgb(l, share * a, share * b)[0]), 0, 255).astype(np.uint8).transpose(1, 2, 0)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    model, source, target = sys.argv[1:]
    with open(source, "rb") as file:
        content = file.read()
    space = rb"(?:\s|#[^\n]*\n)+"  # programs write comments into it
    header = re.match(b"P5" + space + rb"(\d+)" + space + rb"(\d+)" + space + rb"255\s", content)
    if not header:
        sys.exit(f"{source} is no PGM file of 8 bits (P5, 255); in Fiji, choose Image > Type > 8-bit and File > Save As > PGM...")
    width, height = map(int, header.groups())
    image = np.frombuffer(content, np.uint8, width * height, header.end()).reshape(height, width)
    rgb = colorize(image, onnxruntime.InferenceSession(model))
    with open(target, "wb") as file:
        file.write(b"P6\n%d %d\n255\n" % (width, height) + rgb.tobytes())
