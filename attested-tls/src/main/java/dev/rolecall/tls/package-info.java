/**
 * Attested TLS for gRPC: each end of a connection proves in the handshake that its key belongs to
 * an IAM role, with no certificate authority and no key on disk. Start at {@link
 * dev.rolecall.tls.AttestedTls}.
 *
 * <p>Uses gRPC's public types alone: the user chooses the transport and the TLS provider.
 */
@NullMarked
package dev.rolecall.tls;

import org.jspecify.annotations.NullMarked;
