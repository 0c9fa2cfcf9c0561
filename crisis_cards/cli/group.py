"""The group of commands, loaded one by one when asked for, and the one place where exceptions become exit codes."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from crisis_cards import __version__
from crisis_cards.cli.terminal import refusal
from crisis_cards.diagnostics import CouldNotRunError

COULD_NOT_RUN = 2
INTERRUPTED = 130

# Name to module: a command is imported when it is run, so that --help answers at once.
_NAMES = ("build", "check", "diff", "explain", "preview", "prune", "recover", "watch")
COMMANDS = {name: f"crisis_cards.cli.{name}" for name in _NAMES}

HELP = {
    "build": "Turn notes into an Anki package.",
    "check": "Say what to mend in the notes: words, lines and cards.",
    "diff": "Say what the next build would do to the learner's collection.",
    "explain": "Say what became of each line: facts, cards, and why there is none.",
    "preview": "Show the notes and their cards on one page.",
    "prune": "Forget retired notes, once they are deleted in Anki.",
    "recover": "Make a lost ledger again from the last package.",
    "watch": "Build again at every save, and show the cards in the browser.",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is run; its help needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(HELP.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Terse study notes in, an Anki deck out.

    \b
    crisis-cards build                      the notes in source_notes/
    crisis-cards build ~/notes -o my.apkg
    crisis-cards explain notes/cuba.txt:12
    """


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run the program; the exit code."""
    try:
        result = command.main(args=list(arguments), prog_name="crisis-cards", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return COULD_NOT_RUN
    except click.ClickException as error:
        message = error.format_message().rstrip(".")
        return _refuse(f"{message[:1].lower()}{message[1:]}")
    except CouldNotRunError as error:
        return _refuse(str(error))
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:
        # How click ends when who reads stdout has gone (`| head -1`): there is no one left to tell.
        return 0
    except OSError as error:
        # What nobody below expected: a full disk behind stdout, a working folder that is gone.
        _close_stdout()
        return _refuse(f"{error.filename or 'output'}: {error.strerror or error}")
    return result if isinstance(result, int) else 0


def _refuse(reason: str) -> int:
    with suppress(OSError):  # stderr may be full or closed too; the exit code remains
        click.echo(refusal(reason), err=True)
    return COULD_NOT_RUN


def _close_stdout() -> None:
    """Let what is still to be written go nowhere, so that Python's own last flush does not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
