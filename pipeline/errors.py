"""The error tree: what a user can do something about, each message saying where, what and the value."""

from __future__ import annotations


class ClaimledgerError(Exception):
    """Root of every error raised on purpose."""


class ConfigError(ClaimledgerError):
    """Wrong use or a broken set-up: settings, rules, lexicons, model, command line. Ends the run, exit code 1."""


class InputError(ClaimledgerError):
    """One input that cannot be used; caught once per input and turned into a row of `rejects`, exit code 2.

    Args:
        code: short stable name of the reason, such as `empty`, `binary`, `language`, `too_large`.
        message: one line with the value that was found.
        stage: the stage that refused the input.
    """

    def __init__(self, code: str, message: str, *, stage: str = "read") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.stage = stage


class IntegrityError(ClaimledgerError):
    """The tables contradict themselves or their sources; nothing in processed/ is replaced."""
