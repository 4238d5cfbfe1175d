# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The one place that knows what has to be installed and what it is called where. Sourced by ./demo
# and ./check, which then call `install_packages build` or `install_packages build tests`.

# Prints the codename of the distribution ("bookworm", "trixie", "noble"), or nothing.
distribution_codename() {
    [ -r /etc/os-release ] || return 0
    # shellcheck source=/dev/null
    (. /etc/os-release && printf '%s\n' "${VERSION_CODENAME:-}")
}

# Prints the packages of a set, one a line. build: the programs; tests: what ./check needs besides.
package_names() {
    case $1 in
    build)
        printf '%s\n' g++ cmake ninja-build pkg-config \
            libxapian-dev libstemmer-dev libzstd-dev libfmt-dev libexpected-dev libxxhash-dev \
            libgit2-dev libmd4c-dev libxml2-dev libicu-dev libarchive-dev libsqlite3-dev \
            zlib1g-dev libbrotli-dev libuchardet-dev libcld2-dev libpsl-dev libdtl-dev \
            libkainjow-mustache-dev
        case $(distribution_codename) in
        bookworm)
            # The default here is Boost 1.74, which has neither JSON nor URL.
            printf '%s\n' libboost1.81-dev libboost-program-options1.81-dev \
                libboost-json1.81-dev libboost-url1.81-dev
            ;;
        *)
            printf '%s\n' libboost-dev libboost-program-options-dev \
                libboost-json-dev libboost-url-dev
            ;;
        esac
        ;;
    tests)
        printf '%s\n' doctest-dev clang-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev \
            python3 python3-jsonschema python3-venv python3-yaml ccache dpkg-dev file git shellcheck \
            chromium fonts-noto-core wrk
        # Some have Node.js from elsewhere, whose npm is no package of its own.
        command -v node >/dev/null || printf '%s\n' nodejs
        command -v npm >/dev/null || printf '%s\n' npm
        ;;
    *)
        echo "packages: there is no set called $1" >&2
        return 2
        ;;
    esac
}

# Prints those of the given packages that are not installed.
missing_packages() {
    local package status
    for package in "$@"; do
        status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=
        [ "$status" = installed ] || printf '%s\n' "$package"
    done
}

# Runs a command as root, through sudo where we are not root, and shows it first.
as_root() {
    local -a command=("$@")
    [ "$(id -u)" -eq 0 ] || command=(sudo "$@")
    printf '  $ %s\n' "${command[*]}"
    "${command[@]}"
}

# Two sets of Boost headers cannot stand side by side: names what installing ours would remove and,
# on a terminal, asks. Arguments: the packages to install.
confirm_removals() {
    local removals answer
    removals=$(apt-get --simulate --no-install-recommends install "$@" 2>/dev/null |
        awk '$1 == "Remv" { print "    " $2 }')
    [ -n "$removals" ] || return 0
    echo "  They take the place of other packages (two versions of Boost's headers exclude each other)."
    echo "  These will be removed:"
    printf '%s\n' "$removals"
    if [ -t 0 ] && [ -t 1 ]; then
        read -r -p "  Go on? [y/N] " answer
        [[ $answer == [yY]* ]] || return 1
    fi
}

# Installs what is missing of the given sets and says what it does; touches nothing when nothing is
# missing. Fails when something is still missing afterwards.
install_packages() {
    local set
    local -a wanted=() missing=()
    for set in "$@"; do
        mapfile -t -O "${#wanted[@]}" wanted < <(package_names "$set")
    done

    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "No apt on this system. What is needed, by the names of Debian:"
        printf '%s\n' "${wanted[*]}" | fold -s -w 90 | sed 's/^/    /'
        echo "Going on; cmake will say what it does not find."
        return 0
    fi

    mapfile -t missing < <(missing_packages "${wanted[@]}")
    if [ "${#missing[@]}" -eq 0 ]; then
        echo "All ${#wanted[@]} packages are installed."
        return 0
    fi

    echo "Not installed yet: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        echo "Neither root nor sudo here. As root, please run:"
        echo "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
        return 1
    fi
    echo "Installing them with apt-get:"
    as_root apt-get --quiet update || echo "  The package lists could not be renewed; trying with those at hand."
    if ! confirm_removals "${missing[@]}"; then
        echo "Nothing was changed."
        return 1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get --quiet --yes --no-install-recommends install "${missing[@]}" || return 1
}
