package dev.rolecall.tls;

import dev.rolecall.identity.Audience;

/**
 * TLS for gRPC in which each end proves that its key belongs to an IAM role: no certificate
 * authority, no certificate or key on disk, no cost per call.
 *
 * <p>Each end makes a key in memory and a self-signed certificate. The certificate holds a proof of
 * the end's role that is bound to the key. Both are renewed every ten minutes. The handshake, TLS
 * 1.3, proves that the peer holds the key; STS confirms the role. A server admits each call by the
 * role of its connection's peer. A client sends no byte of a call before its server is known to
 * have an expected role.
 *
 * <p>A load balancer that ends TLS between the two breaks it: use per-call proofs there.
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
