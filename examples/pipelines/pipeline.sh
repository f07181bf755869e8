#!/usr/bin/env bash
# A step of a pipeline, for any CI that has a shell: pipeline.sh preview|up|drift|unlock
#
#   preview  what an up would do                    for a pull request
#   up       makes it so, whatever has drifted      for the main branch
#   drift    whether Gitpod is as the state says    for a schedule; a short report is left in drift.txt
#   unlock   takes away the lock of a killed run    only after a cancelled up of the same pipeline
#
# From the environment: PULUMI_STACK, GITPOD_TOKEN, and what your backend needs (PULUMI_ACCESS_TOKEN, or PULUMI_BACKEND_URL
# and PULUMI_CONFIG_PASSPHRASE). Exit codes: 0, 1 where it failed, 2 where there is drift, 64 where it was called wrongly.
set -euo pipefail

: "${PULUMI_STACK:?which stack it is about}"
: "${GITPOD_TOKEN:?a personal access token of Gitpod}"

options=(--stack "$PULUMI_STACK" --non-interactive --color never)

drift() {
    # With the program, since the state knows only the configuration of the last up.
    if pulumi refresh --preview-only --expect-no-changes --run-program --diff "${options[@]}" 2>&1 | tee drift.txt; then
        return 0
    fi
    echo
    if ! grep -q "no changes were expected" drift.txt; then
        echo "The drift check itself failed; whether there is drift is not known." | tee drift.txt
        return 1
    fi
    # The lines that differ, and of each resource that has some its name.
    differences=$(awk '
        /^ *[~+-] / { print }
        /\((update|delete)\)$/ { drifted = 1 }
        /\[urn=/ { if (drifted) print; drifted = 0 }
    ' drift.txt)
    tee drift.txt <<END
Stack $PULUMI_STACK has drifted. So Gitpod differs from the state:
$differences
'pulumi up --refresh' makes it as declared again.
END
    return 2
}

# Those that can change something take the place of this shell, so that they get the signal by which a CI cancels.
case "${1-}" in
preview) exec pulumi preview --diff "${options[@]}" ;;
up) exec pulumi up --refresh --yes --skip-preview "${options[@]}" ;;
drift) drift ;;
unlock) exec pulumi cancel --yes "${options[@]}" ;;
*)
    echo "usage: pipeline.sh preview|up|drift|unlock" >&2
    exit 64
    ;;
esac
