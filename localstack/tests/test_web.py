"""Packages and pages are made anew when they have to be, and only then; a missing browser is never overlooked."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from jari_local import web
from jari_local.console import Problem

#: Stands in for npm: notes how it was called, and builds what `run build` would.
NPM = """#!/bin/sh
echo "$@" >> "$NPM_CALLS"
case "$1" in
    ci) [ -z "$NPM_FAILS" ] && rm -rf node_modules && mkdir node_modules ;;
    run) mkdir -p dist && echo built > dist/index.html ;;
esac
"""


class Case(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.programs = self.root / "bin"
        self.programs.mkdir()
        self.calls = self.root / "calls"
        self.program("npm", NPM)
        self.web = self.root / "web"
        (self.web / "src").mkdir(parents=True)
        (self.web / "package-lock.json").write_text("{}")
        (self.web / "src" / "main.ts").write_text("export {};")
        variables = {"PATH": f"{self.programs}:/usr/bin:/bin", "NPM_CALLS": str(self.calls), "NPM_FAILS": "", "CI": "", "CHROMIUM_PATH": ""}
        places = {"ROOT": self.root, "WEB": self.web, "WEB_DIST": self.web / "dist", "_STAMP": self.root / "target" / "web.stamp"}
        for change in (
            mock.patch.dict(os.environ, variables),
            mock.patch.multiple(web, BROWSER_TESTS=self.web, **places),
            mock.patch.object(web.environment, "base", lambda: dict(os.environ)),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            output = change.__enter__()
            self.addCleanup(change.__exit__, None, None, None)
        self.output = output

    def program(self, name: str, text: str = "#!/bin/sh\n") -> Path:
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def called(self) -> list[str]:
        """The first words of the calls of npm since the last question."""
        calls = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return [call.split()[0] for call in calls]


class Building(Case):
    def test_happens_when_something_changed(self) -> None:
        web.build()
        self.assertEqual(self.called(), ["ci", "run"])
        web.build()
        self.assertEqual(self.called(), [])
        (self.web / "src" / "main.ts").write_text("export const changed = true;")
        web.build()
        self.assertEqual(self.called(), ["run"])
        (self.web / "package-lock.json").write_text('{"changed": true}')
        web.build()
        self.assertEqual(self.called(), ["ci", "run"])

    def test_happens_when_the_pages_are_gone(self) -> None:
        web.build()
        self.called()
        (self.web / "dist" / "index.html").unlink()
        web.build()
        self.assertEqual(self.called(), ["run"])

    def test_what_is_made_is_no_source(self) -> None:
        web.build()
        self.called()
        for name in ("node_modules", "dist"):
            (self.web / name / "new.js").write_text("new")
        web.build()
        self.assertEqual(self.called(), [])

    def test_an_interrupted_installation_is_begun_again(self) -> None:
        with mock.patch.dict(os.environ, {"NPM_FAILS": "1"}), self.assertRaises(Problem):
            web.install(self.web)
        web.install(self.web)
        self.assertEqual(self.called(), ["ci", "ci"])

    def test_a_folder_without_a_lock_file_is_a_problem(self) -> None:
        (self.web / "package-lock.json").unlink()
        with self.assertRaises(Problem):
            web.install(self.web)


class Browsers(Case):
    def setUp(self) -> None:
        super().setUp()
        # Only what a test puts there; neither the machine's browsers nor its apt-get.
        path = mock.patch.dict(os.environ, {"PATH": str(self.programs)})
        path.start()
        self.addCleanup(path.stop)

    def test_the_named_one_goes_first(self) -> None:
        chrome, other = self.program("google-chrome"), self.program("my-browser")
        self.assertEqual(web.find_browser(), str(chrome))
        with mock.patch.dict(os.environ, {"CHROMIUM_PATH": str(other)}):
            self.assertEqual(web.find_browser(), str(other))
        with mock.patch.dict(os.environ, {"CHROMIUM_PATH": "/nowhere"}), self.assertRaises(Problem):
            web.find_browser()

    def test_without_one_the_tests_are_left_out_visibly(self) -> None:
        self.assertEqual(web.browser_tests([]), 0)
        self.assertIn("SKIPPED", self.output.getvalue())
        self.assertEqual(self.called(), [])

    def test_but_never_on_a_ci_machine(self) -> None:
        with mock.patch.dict(os.environ, {"CI": "true"}), self.assertRaises(Problem):
            web.browser_tests([])

    def test_root_has_one_installed(self) -> None:
        script = f'#!/bin/sh\necho "$@" >> {self.root}/apt\n[ "$1" = update ] || {{ echo > {self.programs}/chromium; /bin/chmod +x {self.programs}/chromium; }}\n'
        self.program("apt-get", script)
        with mock.patch.object(web.os, "geteuid", lambda: 0):
            self.assertEqual(web._installed_browser(), str(self.programs / "chromium"))
        first, second = (self.root / "apt").read_text().splitlines()
        self.assertTrue(first.startswith("update") and second.endswith("chromium fonts-noto-cjk"))

    def test_nobody_else_is_given_one(self) -> None:
        self.program("apt-get", "#!/bin/sh\nexit 1\n")
        with mock.patch.object(web.os, "geteuid", lambda: 1000):
            self.assertIsNone(web._installed_browser())

    def test_tests_are_told_which_browser(self) -> None:
        self.program("chromium")
        self.program("npm", '#!/bin/sh\necho "$1 $CHROMIUM_PATH" >> "$NPM_CALLS"\n[ "$1" = ci ]\n')
        self.assertEqual(web.browser_tests([]), 1, "their exit code is ours")
        self.assertEqual(self.calls.read_text().splitlines()[-1], f"test {self.programs / 'chromium'}")


if __name__ == "__main__":
    unittest.main()
