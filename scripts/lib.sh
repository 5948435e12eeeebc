# For the commands beside it: find what they need, install it where that is possible, and say what to install where it is not.
# Written for any bash from 3.2 (macOS) on.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 78; }
have() { command -v "$1" >/dev/null 2>&1; }

# quietly COMMAND…: its output is shown only if it fails.
quietly() {
    local log status=0
    log="$(mktemp)"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    [ "$status" = 0 ] || cat "$log" >&2
    rm -f "$log"
    return "$status"
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# apt_install PACKAGE…: false where this is not Debian or its kin, where we may not, and where it fails.
apt_install() {
    have apt-get && as_root true 2>/dev/null || return 1
    say "Installing $* …"
    if [ -z "${apt_updated:-}" ]; then
        quietly as_root apt-get update || true
        apt_updated=1
    fi
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" && hash -r
}

need_dotnet() {
    case "$(cd "$root" && dotnet --version 2>/dev/null || true)" in
        10.*) ;;
        *) stop "The .NET 10 SDK is missing. Install it and run this again:
  any system      https://dotnet.microsoft.com/download/dotnet/10.0
  Ubuntu, Fedora  the package dotnet-sdk-10.0" ;;
    esac
}

need_node() {
    have node && have npm && return
    apt_install $(have node || echo nodejs) npm && have npm && return
    stop "Node.js with npm is missing; it fetches the renderer of the cards. Install it and run this again:
  Debian, Ubuntu  apt-get install nodejs npm
  macOS           brew install node
  any system      https://nodejs.org/en/download"
}

find_chromium() {
    local name
    for name in ${EQUITYBOT_CHROMIUM:+"$EQUITYBOT_CHROMIUM"} chromium chromium-browser google-chrome google-chrome-stable microsoft-edge \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if EQUITYBOT_CHROMIUM="$(command -v "$name")"; then return; fi
    done
    return 1
}

need_chromium() {
    find_chromium || { apt_install chromium && find_chromium; } || stop "A Chromium browser is missing; it draws the pages and cards. Install it and run this again:
  Debian          apt-get install chromium
  any system      https://www.google.com/chrome
or name its program in EQUITYBOT_CHROMIUM."
    export EQUITYBOT_CHROMIUM
}
