/** TUN devices of Linux: opened with one ioctl through JNA, read and written through channels of the JDK. */
@NullMarked
package io.github.culvert.gateway.tun;

import org.jspecify.annotations.NullMarked;
