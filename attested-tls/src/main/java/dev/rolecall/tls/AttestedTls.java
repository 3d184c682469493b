package dev.rolecall.tls;

import dev.rolecall.identity.Audience;

/**
 * TLS for gRPC in which each end shows that the key it holds belongs to an IAM role: no certificate
 * authority, no certificate or key on disk, no cost per call.
 *
 * <p>Each end makes a key in memory and a self-signed certificate with a proof of its role that is
 * bound to the key, and makes both anew every ten minutes. The handshake, TLS 1.3, shows that the
 * peer holds the key; STS says whose role the proof is. A server admits each call by the role of
 * its connection's peer; a client sends no byte of a call before its server has an expected role.
 *
 * <p>Whatever ends TLS between the two, as a load balancer may, breaks it: use per-call proofs
 * there.
 */
public final class AttestedTls {

  private AttestedTls() {}

  /**
   * Options of a server that is called by that name.
   *
   * @throws IllegalArgumentException if the audience breaks the rule of {@link Audience}
   */
  public static AttestedServerBuilder server(String audience) {
    return server(Audience.of(audience));
  }

  /** Options of a server that is called by that name. */
  public static AttestedServerBuilder server(Audience audience) {
    return new AttestedServerBuilder(audience);
  }

  /**
   * Options of a client of the server that is called by that name.
   *
   * @throws IllegalArgumentException if the audience breaks the rule of {@link Audience}
   */
  public static AttestedChannel.Builder channel(String audience) {
    return channel(Audience.of(audience));
  }

  /** Options of a client of the server that is called by that name. */
  public static AttestedChannel.Builder channel(Audience audience) {
    return new AttestedChannel.Builder(audience);
  }
}
