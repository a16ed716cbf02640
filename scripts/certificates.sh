#!/usr/bin/env bash
# The certificates of docker/compose.tls.yml, or of deploy/kubernetes, from an authority of your own: scripts/certificates.sh FOLDER [DAYS].
# Makes the authority where it is not there yet. Keep ca.key elsewhere afterwards. Run it again before the days are over, and restart.
set -eu -o pipefail
folder=${1:?the folder, such as docker/tls}
days=${2:-90}
umask 077
mkdir -p "$folder"
cd "$folder"
[ -f ca.crt ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=Probity inside" -keyout ca.key -out ca.crt 2>/dev/null
certificate() {  # its file, its common name, its other names
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" -keyout "$1.key" -out "$1.csr" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days "$days" -extfile <(echo "subjectAltName=$3") -out "$1.crt" 2>/dev/null
  rm "$1.csr"
}
certificate server probity-server DNS:postgres,DNS:redis
certificate probity probity DNS:web,DNS:web-second,DNS:live,DNS:worker,IP:127.0.0.1
if [ "$(id -u)" = 0 ]; then chown 999 server.key; chown 10001 probity.key; fi
chmod 644 ca.crt server.crt probity.crt
