"""The doctor asks every check, survives each, and says what to do."""

from __future__ import annotations

import pytest

from tests.conftest import Cli, Site

CHECK = """
    from vgxness.plugin import Check, Finding, hookimpl

    @hookimpl
    def vgxness_doctor_checks():
        return (Check(id="acme.voice", summary="Is the voice there?", target="%s:voice"),)

    def voice(context):
        %s
"""


def diagnosis(cli: Cli, *words: str) -> dict[str, object]:
    ran = cli("doctor", "acme.voice", *words, "--json")
    (found,) = ran.data["checks"]
    return {**found, "code": ran.code, "healthy": ran.data["healthy"]}


def test_a_strangers_check_is_asked_with_its_workspace(cli: Cli, site: Site, workspace) -> None:
    site.install("acme", CHECK % ("acme", "return Finding(severity='ok', summary=str(context.workspace))"))
    found = diagnosis(cli)
    assert (found["severity"], found["summary"], found["code"]) == ("ok", str(workspace), 0)
    assert found["plugin"] == "acme (acme 1.0)"


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        ("raise ValueError('no voice')", "no voice"),
        ("raise SystemExit(4)", "SystemExit"),
        ("return 'fine'", "returned a str"),
        ("import nonesuch", "nonesuch"),
    ],
    ids=["raises", "exits", "returns-rubbish", "misses-a-module"],
)
def test_a_check_that_fails_to_answer_is_an_error_with_its_distribution(
    cli: Cli, site: Site, body: str, evidence: str
) -> None:
    site.install("acme", CHECK % ("acme", body), version="7.7")
    found = diagnosis(cli)
    assert (found["severity"], found["code"], found["healthy"]) == ("error", 1, False)
    assert "acme 7.7" in str(found["summary"])
    assert evidence in str(found["evidence"])


def test_secrets_in_a_finding_are_redacted(cli: Cli, site: Site) -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    site.install("acme", CHECK % ("acme", f"return Finding(severity='warning', summary='token {secret}')"))
    assert secret not in str(diagnosis(cli))


def test_warnings_do_not_make_the_doctor_fail(cli: Cli, site: Site) -> None:
    body = "return Finding(severity='warning', summary='hoarse', hint='drink tea')"
    site.install("acme", CHECK % ("acme", body))
    found = diagnosis(cli)
    assert (found["code"], found["healthy"], found["hint"]) == (0, True, "drink tea")
    assert "drink tea" in cli("doctor", "acme.voice").out


def test_a_first_part_chooses_all_checks_below_it(cli: Cli) -> None:
    ids = [one["id"] for one in cli("doctor", "storage", "plugins.health", "--json").data["checks"]]
    assert ids[0] == "plugins.health"
    assert len(ids) >= 4
    assert all(one.startswith("storage.") for one in ids[1:])


def test_an_unknown_check_is_a_usage_error_that_lists_the_known(cli: Cli) -> None:
    ran = cli("doctor", "storag", "--json")
    assert (ran.code, ran.error["code"]) == (2, "usage")
    assert "storage.integrity" in ran.error["cause"]


def test_a_fresh_home_is_healthy(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    ran = cli("doctor", "--json")
    assert ran.code == 0
    assert {one["severity"] for one in ran.data["checks"]} <= {"ok", "info", "skipped"}
