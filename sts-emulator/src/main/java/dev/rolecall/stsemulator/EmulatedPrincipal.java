package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.internal.InvalidValue;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A principal to add to an emulator, with its credentials. Everything but the ARN is optional, and
 * random where it is left out. Immutable; {@code toString} prints the ARN alone.
 *
 * <p>The ARN is one of {@code arn:aws:iam::111122223333:role/{path/}{name}}, {@code
 * ...:user/{path/}{name}}, {@code ...:root}, {@code
 * arn:aws:sts::111122223333:federated-user/{name}}, or, for the credentials that an EC2 instance
 * has for itself, {@code arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/{instance}}, in
 * any partition.
 */
public final class EmulatedPrincipal {

  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Z0-9]{16,128}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,128}");
  private static final Pattern SESSION_TOKEN = Pattern.compile("[!-~]{1,4096}");
  private static final Pattern USER_ID = Pattern.compile("[!-~]{1,193}");
  private static final Pattern UNIQUE_ID = Pattern.compile("A(?:RO|ID)A[A-Z0-9]{12,124}");

  private final PrincipalArn arn;
  private final Optional<String> sessionName;
  private final Optional<String> uniqueId;
  private final Optional<String> userId;
  private final Optional<String> accessKeyId;
  private final Optional<String> secretAccessKey;
  private final Optional<String> sessionToken;
  private final Optional<Instant> expiresAt;
  private final SessionContext context;

  private EmulatedPrincipal(Builder from) {
    this.arn = from.arn;
    this.sessionName = from.sessionName;
    this.uniqueId = from.uniqueId;
    this.userId = from.userId;
    this.accessKeyId = from.accessKeyId;
    this.secretAccessKey = from.secretAccessKey;
    this.sessionToken = from.sessionToken;
    this.expiresAt = from.expiresAt;
    this.context = from.context;
  }

  /**
   * That principal, everything else random.
   *
   * @throws IllegalArgumentException if the ARN has none of the forms above
   */
  public static EmulatedPrincipal of(String arn) {
    return builder(arn).build();
  }

  /**
   * A builder of that principal.
   *
   * @throws IllegalArgumentException if the ARN has none of the forms above
   */
  public static Builder builder(String arn) {
    return new Builder(PrincipalArn.parse(requireNonNull(arn, "arn")));
  }

  PrincipalArn arn() {
    return arn;
  }

  Optional<String> sessionName() {
    return sessionName;
  }

  Optional<String> uniqueId() {
    return uniqueId;
  }

  Optional<String> userId() {
    return userId;
  }

  Optional<String> accessKeyId() {
    return accessKeyId;
  }

  Optional<String> secretAccessKey() {
    return secretAccessKey;
  }

  Optional<String> sessionToken() {
    return sessionToken;
  }

  Optional<Instant> expiresAt() {
    return expiresAt;
  }

  SessionContext context() {
    return context;
  }

  @Override
  public String toString() {
    return "EmulatedPrincipal[" + arn + ", ****]";
  }

  /** Builds a principal. Not safe for use by several threads at once. */
  public static final class Builder {

    private final PrincipalArn arn;
    private Optional<String> sessionName = Optional.empty();
    private Optional<String> uniqueId = Optional.empty();
    private Optional<String> userId = Optional.empty();
    private Optional<String> accessKeyId = Optional.empty();
    private Optional<String> secretAccessKey = Optional.empty();
    private Optional<String> sessionToken = Optional.empty();
    private Optional<Instant> expiresAt = Optional.empty();
    private SessionContext context = SessionContext.none();

    private Builder(PrincipalArn arn) {
      this.arn = arn;
    }

    /**
     * The role session's name: 1 to 64 characters of {@code A-Z a-z 0-9 _ + = , . @ -}. Roles only;
     * the role of a permission set must have one. One character is what a Lambda function with such
     * a name has; AssumeRole asks for two.
     */
    public Builder sessionName(String name) {
      if (!SESSION_NAME.matcher(requireNonNull(name, "sessionName")).matches()) {
        throw InvalidValue.of(
            "session name", name, "1 to 64 characters of A-Z a-z 0-9 _ + = , . @ -");
      }
      this.sessionName = Optional.of(name);
      return this;
    }

    /**
     * The unique id, {@code AROA...} for a role and {@code AIDA...} for a user; all principals of
     * one role share it.
     */
    public Builder uniqueId(String id) {
      if (!UNIQUE_ID.matcher(requireNonNull(id, "uniqueId")).matches()) {
        throw InvalidValue.of("unique id", id, "AROA or AIDA, then 12 or more of A-Z 0-9");
      }
      this.uniqueId = Optional.of(id);
      return this;
    }

    /**
     * The UserId that GetCallerIdentity answers in place of its kind's own, as services that
     * imitate STS do: LocalStack names root by an access key. 1 to 193 printable ASCII characters,
     * no blanks.
     */
    public Builder userId(String id) {
      if (!USER_ID.matcher(requireNonNull(id, "userId")).matches()) {
        throw InvalidValue.of("user id", id, "1 to 193 printable ASCII characters, no blanks");
      }
      this.userId = Optional.of(id);
      return this;
    }

    /** The access key id: 16 to 128 characters of {@code A-Z 0-9}. */
    public Builder accessKeyId(String id) {
      if (!ACCESS_KEY_ID.matcher(requireNonNull(id, "accessKeyId")).matches()) {
        throw InvalidValue.of("access key id", id, "16 to 128 characters of A-Z 0-9");
      }
      this.accessKeyId = Optional.of(id);
      return this;
    }

    /** The secret access key: 1 to 128 printable ASCII characters, no blanks. */
    public Builder secretAccessKey(String key) {
      this.secretAccessKey = secret("secret access key", SECRET, 128, key);
      return this;
    }

    /** The session token: 1 to 4,096 printable ASCII characters, no blanks. Not for users, root. */
    public Builder sessionToken(String token) {
      this.sessionToken = secret("session token", SESSION_TOKEN, 4_096, token);
      return this;
    }

    /**
     * When the credentials expire. By default they last as long as the emulator. Not for users and
     * root.
     */
    public Builder expiresAt(Instant end) {
      this.expiresAt = Optional.of(requireNonNull(end, "expiresAt"));
      return this;
    }

    /**
     * The tags, the organization and the rest that web identity tokens state of its sessions. By
     * default they state none of it.
     */
    public Builder context(SessionContext context) {
      this.context = requireNonNull(context, "context");
      return this;
    }

    /**
     * The principal.
     *
     * @throws IllegalArgumentException if it has something that its kind cannot have
     */
    public EmulatedPrincipal build() {
      if (sessionName.isPresent() && !arn.isRole()) {
        throw InvalidValue.of("session name of", arn, "a role; only roles have sessions by name");
      }
      if (arn.hasLongTermKeys() && (sessionToken.isPresent() || expiresAt.isPresent())) {
        throw InvalidValue.of(
            "session token or expiry of",
            arn,
            "a role, federated user or instance; users have neither");
      }
      if (arn.isOfPermissionSet() && sessionName.isEmpty()) {
        throw InvalidValue.of(
            "role of a permission set", arn, "a session name: Identity Center gives the user's");
      }
      String prefix = arn.isRole() ? "AROA" : "AIDA";
      if (uniqueId.filter(id -> !id.startsWith(prefix)).isPresent()) {
        throw InvalidValue.of("unique id of", arn, "one that starts with " + prefix);
      }
      return new EmulatedPrincipal(this);
    }

    private static Optional<String> secret(String name, Pattern form, int most, String value) {
      if (!form.matcher(requireNonNull(value, name)).matches()) {
        throw InvalidValue.of(
            name, "****", "1 to " + most + " printable ASCII characters, no blanks");
      }
      return Optional.of(value);
    }
  }
}
