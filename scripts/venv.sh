# Sourced by scripts/demo and scripts/test: makes .venv on first use and installs the project into it.
# BITEXT_PYTHON names another interpreter; anything from Python 3.11 on will do.

find_python() {
    local candidate
    for candidate in "${BITEXT_PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    echo "No Python 3.11 or newer was found. Install one from python.org, or name it in BITEXT_PYTHON." >&2
    return 2
}

# use_venv GROUP: GROUP is "" for the program alone or "dev" for the development tools too.
use_venv() {
    local python stamp wanted
    python=$(find_python)
    if [ ! -d .venv ]; then
        echo "Making a virtual environment in .venv with $("$python" --version) ..."
        "$python" -m venv .venv
    fi
    if [ -d .venv/Scripts ]; then PATH="$PWD/.venv/Scripts:$PATH"; else PATH="$PWD/.venv/bin:$PATH"; fi
    export PATH
    stamp=".venv/installed-${1:-run}"
    wanted=$(cksum <pyproject.toml)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        echo "Installing bitext${1:+ and its development tools} (about 200 MB, once) ..."
        python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
        python -m pip install --quiet --disable-pip-version-check --editable . ${1:+--group "$1"}
        echo "$wanted" >"$stamp"
    fi
}
