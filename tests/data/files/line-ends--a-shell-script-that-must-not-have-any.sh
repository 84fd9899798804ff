#!/bin/sh
# A carriage return behind the first line is 'no such file or directory'.
set -eu
exec "$(dirname "$0")/hook" "$@"
