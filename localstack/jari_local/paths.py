"""Where things are in the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCALSTACK = ROOT / "localstack"
TOOLS = ROOT / ".tools"
VENV = TOOLS / "venv"
VENV_BIN = VENV / "bin"
REQUIREMENTS_LOCK = LOCALSTACK / "requirements.lock"
TARGET = ROOT / "target"
LAMBDA_ZIPS = TARGET / "lambda"
TEST_LOGS = TARGET / "test-logs"
TEMPLATE = ROOT / "template.yaml"
INFRA = ROOT / "infra"
WEB = ROOT / "web"
WEB_DIST = WEB / "dist"
BROWSER_TESTS = ROOT / "tests" / "browser"
DEV_STATE = ROOT / ".local" / "dev"
DEMO_DATA = LOCALSTACK / "demo"


def shown(path: Path) -> str:
    """The path as a person in the repository would write it."""
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)
