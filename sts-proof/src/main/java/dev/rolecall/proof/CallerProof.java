package dev.rolecall.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/**
 * A proof as it travels: what varies of one presigned STS GetCallerIdentity request. <b>Nothing in
 * it has been verified</b>; only STS can say who signed it.
 *
 * <p>One {@code rolecall-v1} proof has one text, so the text can key a cache; of an EKS token the
 * parameters may stand in any order, and each order is another text. The session token and
 * signature in it are secrets for the proof's life: {@code toString} masks everything, and equality
 * takes constant time for texts of equal length.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS
 *     Signature Version 4</a>
 */
public final class CallerProof {

  /** The longest text of a {@code rolecall-v1} proof, in characters. */
  public static final int MAX_LENGTH = 5_120;

  /**
   * The longest EKS token, in characters: it spells a session token in about half as many again.
   * One of 4,096 characters fits, where at most an eighth of them are {@code + / =}: in base64 a
   * thirtieth is. The header's value then stays below 7,700 bytes, which gRPC's limit of 8 KiB for
   * all metadata has room for.
   */
  public static final int MAX_EKS_TOKEN_LENGTH = 7_600;

  /** What the text of a {@code rolecall-v1} proof starts with. */
  public static final String PREFIX = ProofText.PREFIX;

  /** What the text of an EKS token starts with. */
  public static final String EKS_TOKEN_PREFIX = EksTokenText.PREFIX;

  private final String text;
  private final SignedFields signed;
  private final Duration life;
  private final Audience audience;
  private final ProofBinding binding;

  CallerProof(
      String text, SignedFields signed, Duration life, Audience audience, ProofBinding binding) {
    this.text = text;
    this.signed = signed;
    this.life = life;
    this.audience = audience;
    this.binding = binding;
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
   * Reads an EKS token, {@code k8s-aws-v1.} and base64url of a presigned URL, as strictly: {@code
   * aws eks get-token} and the client libraries of EKS write it. It does not name its audience; the
   * signed header {@code x-k8s-aws-id} does, which does not travel.
   *
   * @param audience the audience it is read for: STS refuses the rebuilt request if it was signed
   *     for another
   */
  public static ProofReading readEksToken(String text, Audience audience) {
    requireNonNull(text, "text");
    requireNonNull(audience, "audience");
    return EksTokenText.read(text, audience);
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
    return signed.host;
  }

  /** The access key id it claims to be signed with. */
  public String accessKeyId() {
    return signed.accessKeyId;
  }

  /** {@code X-Amz-Date} as it was signed. */
  public String amzDate() {
    return signed.amzDate;
  }

  /** {@code X-Amz-Date} as an instant, to the second. */
  public Instant signedAt() {
    return signed.signedAt;
  }

  /** {@code X-Amz-Expires} as it was signed: 1 to 900 seconds. */
  public Duration expires() {
    return signed.expires;
  }

  /**
   * How long after {@link #signedAt} its signer means it to be used: {@link #expires}; of an EKS
   * token 15 minutes, because its clients sign 60 seconds and reuse it for 14 minutes.
   */
  public Duration life() {
    return life;
  }

  /**
   * The audience it claims to be for; of an EKS token, which names none, the one it is read for.
   */
  public Audience audience() {
    return audience;
  }

  /** What it claims to be bound to. */
  public ProofBinding binding() {
    return binding;
  }

  /** {@code X-Amz-Signature}. A secret for the proof's life. */
  public String signature() {
    return signed.signature;
  }

  /** {@code X-Amz-Security-Token}; empty when the credentials have none. A secret. */
  public String sessionToken() {
    return signed.sessionToken;
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
    return signed.signature.hashCode();
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
        throw new IllegalArgumentException("proof: " + SignedFields.EXPIRES_RULE);
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
