#!/usr/bin/env python3
"""Compares times: of programs that are run in turn, or of two JSON files that bornite-bench wrote.

  compare.py run bornite='build/release/bin/bornite-bench --filter ^forward --skip-ceilings --json -' \\
                 peer='/tmp/peers/driver forward' --cycles 5
  compare.py files before.json after.json

A program prints either lines "NAME SECONDS" (others are ignored) or a document of bornite-bench --json -. Names that
occur in both are compared. Needs Python 3 and nothing else.
"""

import argparse
import json
import re
import shlex
import statistics
import subprocess
import sys

LINE = re.compile(r"^(\S+)\s+([0-9.]+(?:[eE][-+]?\d+)?)\s*$")


class Failure(Exception):
    """A sentence for the user."""


def times_of_document(document):
    """{name: seconds} of a bornite-bench document; what failed is left out."""
    return {b["name"]: b["seconds"] for b in document["benchmarks"] if "seconds" in b}


def times_of_output(text):
    """{name: seconds} of what a program printed."""
    if text.lstrip().startswith("{"):
        return times_of_document(json.loads(text))
    matches = filter(None, map(LINE.match, text.splitlines()))
    return {match[1]: float(match[2]) for match in matches if float(match[2]) > 0}


def run_once(label, command):
    try:
        done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failure(f"{label}: {error}.")
    times = times_of_output(done.stdout)
    if not times:
        raise Failure(f'{label}: "{command}" printed no line "NAME SECONDS" and no document of bornite-bench.')
    return times


def alternate(programs, cycles):
    """{label: {name: [seconds per cycle]}}; the programs take turns, so that slow drifts of the machine hit all."""
    times = {label: {} for label, _ in programs}
    for cycle in range(cycles):
        for label, command in programs:
            print(f"cycle {cycle + 1} of {cycles}: {label}", file=sys.stderr)
            for name, seconds in run_once(label, command).items():
                times[label].setdefault(name, []).append(seconds)
    return times


def time_text(seconds):
    for unit in ("s", "ms", "us"):
        if seconds >= 0.9995:
            return f"{seconds:.3g} {unit}"
        seconds *= 1000
    return f"{seconds:.3g} ns"


def spread_text(seconds):
    return f"{time_text(statistics.median(seconds))} [{time_text(min(seconds))} - {time_text(max(seconds))}]"


def table_text(rows):
    """Columns two blanks apart, the first to the left."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def compare_programs(times):
    """Rows of text. The first program is what the others are divided by."""
    base, *others = times
    rows = [["name", base, *others, *(f"{other}/{base}" for other in others)]]
    for name, own in times[base].items():
        if not any(name in times[other] for other in others):
            continue
        columns = [times[other].get(name) for other in others]
        ratios = [statistics.median(c) / statistics.median(own) if c else None for c in columns]
        rows.append([name, spread_text(own), *(spread_text(c) if c else "-" for c in columns),
                     *(f"{ratio:.2f}" if ratio else "-" for ratio in ratios)])
    if len(rows) == 1:
        raise Failure("No name occurs in the output of two programs.")
    return rows


def verdict(before, after):
    if after["seconds_most"] < before["seconds_least"]:
        return "faster"
    if after["seconds_least"] > before["seconds_most"]:
        return "slower"
    return "within the spread"


def compare_files(before, after):
    """Rows of text from two documents of bornite-bench."""
    old = {b["name"]: b for b in before["benchmarks"] if "seconds" in b}
    rows = [["name", "before", "after", "before/after", ""]]
    for new in after["benchmarks"]:
        was = old.get(new["name"])
        if was and "seconds" in new:
            rows.append([new["name"], time_text(was["seconds"]), time_text(new["seconds"]),
                         f"{was['seconds'] / new['seconds']:.2f}", verdict(was, new)])
    if len(rows) == 1:
        raise Failure("The two files have no benchmark in common.")
    return rows


def read_document(path):
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    except (OSError, ValueError) as error:
        raise Failure(f"{path}: {error}.")
    if not isinstance(document, dict) or "benchmarks" not in document:
        raise Failure(f"{path} is not a document of bornite-bench --json.")
    return document


def program(text):
    label, equals, command = text.partition("=")
    if not (label and equals and command):
        raise argparse.ArgumentTypeError(f'"{text}" is not LABEL=COMMAND')
    return label, command


def positive(text):
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f'"{text}" is not a positive number')
    return int(text)


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(dest="way", required=True)
    run = ways.add_parser("run", help="run programs in turn; the others are divided by the first")
    run.add_argument("programs", nargs="+", type=program, metavar="LABEL=COMMAND")
    run.add_argument("--cycles", type=positive, default=5, help="turns of each program (default 5)")
    files = ways.add_parser("files", help="compare two files that bornite-bench --json wrote")
    files.add_argument("before")
    files.add_argument("after")
    parsed = parser.parse_args(arguments)
    if parsed.way == "run" and len(dict(parsed.programs)) < max(2, len(parsed.programs)):
        parser.error("name at least two programs, each by a label of its own")
    return parsed


def main(arguments):
    parsed = parse_arguments(arguments)
    try:
        if parsed.way == "run":
            print(table_text(compare_programs(alternate(parsed.programs, parsed.cycles))))
            return 0
        before, after = read_document(parsed.before), read_document(parsed.after)
        print(table_text(compare_files(before, after)))
        if before.get("machine") != after.get("machine"):
            print("\nThe two files are from different machines or compilers.")
        return 0
    except Failure as failure:
        print(f"compare.py: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
