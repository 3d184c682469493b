package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Credential;
import io.grpc.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The credential that a connection presented itself, in the attributes of its transport. Where
 * there is one, be it {@link Credential#none}, it counts, and a call's metadata is not read. What
 * reads connections, such as attested TLS, puts it there from a {@code ServerTransportFilter}.
 */
public final class PeerCredential {

  private static final Attributes.Key<Credential> KEY =
      Attributes.Key.create("rolecall-peer-credential");

  private PeerCredential() {}

  /** Those attributes, with that credential. */
  public static Attributes in(Attributes transport, Credential credential) {
    return transport.toBuilder().set(KEY, requireNonNull(credential, "credential")).build();
  }

  /** The credential in the attributes; null if the connection's calls bring theirs. */
  static @Nullable Credential of(Attributes transport) {
    return transport.get(KEY);
  }
}
