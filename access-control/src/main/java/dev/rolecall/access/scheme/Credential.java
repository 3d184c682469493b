package dev.rolecall.access.scheme;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credential that a call was presented with. <b>Nothing in it has been verified.</b> Every arm
 * that holds a secret masks it in {@code toString}.
 */
public sealed interface Credential {

  /** The call brought no credential. */
  static Credential none() {
    return Absent.NONE;
  }

  /** The call brought more than one, so none of them counts. */
  static Credential ambiguous() {
    return Absent.AMBIGUOUS;
  }

  /** The credential that a client sends as {@code Bearer} and that token. */
  static Credential bearer(String token) {
    return new Header(("Bearer " + token).getBytes(ISO_8859_1));
  }

  /**
   * The credential of an HTTP request with those values of its {@code Authorization} field: none,
   * that one, or {@link #ambiguous}. A server must give all of them: were it to take the first or
   * the last of two, a proxy before it might take the other.
   *
   * @param values each field line's value, scheme included, of Latin-1 characters
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2">RFC 9110, section
   *     11.6.2</a>
   */
  static Credential ofAuthorization(List<String> values) {
    return switch (values.size()) {
      case 0 -> none();
      case 1 -> new Header(values.get(0).getBytes(ISO_8859_1));
      default -> ambiguous();
    };
  }

  /** A credential that does not exist; get it from {@link #none} and {@link #ambiguous}. */
  enum Absent implements Credential {
    /** The call brought none. */
    NONE,
    /** The call brought more than one. */
    AMBIGUOUS
  }

  /**
   * A credential that the door itself found unusable, such as a certificate that breaks a rule.
   *
   * @param reason the reason that the call is refused with
   */
  record Unusable(RefusalReason reason) implements Credential {
    /** Checks that nothing is absent. */
    public Unusable {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The value of a call's {@code authorization} metadata. No record: the value is a secret.
   * Immutable as long as the array is not written to.
   */
  final class Header implements Credential {

    private static final byte[] BEARER = "Bearer ".getBytes(US_ASCII);

    private final byte[] value;

    /**
     * The whole value, scheme included.
     *
     * @param value not copied: the transport's own array, which HPACK's table gives out again
     */
    public Header(byte[] value) {
      this.value = requireNonNull(value, "value");
    }

    /** The value as it was sent. Only to be read. */
    public byte[] value() {
      return value;
    }

    /**
     * The text after {@code Bearer} and one space; null if the scheme is another. RFC 9110 lets a
     * scheme be written in any case. Rolecall takes one spelling, that of RFC 6750, so that one
     * credential has one spelling too.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
     */
    public @Nullable String bearer() {
      int start = BEARER.length;
      return value.length >= start && Arrays.equals(value, 0, start, BEARER, 0, start)
          ? new String(value, start, value.length - start, US_ASCII)
          : null;
    }

    /**
     * Compares the bytes, first by identity. Not in constant time: a peer that could time the
     * comparison shares the connection that the credential came in on.
     */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Header that
          && (value == that.value || Arrays.equals(value, that.value));
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Header[****]";
    }
  }

  /**
   * The certificate of the connection's peer, after TLS has proven that the peer holds its key. A
   * scheme has its own type, with what it needs of the certificate parsed. One connection has one
   * for its whole life.
   */
  non-sealed interface PeerCertificate extends Credential {

    /** The hash of the certificate's SubjectPublicKeyInfo. */
    BindingHash key();
  }
}
