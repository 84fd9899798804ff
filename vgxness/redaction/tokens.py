"""Tokens that are known by their own look: a vendor's prefix and the characters after it.

Lengths are lower bounds and a little below the vendor's, so a token cut short by a log is still found.
"""

from __future__ import annotations

from typing import Final

from vgxness.redaction.models import Rule

_START: Final = r"(?<![A-Za-z0-9_])"
_RUN: Final = r"(?<![A-Za-z0-9_-])"
_ESCAPES: Final = str.maketrans({".": r"\.", "$": r"\$"})


def _prefixed(kind: str, prefix: str, body: str) -> Rule:
    """Return the rule of tokens that begin with a literal prefix."""
    return Rule(kind, (prefix.lower(),), f"{_START}{prefix.translate(_ESCAPES)}{body}")


_ALNUM: Final = "[A-Za-z0-9]"
_URLSAFE: Final = "[A-Za-z0-9_-]"
_HEX: Final = "[0-9a-f]"

_FORGES: Final = (
    *(_prefixed("github-token", f"gh{letter}_", _ALNUM + "{20,}") for letter in "pousr"),
    _prefixed("github-token", "github_pat_", "[A-Za-z0-9_]{22,}"),
    *(
        _prefixed("gitlab-token", prefix, "[A-Za-z0-9_.-]{16,}")
        for prefix in (
            "glpat-", "gldt-", "glrt-", "glrtr-", "glptt-", "glft-", "glsoat-", "glcbt-", "glimt-",
            "glagent-", "GR1348941", "glffct-",
        )
    ),
    _prefixed("gitlab-token", "gloas-", "[0-9a-zA-Z_-]{32,}"),
    _prefixed("bitbucket-token", "ATBB", _ALNUM + "{20,}"),
    _prefixed("bitbucket-token", "ATCTT3xFfGN0", "[A-Za-z0-9_=-]{20,}"),
    _prefixed("atlassian-token", "ATATT3xFfGF0", "[A-Za-z0-9_=-]{20,}"),
    _prefixed("gitea-token", "gta_", "[0-9a-f]{32,}"),
)  # fmt: skip

_CLOUDS: Final = (
    Rule(
        "aws-key-id",
        ("akia", "asia", "abia", "acca"),
        rf"{_START}(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{{16}}(?![A-Za-z0-9])",
    ),
    _prefixed("aws-bedrock-key", "ABSK", "[A-Za-z0-9+/=]{100,}"),
    _prefixed("aws-bedrock-key", "bedrock-api-key-", "[A-Za-z0-9+/=_-]{20,}"),
    Rule("google-api-key", ("aiza",), rf"{_START}AIza[A-Za-z0-9_-]{{30,}}"),
    _prefixed("google-oauth", "ya29.", r"[A-Za-z0-9_.-]{20,}"),
    _prefixed("google-oauth", "GOCSPX-", _URLSAFE + "{20,}"),
    Rule("google-oauth", ("1//0",), r"(?<![A-Za-z0-9_:/])1//0[A-Za-z0-9_-]{30,}"),
    Rule("azure-secret", ("q~",), rf"{_START}[A-Za-z0-9_~.]{{3}}[78]Q~[A-Za-z0-9_~.-]{{31,}}"),
    Rule("azure-devops-token", ("azdo",), r"(?<![A-Za-z0-9])[A-Za-z0-9]{70,76}AZDO[A-Za-z0-9]{4}"),
    Rule(
        "azure-storage-key",
        ("+ast", "acdb"),
        r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{60,80}(?:\+ASt|ACDb)[A-Za-z0-9+/]{4,8}={0,2}",
    ),
    *(_prefixed("digitalocean-token", f"do{letter}_v1_", _HEX + "{32,}") for letter in "por"),
    _prefixed("alibaba-key-id", "LTAI", _ALNUM + "{12,24}(?![A-Za-z0-9])"),
    _prefixed("tencent-key-id", "AKID", _ALNUM + "{28,36}(?![A-Za-z0-9])"),
    _prefixed("heroku-key", "HRKU-", "[A-Za-z0-9_-]{30,}"),
    Rule("fly-token", ("fm1r_", "fm2_", "fo1_"), rf"{_START}(?:fm1r|fm2|fo1)_[A-Za-z0-9+/=_-]{{20,}}"),
    _prefixed("scaleway-key-id", "SCW", "[A-Z0-9]{17}(?![A-Za-z0-9])"),
    _prefixed("cloudflare-key", "v1.0-", "[0-9a-f]{24}-[0-9a-f]{100,}"),
    _prefixed("vercel-token", "vercel_blob_rw_", "[A-Za-z0-9_]{20,}"),
    *(_prefixed("vercel-token", f"vc{letter}_", _ALNUM + "{20,}") for letter in "piark"),
    _prefixed("netlify-token", "nfp_", _ALNUM + "{30,}"),
    _prefixed("render-key", "rnd_", _ALNUM + "{24,}"),
    _prefixed("yandex-key", "AQVN", "[A-Za-z0-9_-]{32,}"),
    _prefixed("planetscale-token", "pscale_tkn_", "[A-Za-z0-9_=.-]{20,}"),
    _prefixed("planetscale-token", "pscale_pw_", "[A-Za-z0-9_=.-]{20,}"),
    _prefixed("planetscale-token", "pscale_oauth_", "[A-Za-z0-9_=.-]{20,}"),
    _prefixed("supabase-key", "sbp_", _HEX + "{32,}"),
    _prefixed("supabase-key", "sb_secret_", "[A-Za-z0-9_-]{20,}"),
)  # fmt: skip

_MODELS: Final = (
    _prefixed("anthropic-key", "sk-ant-", _URLSAFE + "{20,}"),
    *(
        _prefixed("openai-key", f"sk-{account}-", _URLSAFE + "{20,}")
        for account in ("proj", "svcacct", "admin", "None", "service")
    ),
    _prefixed("openrouter-key", "sk-or-v1-", _HEX + "{32,}"),
    # One run of sixteen with a digit in it: `sk-fading-circle-1` is a style sheet's class.
    Rule("openai-key", ("sk-",), rf"{_START}sk-(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{{16,}}[A-Za-z0-9_-]*"),
    _prefixed("huggingface-token", "hf_", "(?=[A-Za-z]{0,40}[A-Z0-9])[A-Za-z0-9]{30,}"),
    _prefixed("huggingface-token", "api_org_", _ALNUM + "{30,}"),
    _prefixed("groq-key", "gsk_", _ALNUM + "{32,}"),
    _prefixed("replicate-token", "r8_", _ALNUM + "{32,}"),
    _prefixed("perplexity-key", "pplx-", _ALNUM + "{32,}"),
    _prefixed("xai-key", "xai-", _ALNUM + "{60,}"),
    _prefixed("cerebras-key", "csk-", _ALNUM + "{32,}"),
    _prefixed("fireworks-key", "fw_", "(?=[A-Za-z]{0,30}[0-9])[A-Za-z0-9]{22,}"),
    _prefixed("langsmith-key", "lsv2_pt_", "[A-Za-z0-9_]{32,}"),
    _prefixed("langsmith-key", "lsv2_sk_", "[A-Za-z0-9_]{32,}"),
    _prefixed("langfuse-key", "sk-lf-", "[0-9a-f-]{32,}"),
    _prefixed("nvidia-key", "nvapi-", _URLSAFE + "{40,}"),
    _prefixed("tavily-key", "tvly-", _URLSAFE + "{20,}"),
    _prefixed("firecrawl-key", "fc-", "[0-9a-f]{32}(?![A-Za-z0-9])"),
    _prefixed("pinecone-key", "pcsk_", "[A-Za-z0-9_]{40,}"),
    _prefixed("jina-key", "jina_", _ALNUM + "{40,}"),
    _prefixed("voyage-key", "pa-", "(?=[A-Za-z_-]{0,40}[0-9])[A-Za-z0-9_-]{40,}"),
    _prefixed("elevenlabs-key", "sk_", "[0-9a-f]{48}"),
)

_PACKAGES: Final = (
    _prefixed("npm-token", "npm_", _ALNUM + "{30,}"),
    _prefixed("pypi-token", "pypi-AgE", _URLSAFE + "{40,}"),
    _prefixed("rubygems-key", "rubygems_", _HEX + "{40,}"),
    _prefixed("docker-token", "dckr_pat_", _URLSAFE + "{20,}"),
    _prefixed("docker-token", "dckr_oat_", _URLSAFE + "{20,}"),
    _prefixed("nuget-key", "oy2", "[a-z0-9]{43}(?![a-z0-9])"),
    _prefixed("crates-token", "cio", "(?=[A-Za-z]{0,31}[0-9])[A-Za-z0-9]{32}(?![A-Za-z0-9])"),
    _prefixed("clojars-token", "CLOJARS_", "[a-z0-9]{40,}"),
    _prefixed("artifactory-token", "AKCp", _ALNUM + "{60,}"),
    _prefixed("artifactory-token", "cmVmdGtuOjAx", "[A-Za-z0-9+/=]{40,}"),
    _prefixed("jsr-token", "jsrp_", _ALNUM + "{30,}"),
)

_OPERATIONS: Final = (
    _prefixed("vault-token", "hvs.", "[A-Za-z0-9_-]{20,}"),
    _prefixed("vault-token", "hvb.", "[A-Za-z0-9_-]{20,}"),
    _prefixed("vault-token", "hvr.", "[A-Za-z0-9_-]{20,}"),
    Rule("terraform-token", (".atlasv1.",), r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}"),
    *(
        _prefixed("doppler-token", f"dp.{sort}.", "[A-Za-z0-9_.-]{30,}")
        for sort in ("pt", "st", "ct", "sa", "scim", "audit", "said")
    ),
    _prefixed("databricks-token", "dapi", "[0-9a-f]{32}(?:-[0-9])?"),
    _prefixed("pulumi-token", "pul-", _HEX + "{32,}"),
    _prefixed("grafana-token", "glsa_", "[A-Za-z0-9_]{32,}"),
    _prefixed("grafana-token", "glc_", "[A-Za-z0-9+/=]{32,}"),
    _prefixed("sentry-token", "sntrys_", "[A-Za-z0-9+/=_]{40,}"),
    _prefixed("sentry-token", "sntryu_", _HEX + "{40,}"),
    _prefixed("newrelic-key", "NRAK-", _ALNUM + "{20,}"),
    *(_prefixed("newrelic-key", f"NR{sort}-", "[A-Za-z0-9-]{24,}") for sort in ("II", "JS", "RA", "IQ")),
    _prefixed("dynatrace-token", "dt0c01.", r"[A-Z0-9]{20,}\.[A-Z0-9]{40,}"),
    _prefixed("dynatrace-token", "dt0s01.", r"[A-Z0-9]{6,}\.[A-Z0-9]{40,}"),
    _prefixed("prefect-key", "pnu_", _ALNUM + "{30,}"),
    _prefixed("tailscale-key", "tskey-", "[A-Za-z0-9-]{16,}"),
    _prefixed("onepassword-token", "ops_ey", "[A-Za-z0-9+/=_-]{100,}"),
    _prefixed("onepassword-secret-key", "A3-", "[A-Z0-9]{6}-[A-Z0-9-]{24,}"),
    _prefixed("infisical-token", "st.", r"[0-9a-f-]{24,36}\.[0-9a-f]{32}\.[0-9a-f]{32}"),
    _prefixed("buildkite-token", "bkua_", _HEX + "{32,}"),
    _prefixed("circleci-token", "CCIPAT_", "[A-Za-z0-9_]{32,}"),
    _prefixed("circleci-token", "CCIPRJ_", "[A-Za-z0-9_]{32,}"),
    _prefixed("sonar-token", "sqp_", _HEX + "{40}"),
    _prefixed("sonar-token", "squ_", _HEX + "{40}"),
    _prefixed("sonar-token", "sqa_", _HEX + "{40}"),
    _prefixed("harness-token", "pat.", r"[A-Za-z0-9_-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}"),
    _prefixed("launchdarkly-key", "sdk-", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    _prefixed("launchdarkly-key", "api-", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    _prefixed("posthog-key", "phx_", _ALNUM + "{40,}"),
    _prefixed("snyk-token", "snyk_uat.", r"[A-Za-z0-9_.-]{20,}"),
    _prefixed("age-key", "AGE-SECRET-KEY-1", "[A-Za-z0-9]{40,}"),
    _prefixed("age-key", "AGE-PLUGIN-", "[A-Z0-9]{1,20}-1[A-Za-z0-9]{40,}"),
)  # fmt: skip

_TALK: Final = (
    Rule("slack-token", ("xox",), rf"{_START}xox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{{10,}}"),
    _prefixed("slack-token", "xapp-", "[0-9]-[A-Za-z0-9-]{20,}"),
    Rule(
        "webhook-url",
        ("hooks.slack.com/", "webhook"),
        r"(?:hooks\.slack\.com/(?:services|workflows|triggers)/|discord(?:app)?\.com/api/webhooks/"
        r"|webhook\.office\.com/webhookb2/)(?P<secret>[A-Za-z0-9_/@.-]{16,})",
    ),
    Rule("telegram-token", (":aa",), r"(?<![A-Za-z0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{30,}"),
    Rule(
        "discord-token",
        (".",),
        rf"{_START}[MNO][A-Za-z0-9_-]{{23,27}}\.[A-Za-z0-9_-]{{6}}\.[A-Za-z0-9_-]{{27,}}",
    ),
    Rule("twilio-key", ("sk",), rf"{_START}SK[0-9a-f]{{32}}(?![0-9a-f])"),
    _prefixed("sendgrid-key", "SG.", r"[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,}"),
    _prefixed("mailgun-key", "key-", "[0-9a-f]{32}(?![0-9a-f])"),
    Rule("mailgun-key", ("-",), r"(?<![0-9a-f-])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![0-9a-f-])"),
    Rule("mailchimp-key", ("-us",), r"(?<![0-9a-f])[0-9a-f]{32}-us[0-9]{1,2}(?![0-9a-z])"),
    _prefixed("brevo-key", "xkeysib-", "[0-9a-f]{40,}-[A-Za-z0-9]{12,}"),
    _prefixed("brevo-key", "xsmtpsib-", "[0-9a-f]{40,}-[A-Za-z0-9]{12,}"),
    _prefixed("resend-key", "re_", "(?=[A-Za-z_]{0,20}[0-9])[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}"),
    _prefixed("postman-key", "PMAK-", "[0-9a-f]{24}-[0-9a-f]{30,}"),
    _prefixed("facebook-token", "EAA", "(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{80,}"),
    _prefixed("intercom-token", "dG9rO", "[A-Za-z0-9+/=]{50,}"),
)

_WORK: Final = (
    _prefixed("linear-key", "lin_api_", _ALNUM + "{30,}"),
    _prefixed("linear-key", "lin_oauth_", _ALNUM + "{30,}"),
    _prefixed("notion-token", "ntn_", _ALNUM + "{30,}"),
    Rule("notion-token", ("secret_",), rf"{_START}secret_(?=[A-Za-z]{{0,42}}[0-9])[A-Za-z0-9]{{40,}}"),
    Rule("airtable-token", ("pat",), rf"{_START}pat[A-Za-z0-9]{{14}}\.[0-9a-f]{{64}}(?![0-9a-f])"),
    _prefixed("figma-token", "figd_", _URLSAFE + "{30,}"),
    _prefixed("contentful-token", "CFPAT-", _URLSAFE + "{30,}"),
    _prefixed("typeform-token", "tfp_", "[A-Za-z0-9_.-]{40,}"),
    _prefixed("asana-token", "1/", "[0-9]{15,17}:[0-9a-f]{32}"),
    _prefixed("clickup-token", "pk_", "[0-9]{6,9}_[A-Z0-9]{32}"),
    _prefixed("hubspot-token", "pat-na1-", "[0-9a-f-]{30,}"),
    _prefixed("hubspot-token", "pat-eu1-", "[0-9a-f-]{30,}"),
    _prefixed("readme-key", "rdme_", "[a-z0-9]{60,}"),
    _prefixed("zapier-token", "zpka_", "[A-Za-z0-9_]{20,}"),
    _prefixed("sourcegraph-token", "sgp_", "[A-Za-z0-9_]{32,}"),
)

_MONEY: Final = (
    *(
        Rule("stripe-key", (f"{letter}k_",), rf"{_START}{letter}k_(?:live|test|prod)_[A-Za-z0-9_]{{6,}}")
        for letter in "spr"
    ),
    _prefixed("stripe-key", "whsec_", "[A-Za-z0-9+/=]{20,}"),
    # The original's sk_ and pk_ shapes, with a digit; not a constraint's name such as pk_orders_2024.
    Rule(
        "prefixed-key",
        ("sk_", "pk_"),
        rf"{_START}[sp]k_(?=[A-Za-z_]*[0-9])"
        r"(?!(?:[a-z]+[0-9]{0,4}|[0-9]{1,4})(?:_(?:[a-z]+[0-9]{0,4}|[0-9]{1,4}))+(?![A-Za-z0-9_]))"
        r"[A-Za-z0-9_]{6,}",
    ),
    *(
        _prefixed("shopify-token", f"{prefix}_", "[0-9a-fA-F]{32}")
        for prefix in ("shpat", "shpca", "shppa", "shpss")
    ),
    _prefixed("square-token", "EAAA", "[A-Za-z0-9_-]{56,60}(?![A-Za-z0-9_-])"),
    _prefixed("square-token", "sq0atp-", _URLSAFE + "{22,}"),
    _prefixed("square-token", "sq0csp-", _URLSAFE + "{40,}"),
    _prefixed("braintree-token", "access_token$production$", "[a-z0-9]{16}\\$[0-9a-f]{32}"),
    _prefixed("plaid-token", "access-production-", "[0-9a-f-]{32,}"),
    _prefixed("plaid-token", "access-sandbox-", "[0-9a-f-]{32,}"),
    _prefixed("flutterwave-key", "FLWSECK-", "[0-9a-zA-Z-]{20,}"),
    _prefixed("flutterwave-key", "FLWSECK_TEST-", "[0-9a-zA-Z-]{12,}"),
    _prefixed("razorpay-key", "rzp_live_", _ALNUM + "{12,}"),
    _prefixed("razorpay-key", "rzp_test_", _ALNUM + "{12,}"),
    _prefixed("adyen-key", "AQE", "(?=[A-Za-z]{0,30}[0-9])[A-Za-z0-9+/=.-]{80,}"),
    _prefixed("duffel-token", "duffel_live_", _URLSAFE + "{30,}"),
    _prefixed("easypost-key", "EZAK", _ALNUM + "{50,}"),
    _prefixed("shippo-token", "shippo_live_", _HEX + "{32,}"),
    _prefixed("lob-key", "live_", "[0-9a-f]{32,}"),
)

_GENERAL: Final = (
    # No start after a hyphen: each run of these characters is read once, however often it says eyJ.
    Rule("jwt", ("eyj",), rf"{_RUN}eyJ[A-Za-z0-9_-]{{8,}}\.[A-Za-z0-9_-]{{8,}}\.[A-Za-z0-9_-]{{6,}}"),
    Rule(
        "jwe",
        ("eyj",),
        rf"{_RUN}eyJ[A-Za-z0-9_-]{{8,}}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{{8,}}\.[A-Za-z0-9_-]{{8,}}",
    ),
    Rule(
        "password-hash",
        ("$2", "$5$", "$6$", "$apr1$", "$argon2", "$y$"),
        r"\$(?:2[abxy]\$[0-9]{2}\$[./A-Za-z0-9]{53}|(?:5|6|apr1|y)\$[^\s$:]{1,60}\$[./A-Za-z0-9$]{20,}"
        r"|argon2(?:id|i|d)\$[^\s:]{30,})",
    ),
)

TOKEN_RULES: Final[tuple[Rule, ...]] = (
    *_FORGES, *_CLOUDS, *_MODELS, *_PACKAGES, *_OPERATIONS, *_TALK, *_WORK, *_MONEY, *_GENERAL,
)  # fmt: skip
