"""Puts plugins into the environment that this vgxness runs in, with the program that made the environment."""

from __future__ import annotations

from vgxness.kernel.installer.commands import install_command, uninstall_command
from vgxness.kernel.installer.environment import Environment, recognise
from vgxness.kernel.installer.requirement import Requirement, distribution_of, parse_requirement
from vgxness.kernel.installer.running import ask_again, run

__all__ = [
    "Environment",
    "Requirement",
    "ask_again",
    "distribution_of",
    "install_command",
    "parse_requirement",
    "recognise",
    "run",
    "uninstall_command",
]
