package dev.rolecall.proof;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The binding of a proof: what its signature covers besides the audience.
 *
 * <p>Each binding is one set of signed headers ({@link #signedHeaders}). Both sides derive the
 * request from there, so they cannot disagree.
 */
public sealed interface ProofBinding {

  /**
   * As it stands in a {@code rolecall-v1} proof: {@code bearer}, {@code channel.{hash}} or {@code
   * key.{hash}}. The binding of an EKS token, {@code cluster}, cannot stand there.
   */
  String text();

  /**
   * The headers the signature covers besides {@code host}, by lower-case name in the order SigV4
   * signs them.
   */
  SortedMap<String, String> signedHeaders(Audience audience);

  /** No binding: any holder of the proof may use it at its audience. */
  static ProofBinding bearer() {
    return Bearer.INSTANCE;
  }

  /**
   * The binding of that text.
   *
   * @return empty if the text is not one of the three spellings
   */
  static Optional<ProofBinding> parse(String text) {
    if (text.equals(Bearer.TEXT)) {
      return Optional.of(bearer());
    }
    if (text.startsWith(Channel.PREFIX)) {
      return hashAfter(Channel.PREFIX, text).map(Channel::new);
    }
    if (text.startsWith(Key.PREFIX)) {
      return hashAfter(Key.PREFIX, text).map(Key::new);
    }
    return Optional.empty();
  }

  private static Optional<BindingHash> hashAfter(String prefix, String text) {
    String hash = text.substring(prefix.length());
    return BindingHash.isValid(hash) ? Optional.of(new BindingHash(hash)) : Optional.empty();
  }

  private static SortedMap<String, String> headers(Audience audience, Map<String, String> more) {
    SortedMap<String, String> headers = new TreeMap<>(more);
    headers.put("x-rolecall-audience", audience.name());
    return headers;
  }

  /** The binding to nothing; get it from {@link ProofBinding#bearer()}. */
  enum Bearer implements ProofBinding {
    /** The only one. */
    INSTANCE;

    private static final String TEXT = "bearer";

    @Override
    public String text() {
      return TEXT;
    }

    @Override
    public SortedMap<String, String> signedHeaders(Audience audience) {
      return headers(audience, Map.of());
    }
  }

  /**
   * An EKS token's, which is as weak as {@link Bearer}: it covers the audience alone, under the
   * header name that clients of EKS sign a cluster's name with.
   */
  enum ClusterName implements ProofBinding {
    /** The only one. */
    INSTANCE;

    @Override
    public String text() {
      return "cluster";
    }

    @Override
    public SortedMap<String, String> signedHeaders(Audience audience) {
      return new TreeMap<>(Map.of("x-k8s-aws-id", audience.name()));
    }
  }

  /**
   * The server's certificate, as {@code tls-server-end-point}: the proof is worthless on a
   * connection that presented another one.
   *
   * @param hash the SHA-256 of the server's leaf certificate in DER
   * @see <a href="https://www.rfc-editor.org/rfc/rfc5929#section-4">RFC 5929, section 4</a>
   */
  record Channel(BindingHash hash) implements ProofBinding {

    private static final String PREFIX = "channel.";

    /** Checks that nothing is absent. */
    public Channel {
      requireNonNull(hash, "hash");
    }

    @Override
    public String text() {
      return PREFIX + hash;
    }

    @Override
    public SortedMap<String, String> signedHeaders(Audience audience) {
      return headers(audience, Map.of("x-rolecall-channel", hash.value()));
    }
  }

  /**
   * The key of the certificate that carries the proof; never accepted in a call's metadata.
   *
   * @param hash the SHA-256 of the key's SubjectPublicKeyInfo
   */
  record Key(BindingHash hash) implements ProofBinding {

    private static final String PREFIX = "key.";

    /** Checks that nothing is absent. */
    public Key {
      requireNonNull(hash, "hash");
    }

    @Override
    public String text() {
      return PREFIX + hash;
    }

    @Override
    public SortedMap<String, String> signedHeaders(Audience audience) {
      return headers(audience, Map.of("x-rolecall-key", hash.value()));
    }
  }
}
