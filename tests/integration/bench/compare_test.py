"""Tests of compare.py; its folder is the first argument."""

import contextlib
import io
import json
import pathlib
import shlex
import sys
import tempfile
import unittest

sys.path.insert(0, sys.argv.pop(1))
import compare  # noqa: E402


def printing(text):
    return " ".join(map(shlex.quote, [sys.executable, "-c", f"print({text!r})"]))


def document(**seconds):
    return {"benchmarks": [{"name": name, "seconds": s, "seconds_least": 0.9 * s, "seconds_most": 1.1 * s}
                           for name, s in seconds.items()]}


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = compare.main(list(arguments))
    return code, out.getvalue(), err.getvalue()


class Programs(unittest.TestCase):
    def test_lines_and_documents_are_read_and_other_lines_ignored(self):
        self.assertEqual(compare.times_of_output("a/b 1e-3\nhello\nc 0\nd 2 3\n"), {"a/b": 1e-3})
        self.assertEqual(compare.times_of_output(json.dumps(document(a=0.5))), {"a": 0.5})

    def test_medians_spreads_and_ratios_are_taken_over_the_cycles(self):
        rows = compare.compare_programs({"own": {"a": [1.0, 3.0, 2.0], "only": [1.0]}, "peer": {"a": [8.0, 4.0, 6.0]}})
        self.assertEqual(rows[1:], [["a", "2 s [1 s - 3 s]", "6 s [4 s - 8 s]", "3.00"]])

    def test_programs_take_turns(self):
        code, out, err = run("run", "own=" + printing("a 0.001"), "peer=" + printing("a 0.0025"), "--cycles", "2")
        self.assertEqual(code, 0)
        self.assertIn("2.50", out)
        self.assertEqual([line.split(": ")[1] for line in err.splitlines()], ["own", "peer", "own", "peer"])

    def test_a_program_that_fails_or_prints_no_times_is_named(self):
        good = "own=" + printing("a 1")
        for bad, said in [("peer=/no/such/program", "/no/such/program"), ("peer=" + printing("nothing"), "NAME SECONDS"),
                          ("peer=" + printing("b 1"), "No name")]:
            code, _, err = run("run", good, bad, "--cycles", "1")
            self.assertEqual(code, 1)
            self.assertIn(said, err)

    def test_one_program_or_two_of_one_label_are_refused(self):
        for programs in (["a=x"], ["a=x", "a=y"], ["a=x", "y"]):
            with self.assertRaises(SystemExit) as refusal, contextlib.redirect_stderr(io.StringIO()):
                compare.main(["run", *programs])
            self.assertEqual(refusal.exception.code, 2)


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text)
        return str(path)

    def test_changes_beyond_the_spread_are_told_from_those_within(self):
        before = self.write("before.json", json.dumps(document(a=1.0, b=1.0, c=1.0, gone=1.0)))
        after = self.write("after.json", json.dumps(document(a=0.5, b=1.05, c=4.0, new=1.0)))
        code, out, _ = run("files", before, after)
        self.assertEqual(code, 0)
        rows = {line.split()[0]: line for line in out.splitlines()}
        self.assertIn("2.00", rows["a"])
        self.assertTrue(rows["a"].endswith("faster"))
        self.assertTrue(rows["b"].endswith("within the spread"))
        self.assertTrue(rows["c"].endswith("slower"))
        self.assertNotIn("gone", rows)

    def test_a_file_that_is_missing_or_something_else_is_named(self):
        good = self.write("good.json", json.dumps(document(a=1.0)))
        other = self.write("other.json", "[]")
        for bad in (other, good + ".none"):
            code, _, err = run("files", good, bad)
            self.assertEqual(code, 1)
            self.assertIn(bad, err)


if __name__ == "__main__":
    unittest.main()
