#!/bin/bash
# what: fragments of three hosts at once, with one IP identification, one source port and one server: outside only the
#       identification tells the datagrams apart, so that they must be given different ones (RFC 6864 5.3.1)
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/fragments.sh"
echo_servers
check together together $SRV $ECHO 10
check together-far together $FAR $ECHO 10
verdict
