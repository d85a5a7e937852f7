"""The command ``polyhelp``: errors become messages and exit statuses here, and nowhere else.

0 done; 1 the answer is no; 2 usage or configuration; 3 the world outside failed; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

import polyhelp
from polyhelp.cli import console
from polyhelp.errors import OutsideError, PolyhelpError

# in the order of work; a command's module is loaded only when it is asked for
COMMANDS = {
    "init": "Make a new help center, ready to build.",
    "sync": "Bring the catalogs up to date with the articles.",
    "translate": "Translate by machine what has no translation yet.",
    "adopt": "Take over pages that were translated by hand before.",
    "check": "Look for mistakes in the translations.",
    "review": "See what waits for a person, accept it or reject it.",
    "requests": "Translations as pull requests: fetch, open, decide, digest.",
    "export": "Write units to an XLIFF file, for an agency or a translation tool.",
    "import": "Put the translations of an XLIFF file back.",
    "render": "Write every page of every locale to build/docs/.",
    "build": "Render, then build the site.",
    "assemble": "Join the locales that were built one by one.",
    "publish": "Sync, translate, check, render and build: the main job.",
    "serve": "Preview the site with live reload.",
    "status": "Count what is translated, by locale and article.",
    "locales": "List the locales, or those that have changed.",
    "policy": "See a policy as one region sees it.",
    "hours": "Support hours: what customers see, and whether somebody is there.",
    "glossary": "The term base: list, show, add, import, export, extract.",
    "memory": "Find earlier translations again; import and export TMX.",
    "usage": "What was sent to engines on other machines, and what it cost.",
    "models": "The offline translation models: which there are, and how to add one.",
    "merge-driver": "Merge two branches' translations of an article; git calls it.",
    "segments": "List the segments of any Markdown.",
    "pseudo": "Pseudo-translate any Markdown, to see what would be translated.",
}
_MODULES = {"import": "import_", "merge-driver": "merge_driver"}  # names that no module can have


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's shape)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"polyhelp.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        command.short_help = COMMANDS[cmd_name]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from polyhelp.text.similarity import closest  # noqa: PLC0415 (only a mistyped command needs it)

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = closest(args[0], COMMANDS)
            hint = f" Did you mean '{near}'?" if near else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(polyhelp.version(), message="polyhelp %(version)s")
def cli() -> None:
    """Help centers in every language and for every region, from Markdown in git.

    Run it inside a help center: a folder with mkdocs.yml and the articles in content/. The main job is
    `polyhelp publish`; the commands below are its steps, and what people need around them.

    Exit status: 0 done; 1 the answer is no (issues were found, or --frozen and something would change); 2 the usage,
    the configuration or a file is wrong; 3 the world outside failed (engine, git, network, disk); 130 interrupted.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit status. Nothing escapes as a traceback but our own bugs."""
    try:
        given = None if arguments is None else list(arguments)
        result = cli.main(args=given, prog_name="polyhelp", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        console.tell("interrupted; what was finished is saved")
        return 130
    except (PolyhelpError, OSError) as error:  # OSError: a file or folder that nobody expected to fail
        problem = error if isinstance(error, PolyhelpError) else OutsideError(str(error))
        console.tell_problem(problem)
        return problem.exit_status
    except console.ReaderLeftError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def main() -> None:
    """The entry point."""
    sys.exit(run())
