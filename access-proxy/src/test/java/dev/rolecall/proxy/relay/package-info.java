/** Tests of the relay, before real upstreams, over real sockets and TLS. */
@NullMarked
package dev.rolecall.proxy.relay;

import org.jspecify.annotations.NullMarked;
