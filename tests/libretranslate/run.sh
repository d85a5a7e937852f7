#!/usr/bin/env bash
# Starts the real LibreTranslate server on 127.0.0.1 and runs its tests against it: tests/libretranslate/run.sh PYTEST
set -euo pipefail
cd "$(dirname "$0")/../.."
pytest=${1:-.venv/bin/pytest}
python=${PYTHON:-python3}
home=.venv-libretranslate
wanted=tests/libretranslate/requirements.txt

if ! cmp -s "$wanted" "$home/ready"; then # made anew when what it is made from changes
  "$python" -m venv --clear "$home"
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$wanted"
  cp "$wanted" "$home/ready"
fi

port=$("$home/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
log=$home/server.log
"$home/bin/python" tests/libretranslate/serve.py --port "$port" >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT

for _ in $(seq 120); do
  "$home/bin/python" -c "import urllib.request as r; r.urlopen('$url/languages', timeout=5)" 2>/dev/null && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.5
done || true
kill -0 "$server" 2>/dev/null || { echo "the LibreTranslate server did not start:" >&2; cat "$log" >&2; exit 1; }

POLYHELP_LIBRETRANSLATE_URL=$url "$pytest" -q tests/engines/test_engines_libretranslate_real.py
