package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.renewal.Lifetime;
import dev.rolecall.renewal.RenewableCredential;
import io.grpc.Metadata;
import java.time.Instant;

/**
 * A web identity token: a JWT in which STS states the caller's role. A secret until it ends: any
 * server of its audience could use it at another one. Immutable; {@code toString} masks it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html">
 *     Understanding token claims</a>
 */
public final class WebIdentityToken implements RenewableCredential {

  // Text, not -bin: gRPC encodes and decodes a binary header anew for every call.
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final String text;
  private final Instant issuedAt;
  private final Instant end;
  private final Metadata metadata;
  private final Lifetime lifetime;

  /**
   * A token.
   *
   * @param text the JWT
   * @param issuedAt when it was asked for, by the client's clock
   * @param end when it ends, by the same clock
   */
  WebIdentityToken(String text, Instant issuedAt, Instant end) {
    this.text = requireNonNull(text, "text");
    this.issuedAt = requireNonNull(issuedAt, "issuedAt");
    this.end = requireNonNull(end, "end");
    this.metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + text);
    this.lifetime = Lifetime.of(issuedAt, end);
  }

  /** The JWT. A secret. */
  public String text() {
    return text;
  }

  /** When it was asked for, by the client's clock. */
  public Instant issuedAt() {
    return issuedAt;
  }

  /** When it ends, by the client's clock. */
  public Instant end() {
    return end;
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  /** Shared by all calls: never write to it. */
  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public String toString() {
    return "WebIdentityToken[****]";
  }
}
