#!/bin/sh
# Make sure that the tests have a Chromium: install Debian's if that is allowed, else print how.
# In CI (the variable CI is set) a missing browser is an error; elsewhere its tests are skipped.

found() {
    [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

found && exit 0

as_root=
may_install=no
if [ -f /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        may_install=yes
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        may_install=yes
        as_root="sudo -n"
    fi
    # Ubuntu's package only points to a snap, which cannot run in a container.
    grep -qi '^ID=ubuntu' /etc/os-release 2>/dev/null && may_install=no
fi

if [ "$may_install" = yes ]; then
    echo "Installing Chromium for the tests"
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null
    found && exit 0
fi

cat >&2 <<'MESSAGE'
No Chromium was found, and it could not be installed from here. Tests of pages in a browser need
one:
  Debian          apt-get install chromium-headless-shell        (as root)
  other systems   install Chromium or Google Chrome; if it is not on the PATH, give its place:
                  make test CHROMIUM="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MESSAGE
[ -z "${CI:-}" ] || exit 1
echo "The other tests run now; tests in a browser are skipped." >&2
