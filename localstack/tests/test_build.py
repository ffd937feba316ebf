"""Archives are made once per program, equal for equal programs, and runnable."""

from __future__ import annotations

import os
import shutil
import tempfile
import unittest
import zipfile
from pathlib import Path

from jari_local import build


class Pack(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = Path(folder.name) / "bootstrap"
        shutil.copy(shutil.which("true") or "/bin/true", self.program)
        self.archive = self.program.with_name("bootstrap.zip")

    def test_packs_a_program_once(self) -> None:
        self.assertTrue(build.pack(self.program))
        self.assertFalse(build.pack(self.program))

    def test_a_copy_of_the_same_program_is_the_same(self) -> None:
        build.pack(self.program)
        os.utime(self.program, ns=(1, 1))
        self.assertFalse(build.pack(self.program))

    def test_packs_another_program_again(self) -> None:
        build.pack(self.program)
        shutil.copy(shutil.which("false") or "/bin/false", self.program)
        self.assertTrue(build.pack(self.program))

    def test_equal_programs_make_equal_archives(self) -> None:
        build.pack(self.program)
        first = self.archive.read_bytes()
        self.archive.unlink()
        build.pack(self.program)
        self.assertEqual(self.archive.read_bytes(), first)

    def test_the_program_stays_executable(self) -> None:
        build.pack(self.program)
        with zipfile.ZipFile(self.archive) as archive:
            entry = archive.getinfo("bootstrap")
        self.assertEqual(entry.external_attr >> 16 & 0o111, 0o111)


if __name__ == "__main__":
    unittest.main()
