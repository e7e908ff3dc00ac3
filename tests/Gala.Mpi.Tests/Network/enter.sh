#!/bin/sh
# Stands in for ssh: runs a command on the "machine" 10.77.0.1 or 10.77.0.2 of relay.py, with a host name of its own. GALA_MACHINES is what relay.py
# printed.
#   enter.sh [ssh's options] ADDRESS COMMAND...
while [ "${1#-}" != "$1" ]; do shift; done
machine="$GALA_MACHINES-${1##*.}"
shift
exec ip netns exec "$machine" unshare --uts sh -c 'hostname "$0"; exec sh -c "$*"' "$machine" "$@"
