#!/bin/sh
# Make sure that there is epubcheck: install Debian's if that is allowed, else print how.
# Its place can be given: make epub EPUBCHECK=/path/to/epubcheck.jar. In CI (the variable CI is
# set) it must be there; elsewhere the EPUB is made and not checked.

found() {
    command -v java >/dev/null 2>&1 &&
        { [ -e "${EPUBCHECK:-}" ] || [ -e /usr/share/java/epubcheck.jar ]; }
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
fi

if [ "$may_install" = yes ]; then
    echo "Installing epubcheck"
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends default-jre-headless epubcheck >/dev/null
    found && exit 0
fi

cat >&2 <<'MESSAGE'
No epubcheck was found, and it could not be installed from here. The check of the EPUB needs it:
  Debian, Ubuntu  apt-get install default-jre-headless epubcheck        (as root)
  other systems   install Java and epubcheck, and give the place of its file:
                  make epub EPUBCHECK=/path/to/epubcheck.jar
MESSAGE
[ -z "${CI:-}" ] || exit 1
echo "The EPUB is made and not checked." >&2
