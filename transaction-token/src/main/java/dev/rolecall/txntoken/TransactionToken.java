package dev.rolecall.txntoken;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.SignedToken;
import java.time.Instant;

/**
 * A token that tells a service who called the proxy in front of it. It is good only together with
 * the proof of that proxy. Masked in {@code toString} all the same.
 */
public final class TransactionToken {

  /** The name of the header that carries it: exactly one value. */
  public static final String HEADER = "txn-token";

  /** The type in the header of the JWS. */
  static final String TYPE = "txntoken+jwt";

  /** The most characters of one that is made or read: half of gRPC's limit on all metadata. */
  static final int LONGEST = 4_096;

  private final SignedToken token;
  private final String id;
  private final Instant expiry;

  TransactionToken(SignedToken token, String id, Instant expiry) {
    this.token = requireNonNull(token, "token");
    this.id = requireNonNull(id, "id");
    this.expiry = requireNonNull(expiry, "expiry");
  }

  /** The text that travels: printable ASCII, at most 4,096 characters. */
  public String text() {
    return token.text();
  }

  /** The id of the transaction, for records: {@code txn}. */
  public String id() {
    return id;
  }

  /** The end of its life, in whole seconds: {@code exp}. */
  public Instant expiry() {
    return expiry;
  }

  @Override
  public String toString() {
    return "TransactionToken[" + id + ", ****]";
  }
}
