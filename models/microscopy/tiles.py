#!/usr/bin/env python3
"""Cuts tiles for a data set from images of many laboratories: tiles.py IMAGES OUT

IMAGES has a folder for each class; the name of a file begins with its laboratory, up to the first underscore. The images of class "unknown"
lie in folders of their kinds. Up to 600 tiles of 128 pixels are taken from each laboratory (300 in "unknown", where they are also reduced), at
random places that are the same in each run, so that a laboratory of large slides does not drown the others. Needs Pillow.
"""
import collections
import pathlib
import random
import sys

from PIL import Image

SIDE = 128


def tiles(image, count, scales):
	"""Pieces of an image, each reduced by one of the scales, but never below the side of a tile; small images are enlarged to it."""
	for _ in range(count):
		least = SIDE / min(image.size)
		scale = min(max(random.choice(scales), least), 1) if least < 1 else least
		width, height = (max(SIDE, round(side * scale)) for side in image.size)
		scaled = image if scale == 1 else image.resize((width, height), Image.LANCZOS)
		x, y = random.randint(0, width - SIDE), random.randint(0, height - SIDE)
		yield scaled.crop((x, y, x + SIDE, y + SIDE))


def contrast(tile):
	low, high = tile.convert("L").getextrema()
	return high - low


def main(images, out):
	random.seed(4)
	laboratories = collections.defaultdict(list)
	for path in sorted(path for path in images.rglob("*") if path.is_file()):
		laboratories[path.relative_to(images).parts[:-1], path.name.split("_")[0]].append(path)
	for (folders, laboratory), paths in laboratories.items():
		unknown = folders[0] == "unknown"
		each = max(2, min(8, 300 // len(paths))) if unknown else max(2, min(16, 600 // len(paths)))
		(out / folders[0]).mkdir(parents=True, exist_ok=True)
		for path in paths:
			image = Image.open(path).convert("RGB")
			least = SIDE / min(image.size)
			# No more than fill the image, unless it is gray.
			count = each if unknown else min(each, max(1, (image.width // 110) * (image.height // 110)))
			for k, tile in enumerate(tiles(image, count, [1, 1, 0.5, least, least] if unknown else [1])):
				if unknown and contrast(tile) < 12:
					continue
				tile.save(out / folders[0] / f"{laboratory}_{'-'.join(folders[1:] + (path.stem.replace('_', '-'),))}_{k}.png")


if __name__ == "__main__":
	if len(sys.argv) != 3:
		sys.exit(f"usage: {sys.argv[0]} IMAGES OUT")
	main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
