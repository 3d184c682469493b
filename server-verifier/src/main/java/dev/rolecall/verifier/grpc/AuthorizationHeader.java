package dev.rolecall.verifier.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.identity.RefusalReason;
import io.grpc.Metadata;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The {@code authorization} metadata of a call.
 *
 * <p>RFC 9110 lets a scheme be written in any case. Rolecall takes {@code Bearer} and one space, as
 * RFC 6750 and every gRPC client write it, and nothing else: one proof has one spelling, and the
 * whole value can be compared with one that was accepted before.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
final class AuthorizationHeader {

  static final Metadata.Key<byte[]> KEY = HeaderBytes.key("authorization");

  private static final byte[] SCHEME = "Bearer ".getBytes(US_ASCII);

  private AuthorizationHeader() {}

  /** The value, if there is exactly one; null otherwise. The transport's own: only to be read. */
  static byte @Nullable [] single(Metadata headers) {
    // get() would return the last of two, and so let a second value hide a first.
    @Nullable Iterable<byte[]> values = headers.getAll(KEY);
    if (values == null) {
      return null;
    }
    Iterator<byte[]> each = values.iterator();
    byte[] value = each.next();
    return each.hasNext() ? null : value;
  }

  /** The reason to refuse a call that has no single value. */
  static RefusalReason whyNotSingle(Metadata headers) {
    return headers.containsKey(KEY)
        ? RefusalReason.CREDENTIALS_AMBIGUOUS
        : RefusalReason.CREDENTIAL_MISSING;
  }

  /** The proof's text in a value; null if the scheme is another. The text may be anything. */
  static @Nullable String proofIn(byte[] value) {
    int start = SCHEME.length;
    return value.length >= start && Arrays.equals(value, 0, start, SCHEME, 0, start)
        ? new String(value, start, value.length - start, US_ASCII)
        : null;
  }
}
