#!/bin/bash
# The kernel's NAT as a program on the two TUN devices, which is a control of the devices and their routes:
# run.sh custom -- ./kernel-nat.sh
. "$(dirname "$0")/lib.sh"
. "$LAB/parts/kernel-nat.sh"
exec "$PYTHON" "$TOOLS/kernel_box.py" "$(kernel_nat_rules)"
