#!/usr/bin/env bash
# Runs once, as root, when Gradescope builds the image: installs Python and the libraries that the grader needs.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}

new_enough() { "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
find_python() {
    for python in python3.11 python3 python3.12 python3.13 python3.14; do
        if new_enough "$python"; then echo "$python" && return; fi
    done
    return 1
}

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends libseccomp2 python3 python3-venv
# Ubuntu 22.04 has a python3 that is too old, and a python3.11 beside it.
find_python >/dev/null || apt-get install -y --no-install-recommends python3.11 python3.11-venv || true
python=$(find_python) || {
    echo "error: this image has no Python 3.11 or later: choose a newer Ubuntu in the assignment's settings" >&2
    exit 1
}

"$python" -m venv "$root/venv"
"$root/venv/bin/python" -m pip install --quiet --no-cache-dir \
    --constraint "$root/source/constraints.txt" --requirement "$root/source/requirements.txt"

# The kernel that grades may be another than the one that builds, so this only tells; `run_autograder` decides.
PYTHONPATH=$root/source "$root/venv/bin/python" -P -c '
from grader.sandbox import LockUnavailable, lock_name
try:
    print("lock:", lock_name())
except LockUnavailable as error:
    print("WARNING: no lock here:", error)
'
