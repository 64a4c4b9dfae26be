#!/bin/bash
# what: ICMP errors from inside reach the server whose packet they quote, from the NAT's address and with the outside endpoints
#       in the quote: a host's closed port, a closed port behind a forward, a router inside with a smaller MTU
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/errors.sh"
whole_checksums srv
provoke closed c1 6710 3 3 "$(inside_seen c1)"
provoke closed-other-host c2 6710 3 3 "$(inside_seen c2)" --size 1400
provoke closed-deep deep 6710 3 3 "$(inside_seen deep)"
if [ "$MODE" != none ]; then
  check closed-forward ns srv $ERRORS out $PUBLIC_ADDR 5300 3 3 $PUBLIC_ADDR
  provoke router-too-large deep 6711 3 4 $PUBLIC_ADDR --size 1400 --whole --mtu $DEEP_MTU
else
  provoke router-too-large deep 6711 3 4 $C3 --size 1400 --whole --mtu $DEEP_MTU
fi
verdict
