#!/bin/sh
# Install a Debian package where this machine lets us; say what to do where it does not.
set -e
run=""
if [ "$(id -u)" != 0 ]; then run="sudo -n"; fi
if command -v apt-get >/dev/null && $run true 2>/dev/null; then
    $run apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends "$@" >/dev/null
else
    echo "please install: $*" >&2
    exit 1
fi
