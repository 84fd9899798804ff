"""Which tokenizer counts, and how far the estimate is from a real one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Site
from vgxness.app import App, Options
from vgxness.contract.tool import Profile
from vgxness.mcp.clients import CLIENTS, form_of
from vgxness.mcp.instructions import INSTRUCTIONS
from vgxness.mcp.listing import CORE_TOKEN_BUDGET, FULL_TOKEN_BUDGET, selected, wire_tool
from vgxness.tokens import ESTIMATE, best_tokenizer

NEVER_UNDER, NEVER_OVER = 0.95, 1.25
"""The estimate of our own list, as a factor of the real count; docs/tokens.md states it."""

LOW, HIGH = 0.65, 2
"""The same of other text; docs/tokens.md states it too."""

OTHER = {
    "english": "The quick brown fox jumps over the lazy dog and runs away from the hunters in the forest.",
    "chinese": "我们决定所有价格都以整数分存储, 因为浮点数会丢失精度. 这个决定已经与团队讨论过.",
    "russian": "Мы решили хранить цены в целых центах, потому что иначе теряется точность.",
    "arabic": "قررنا تخزين الأسعار كأعداد صحيحة بالسنت لأن الأعداد العشرية تفقد الدقة",
    "thai": "เราตัดสินใจเก็บราคาเป็นจำนวนเต็มเซ็นต์ เพราะทศนิยมสูญเสียความแม่นยำ",
    "code": "def f(x):\n    return {k: v for k, v in x.items() if v is not None}\n" * 3,
}

BUDGETS: list[tuple[Profile, int]] = [("core", CORE_TOKEN_BUDGET), ("full", FULL_TOKEN_BUDGET)]


def as_sent(profile: Profile) -> str:
    catalogue = App(Options(plugins=False)).catalogue
    tools = [wire_tool(offer.value) for offer in selected(catalogue, profile)]
    return json.dumps({"tools": tools}, ensure_ascii=False, separators=(",", ":"))


def test_the_extra_of_this_environment_gives_a_real_tokenizer() -> None:
    assert best_tokenizer().exact
    assert best_tokenizer().count("hello world") == 2


@pytest.mark.parametrize(
    "text", [as_sent("core"), as_sent("full"), INSTRUCTIONS], ids=["core", "full", "told"]
)
def test_the_estimate_of_what_we_send_is_near_the_real_count(text: str) -> None:
    factor = ESTIMATE.count(text) / best_tokenizer().count(text)
    assert NEVER_UNDER <= factor <= NEVER_OVER


@pytest.mark.parametrize("text", OTHER.values(), ids=list(OTHER))
def test_the_estimate_of_other_text_is_as_far_off_as_the_page_says(text: str) -> None:
    assert LOW <= ESTIMATE.count(text) / best_tokenizer().count(text) <= HIGH


@pytest.mark.parametrize(("profile", "budget"), BUDGETS)
def test_list_and_instructions_keep_their_budget_by_either_tokenizer(profile: Profile, budget: int) -> None:
    for tokenizer in (ESTIMATE, best_tokenizer()):
        assert tokenizer.count(as_sent(profile)) + tokenizer.count(INSTRUCTIONS) <= budget


@pytest.mark.parametrize("provider", [*CLIENTS, "a-stranger"])
@pytest.mark.parametrize(("profile", "budget"), BUDGETS)
def test_no_clients_own_form_breaks_the_budget(provider: str, profile: Profile, budget: int) -> None:
    form = form_of(App(Options(plugins=False)).catalogue, provider)
    count = best_tokenizer().count
    assert 0 < count(form.tools[profile]) + count(form.instructions) <= budget


@given(st.text())
def test_any_text_has_a_count(text: str) -> None:
    for tokenizer in (ESTIMATE, best_tokenizer()):
        assert (tokenizer.count(text) > 0) == bool(text)


@pytest.mark.parametrize("text", ["<|endoftext|>", "a <|fim_prefix|> b", "\ud800 alone", "\0"])
def test_a_text_that_spells_something_special_is_only_text(text: str) -> None:
    assert best_tokenizer().count(text) > 1 or text == "\0"


def asked(program: str, **environment: str) -> str:
    """Run a program in a fresh process that may open no connection, and return what it prints."""
    guard = (
        "import sys\n"
        "def guard(event, _):\n"
        "    assert event not in ('socket.connect', 'socket.getaddrinfo'), event\n"
        "sys.addaudithook(guard)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", guard + program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


TELL = "from vgxness.tokens import best_tokenizer as best\nprint(best().exact, best().count('hello world'))"


def test_a_real_count_needs_no_network() -> None:
    assert asked(TELL) == "True 2"


def test_without_the_extra_the_estimate_counts() -> None:
    assert asked("import sys; sys.modules['bpe_openai'] = None\n" + TELL) == "False 3"


def test_a_broken_extra_costs_the_count_and_not_the_ledger(site: Site, tmp_path: Path) -> None:
    (site.path / "bpe_openai.py").write_text("raise RuntimeError('broken')\n")
    assert asked(TELL, PYTHONPATH=str(site.path)) == "False 3"
