"""Adds up what is in an agent's context because of us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vgxness.tokens.models import Charge, Form, Ledger, ProviderCharges, ServerCharge, ServerForm
from vgxness.tokens.ports import FormOf, Placement, Placements
from vgxness.tokens.tokenizer import Tokenizer


class TokenService:
    """The ledger; it reads and starts nothing.

    Args:
        tokenizer: what counts.
        placements: setup.
        greeting: the most tokens that the hook of a session's start gives.
    """

    def __init__(self, *, tokenizer: Tokenizer, placements: Placements, greeting: int) -> None:
        self._tokenizer = tokenizer
        self._placements = placements
        self._greeting = greeting

    def ledger(self, form_of: FormOf, servers: Sequence[ServerForm] | None = None) -> Ledger:
        """Return what we cost in each provider and, where they were asked, what the other servers cost."""
        rows = tuple(self._provider(one, form_of(one.provider)) for one in self._placements.placed())
        return Ledger(
            tokenizer=self._tokenizer.name,
            exact=self._tokenizer.exact,
            note=self._tokenizer.note,
            providers=rows,
            servers=None if servers is None else self._servers(servers),
        )

    def _provider(self, placement: Placement, form: Form) -> ProviderCharges:
        charges = tuple(self._charges(placement, form))
        by_profile = {one.what: one.tokens for one in charges if one.what.startswith("tools-")}
        shared = sum(one.tokens for one in charges if not one.what.startswith("tools-"))
        return ProviderCharges(
            provider=placement.provider,
            title=placement.title,
            scope=placement.scope,
            is_set_up=placement.is_set_up,
            charges=charges,
            core=by_profile["tools-core"] + shared,
            full=by_profile["tools-full"] + shared,
            note=form.note,
        )

    def _charges(self, placement: Placement, form: Form) -> Iterator[Charge]:
        count = self._tokenizer.count
        yield Charge(what="tools-core", where="", tokens=count(form.tools["core"]))
        yield Charge(what="tools-full", where="", tokens=count(form.tools["full"]))
        yield Charge(what="instructions", where="", tokens=count(form.instructions))
        for path, text in placement.texts:
            yield Charge(what="block", where=path, tokens=count(text))
        if placement.greets:
            yield Charge(what="session-start", where="", tokens=self._greeting, at_most=True)

    def _servers(self, servers: Sequence[ServerForm]) -> tuple[ServerCharge, ...]:
        rows = [
            ServerCharge(
                client=one.client,
                name=one.name,
                state=one.state,
                tools=one.tools,
                tokens=self._tokenizer.count(one.listing),
                seconds=round(one.seconds, 2),
                reason=one.reason,
            )
            for one in servers
        ]
        return tuple(sorted(rows, key=lambda row: (-row.tokens, row.state, row.client, row.name)))
