"""Asks provider adapters, which are plugins' code: what one raises holds back its own provider only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from vgxness.contract.context import Context
from vgxness.contract.provider import ConfigTarget, Detection, ProviderAdapter, SetupRequest
from vgxness.errors import VgxnessError
from vgxness.setup.entries import fault_of

T = TypeVar("T")


def unknown_provider(name: str, known: Sequence[str]) -> VgxnessError:
    """Return the error for a name that no adapter bears."""
    if not known:
        return no_provider()
    return VgxnessError(
        "unknown_provider",
        f"No installed plugin adapts a provider named {name!r}.",
        cause=f"Known: {', '.join(known)}.",
        hint="vgxness plugins list",
    )


def no_provider() -> VgxnessError:
    """Return the error for an installation without any provider plugin."""
    return VgxnessError(
        "unknown_provider",
        "No provider plugin is at work, so there is nothing to set up.",
        cause="Each agent client is adapted by a package of its own; `vgxness plugins list` shows them.",
        hint="pip install vgxness-opencode",
    )


def detect(adapter: ProviderAdapter, context: Context) -> Detection:
    """Return what an adapter found; raises `plugin_failed` where it raises or answers rubbish."""
    return _asked(adapter, "detect", lambda: adapter.detect(context), Detection)


def targets(adapter: ProviderAdapter, request: SetupRequest) -> tuple[ConfigTarget, ...]:
    """Return an adapter's targets; raises `plugin_failed` where it raises or answers rubbish."""
    answer = _asked(adapter, "targets", lambda: tuple(adapter.targets(request)), tuple)
    if {type(target) for target in answer} - {ConfigTarget}:
        raise _failed(adapter, "targets", "it must return config targets")
    for fault in map(fault_of, answer):
        if fault:
            raise _failed(adapter, "targets", fault)
    return answer


def _asked(adapter: ProviderAdapter, verb: str, ask: Callable[[], T], kind: type[T]) -> T:
    try:
        answer = ask()
    except VgxnessError:
        raise
    except (Exception, SystemExit) as problem:
        text = str(problem).partition("\n")[0][:200]
        raise _failed(adapter, verb, f"it raised {type(problem).__name__}: {text}") from problem
    if not isinstance(answer, kind):
        raise _failed(adapter, verb, f"it returned a {type(answer).__name__}")
    return answer


def _failed(adapter: ProviderAdapter, verb: str, why: str) -> VgxnessError:
    return VgxnessError(
        "plugin_failed",
        f"The adapter of {adapter.name} failed.",
        cause=f"{verb}: {why}.",
        hint="vgxness plugins list",
    )
