#!/usr/bin/env bash
set -euo pipefail
input=$(cat)
case "$(jq -r '.source' <<<"$input")" in
  startup|resume) ;;
  *) exit 0 ;;
esac
cat <<'EOF'
{"hookSpecificOutput": {"hookEventName": "SessionStart", "additionalContext": "$HOME stays as it is"}}
EOF
