/**
 * Attested TLS for gRPC: each end of a connection shows, in the handshake, that the key it holds
 * belongs to an IAM role, with no certificate authority and no key on disk. Start at {@link
 * dev.rolecall.tls.AttestedTls}.
 *
 * <p>Uses gRPC's public types alone; which transport and TLS provider carry it is the user's
 * choice.
 */
@NullMarked
package dev.rolecall.tls;

import org.jspecify.annotations.NullMarked;
