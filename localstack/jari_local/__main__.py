"""The command line: ``python -m jari_local <command>``."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from .console import Problem, report
from .paths import DEV_STATE


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns the exit code of the process."""
    options = _parser().parse_args(arguments)
    # Asked to stop, a command still has to take down what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return _run(options)
    except Problem as problem:
        report(problem)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    # Imports wait until here because `setup` must run before the virtual environment exists.
    if options.command == "setup":
        from . import setup_tools

        setup_tools.setup()
        return 0
    if options.command == "build":
        from . import build

        build.build()
        return 0
    if options.command in ("npm", "browser-tests"):
        from . import web

        if options.command == "browser-tests":
            return web.browser_tests(options.words)
        web.install(options.folder.resolve())
        return web.npm(options.folder, options.words)
    if options.command == "verify-draw":
        from . import verify_draw

        verify_draw.run(options.event, options.ticket, options.hash, options.api)
        return 0

    if options.command == "deploy-web":
        from . import deploy_web

        deploy_web.run(options.stack)
        return 0

    from . import commands

    if options.command == "test-stack":
        command = [word for word in options.words if word != "--"] if options.words[:1] == ["--"] else options.words
        return commands.test_stack(command)
    state: Path = options.state.resolve()
    match options.command:
        case "up":
            commands.up(state, _ports(options), persist=not options.no_persist)
        case "dev":
            commands.dev(state, _ports(options), persist=not options.no_persist)
        case "deploy":
            from .deploy import deploy

            deploy(commands.running(state))
        case "demo":
            from . import demo

            demo.load(commands.running(state))
        case "down":
            commands.down(state)
        case "reset":
            commands.reset(state)
        case "rotate-signing-key" | "replay":
            from . import operate

            invoke = operate.on_aws(options.stack) if options.stack else operate.in_local(commands.running(state))
            if options.command == "replay":
                operate.replay(invoke)
            else:
                operate.rotate_signing_key(invoke, options.advance)
        case "status":
            return 0 if commands.status(state) else 1
    return 0


def _ports(options: argparse.Namespace) -> dict[str, int]:
    from .commands import DEFAULT_PORTS

    return {name: _port(getattr(options, name)) for name in DEFAULT_PORTS}


def _port(text: str) -> int:
    from .processes import free_port

    if text == "auto":
        return free_port()
    try:
        return int(text)
    except ValueError as error:
        raise Problem(f"{text!r} is not a port.", "Give a number or `auto`.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jari_local", description="The local AWS of Jari.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("setup", help="install the pinned tools and say what else is missing")
    commands.add_parser("build", help="compile and pack every function, build the web pages")
    up = commands.add_parser("up", help="start the local AWS and what stands in for others")
    dev = commands.add_parser("dev", help="build, start, deploy, load demo data and say where it is")
    for command in (up, dev):
        command.add_argument("--port", default="4566", help="port of the local AWS, or auto")
        command.add_argument("--gateway-port", dest="gateway", default="3000", help="port of the web gateway, or auto")
        command.add_argument("--pg-port", dest="pg", default="4570", help="port of the virtual payment gateway, or auto")
        command.add_argument("--google-port", dest="google", default="4572", help="port of the stand-in for Google, or auto")
        command.add_argument("--push-port", dest="push", default="4574", help="port of the push service, or auto")
        command.add_argument("--no-persist", action="store_true", help="forget everything when stopped")
    others = {
        "deploy": "bring the application up to date",
        "demo": "load accounts and events",
        "down": "stop, keeping the data",
        "reset": "stop and delete the data",
        "status": "say what runs",
        "rotate-signing-key": "begin a rotation of the signing key",
        "replay": "build the read models of sales anew from the event store",
    }
    plain = {name: commands.add_parser(name, help=text) for name, text in others.items()}
    for name in ("rotate-signing-key", "replay"):
        plain[name].add_argument("--stack", help="a stack on AWS, in place of the local one")
    plain["rotate-signing-key"].add_argument("--advance", action="store_true", help="begin nothing, only go on")
    for command in (up, dev, *plain.values()):
        command.add_argument("--state", type=Path, default=DEV_STATE, help="folder of this stack")
    draw = commands.add_parser("verify-draw", help="check a waiting room's draw by what is public")
    draw.add_argument("event", help="whose")
    draw.add_argument("--ticket", help="a ticket of it, or a ticket's id")
    draw.add_argument("--hash", help="the seed's hash as it was noted before the draw")
    draw.add_argument("--api", default="http://localhost:3000/api/v1", help="address of the API")
    deploy_web = commands.add_parser("deploy-web", help="put the web pages before a stack on AWS")
    deploy_web.add_argument("--stack", required=True, help="the stack's name")
    npm = commands.add_parser("npm", help="run npm in a folder, with the packages of its lock file")
    npm.add_argument("folder", type=Path, help="where its package.json is")
    npm.add_argument("words", nargs=argparse.REMAINDER, metavar="command")
    browser = commands.add_parser("browser-tests", help="test in Chromium, beside a running stack")
    browser.add_argument("words", nargs=argparse.REMAINDER, metavar="arguments")
    test = commands.add_parser("test-stack", help="run a command beside a stack of its own")
    test.add_argument("words", nargs=argparse.REMAINDER, metavar="-- command")
    return parser


if __name__ == "__main__":
    sys.exit(main())
