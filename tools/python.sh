#!/bin/sh
# Prints the Python that runs this project: the one in .venv, else the first on this machine that is
# recent enough and can make a .venv. PYTHON=/some/python chooses.

if [ -x .venv/bin/python ]; then
    echo .venv/bin/python
    exit
fi

too_old=
without_venv=
for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14 python; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        too_old=${too_old:-$version}
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        without_venv=${without_venv:-$version}
    else
        command -v "$python"
        exit
    fi
done

if [ "$without_venv" ]; then
    echo "Python $without_venv is here but cannot make a .venv: install its venv package" \
        "(on Debian and Ubuntu: apt-get install python$without_venv-venv)." >&2
elif [ "$too_old" ]; then
    echo "Comptoir needs Python 3.11 or newer; this machine has $too_old." >&2
else
    echo "Comptoir needs Python 3.11 or newer; none was found on this machine." >&2
fi
exit 1
