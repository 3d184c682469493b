package dev.rolecall.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/**
 * A proof as it travels: what varies of one presigned STS GetCallerIdentity request. <b>Nothing in
 * it has been verified</b>; only STS can say who signed it.
 *
 * <p>One proof has one text, so the text can key a cache. The session token and signature in it are
 * secrets for the proof's life: {@code toString} masks everything, and equality takes constant time
 * for texts of equal length.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS
 *     Signature Version 4</a>
 */
public final class CallerProof {

  /** The longest text of a proof, in characters. */
  public static final int MAX_LENGTH = 5_120;

  private final String text;
  private final StsHost host;
  private final String accessKeyId;
  private final String amzDate;
  private final Instant signedAt;
  private final Duration life;
  private final Audience audience;
  private final ProofBinding binding;
  private final String signature;
  private final String sessionToken;

  CallerProof(
      String text,
      StsHost host,
      String accessKeyId,
      String amzDate,
      Instant signedAt,
      Duration life,
      Audience audience,
      ProofBinding binding,
      String signature,
      String sessionToken) {
    this.text = text;
    this.host = host;
    this.accessKeyId = accessKeyId;
    this.amzDate = amzDate;
    this.signedAt = signedAt;
    this.life = life;
    this.audience = audience;
    this.binding = binding;
    this.signature = signature;
    this.sessionToken = sessionToken;
  }

  /**
   * Reads the text of a {@code rolecall-v1} proof, strictly: length, then fields, then each field's
   * alphabet and rule. Takes about a microsecond and allocates nothing large for a text that is too
   * long.
   */
  public static ProofReading read(String text) {
    requireNonNull(text, "text");
    return ProofText.read(text);
  }

  /**
   * A builder of the proof that {@code host} will be asked about and {@code audience} will read.
   */
  public static Builder builder(StsHost host, Audience audience, ProofBinding binding) {
    return new Builder(host, audience, binding);
  }

  /** The text that travels after {@code Bearer }. A secret for the proof's life. */
  public String text() {
    return text;
  }

  /** The host it was signed for; a key into the endpoint table and nothing more. */
  public StsHost host() {
    return host;
  }

  /** The access key id it claims to be signed with. */
  public String accessKeyId() {
    return accessKeyId;
  }

  /** {@code X-Amz-Date} as it was signed. */
  public String amzDate() {
    return amzDate;
  }

  /** {@code X-Amz-Date} as an instant, to the second. */
  public Instant signedAt() {
    return signedAt;
  }

  /** {@code X-Amz-Expires}: 1 to 900 seconds. */
  public Duration life() {
    return life;
  }

  /** The audience it claims to be for. */
  public Audience audience() {
    return audience;
  }

  /** What it claims to be bound to. */
  public ProofBinding binding() {
    return binding;
  }

  /** {@code X-Amz-Signature}. A secret for the proof's life. */
  public String signature() {
    return signature;
  }

  /** {@code X-Amz-Security-Token}; empty when the credentials have none. A secret. */
  public String sessionToken() {
    return sessionToken;
  }

  /** Compares the whole text in time that depends on its length alone. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CallerProof that
            && MessageDigest.isEqual(text.getBytes(ISO_8859_1), that.text.getBytes(ISO_8859_1)));
  }

  /** Covers the signature alone: it is 256 bits that no two proofs share. */
  @Override
  public int hashCode() {
    return signature.hashCode();
  }

  @Override
  public String toString() {
    return "CallerProof[****]";
  }

  /** Writes a proof. Not safe for use by several threads at once. */
  public static final class Builder {

    private final StsHost host;
    private final Audience audience;
    private final ProofBinding binding;
    private String accessKeyId = "";
    private String amzDate = "";
    private Duration life = Duration.ZERO;
    private String signature = "";
    private String sessionToken = "";

    private Builder(StsHost host, Audience audience, ProofBinding binding) {
      this.host = requireNonNull(host, "host");
      this.audience = requireNonNull(audience, "audience");
      this.binding = requireNonNull(binding, "binding");
    }

    /** The access key id it is signed with: 16 to 128 characters of {@code [A-Z0-9]}. Required. */
    public Builder accessKeyId(String accessKeyId) {
      this.accessKeyId = requireNonNull(accessKeyId, "accessKeyId");
      return this;
    }

    /** {@code X-Amz-Date}, {@code yyyymmddThhmmssZ}. Required. */
    public Builder amzDate(String amzDate) {
      this.amzDate = requireNonNull(amzDate, "amzDate");
      return this;
    }

    /** {@code X-Amz-Expires}: 1 to 900 whole seconds. Required. */
    public Builder life(Duration life) {
      this.life = requireNonNull(life, "life");
      return this;
    }

    /** {@code X-Amz-Signature}: 64 lower-case hexadecimal digits. Required. */
    public Builder signature(String signature) {
      this.signature = requireNonNull(signature, "signature");
      return this;
    }

    /** The session token; empty, the default, when the credentials have none. */
    public Builder sessionToken(String sessionToken) {
      this.sessionToken = requireNonNull(sessionToken, "sessionToken");
      return this;
    }

    /**
     * The proof: written, and read back by the reader that the other side uses.
     *
     * @throws IllegalArgumentException if a value breaks its rule; the message names the rule and
     *     never the value
     */
    public CallerProof build() {
      if (!life.equals(Duration.ofSeconds(life.toSeconds()))) {
        throw new IllegalArgumentException("proof: " + ProofText.LIFE_RULE);
      }
      String text =
          String.join(
              "~",
              ProofText.PREFIX,
              host.value(),
              accessKeyId,
              amzDate,
              Long.toString(life.toSeconds()),
              audience.name(),
              binding.text(),
              signature,
              sessionToken);
      return ProofText.read(text)
          .fold(
              proof -> proof,
              malformed -> {
                throw new IllegalArgumentException("proof: " + malformed.rule());
              });
    }
  }
}
