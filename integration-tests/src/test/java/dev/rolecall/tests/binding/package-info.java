/**
 * Proofs bound to a TLS connection, and connections with both ends attested: on both of Netty's TLS
 * providers, through what passes TLS on and what ends it, and while the server's certificate
 * changes.
 */
@NullMarked
package dev.rolecall.tests.binding;

import org.jspecify.annotations.NullMarked;
