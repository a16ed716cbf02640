#!/usr/bin/env bash
# Makes sure that programs from Debian's packages are there; installs them where that is allowed, says what to install where not.
set -eu
declare -A program=([tesseract-ocr]=tesseract [chromium]=chromium [postgresql]=pg_lsclusters [redis-server]=redis-server [shellcheck]=shellcheck)
declare -A library=([libpangoft2-1.0-0]=libpangoft2-1.0.so.0 [libgomp1]=libgomp.so.1)
is_there() {
  if [ -n "${library[$1]:-}" ]; then /sbin/ldconfig -p | grep -q "${library[$1]}"; else command -v "${program[$1]}" >/dev/null 2>&1; fi
}
missing=()
for package in "$@"; do
  is_there "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ]; then run=(); elif sudo -n true 2>/dev/null; then run=(sudo -n); else run=(none); fi
if [ "${run[0]:-}" = none ] || ! command -v apt-get >/dev/null; then
  echo "Please install first: apt-get install ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq >/dev/null
"${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
