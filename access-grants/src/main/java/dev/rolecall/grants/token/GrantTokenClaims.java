package dev.rolecall.grants.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of a grant token, which its issuer signs and a server reads. The form of the token is
 * stated here and nowhere else: a JWT (RFC 7519) of the type {@value #TYPE}.
 *
 * <table>
 *   <caption>Claims</caption>
 *   <tr><th>claim</th><th>content</th></tr>
 *   <tr><td>{@code iss}</td><td>the name of the access service</td></tr>
 *   <tr><td>{@code aud}</td><td>{@value #AUDIENCE}: every server that enforces grants</td></tr>
 *   <tr><td>{@code sub}</td><td>the text of the holder's principal</td></tr>
 *   <tr><td>{@code jti}</td><td>the grant's id</td></tr>
 *   <tr><td>{@code gv}</td><td>the grant's version</td></tr>
 *   <tr><td>{@code perm}, {@code res}</td><td>the permission; the resources, none for all</td></tr>
 *   <tr><td>{@code cnf}</td><td>{@code arn}, {@code role_id}, {@code session}: the holder, who must
 *       be the proven caller of the same call (after RFC 7800)</td></tr>
 *   <tr><td>{@code iat}, {@code exp}</td><td>whole seconds by the service's clock</td></tr>
 * </table>
 *
 * <p>A token is for any server, since grants are: the permission limits it, and the holder's own
 * proof, without which it opens nothing, is for one server.
 *
 * @param issuer the name of the access service
 * @param grant the grant
 * @param scope the permission and the resources
 * @param holder the holder
 * @param life the times of the token
 */
public record GrantTokenClaims(
    String issuer, GrantRef grant, GrantScope scope, TokenHolder holder, Life life) {

  /** The value of {@code typ}. */
  public static final String TYPE = "rolecall-grant+jwt";

  /** The value of {@code aud}. */
  public static final String AUDIENCE = "rolecall-enforcer";

  /** The name of the header that brings a token. */
  public static final String HEADER = "rolecall-grant";

  /** The longest life of a token. */
  public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  /** The algorithms that tokens may be signed by. */
  public static final Set<Algorithm> ALGORITHMS = Set.of(Algorithm.ES256, Algorithm.RS256);

  /** The bounds of a token's text: at most 4,096 characters. */
  public static final TokenLimits LIMITS = TokenLimits.standard().withCharacters(4_096);

  static final String VERSION = "gv";
  static final String PERMISSION = "perm";
  static final String RESOURCES = "res";
  static final String CONFIRMATION = "cnf";
  static final String PRINCIPAL = "arn";
  static final String ROLE_ID = "role_id";
  static final String SESSION = "session";

  /**
   * A grant by its id, at one of its versions.
   *
   * @param id 1 to 100 printable ASCII characters
   * @param version 0 or more
   */
  public record GrantRef(String id, long version) {

    private static final Alphabet PRINTABLE = Alphabet.range('!', '~');
    private static final int LONGEST = 100;

    /**
     * Checks the forms.
     *
     * @throws IllegalArgumentException if one breaks its rule
     */
    public GrantRef {
      requireNonNull(id, "id");
      if (!PRINTABLE.spells(id, 1, LONGEST)) {
        throw new IllegalArgumentException("grant id (expected: 1 to 100 printable characters)");
      }
      if (version < 0) {
        throw new IllegalArgumentException("version: " + version + " (expected: 0 or more)");
      }
    }
  }

  /**
   * The times of a token, in whole seconds.
   *
   * @param issuedAt when it was issued
   * @param expiry the first moment after its life: at most five minutes later
   */
  public record Life(Instant issuedAt, Instant expiry) {

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if it is not positive, or too long
     */
    public Life {
      Duration length = Duration.between(issuedAt, expiry);
      if (length.isNegative() || length.isZero() || length.compareTo(LONGEST_LIFE) > 0) {
        throw new IllegalArgumentException(
            "life of a grant token: " + length + " (expected: more than 0, at most PT5M)");
      }
    }
  }

  /**
   * Checks that nothing is absent.
   *
   * @throws IllegalArgumentException if there is no issuer
   */
  public GrantTokenClaims {
    requireNonNull(grant, "grant");
    requireNonNull(scope, "scope");
    requireNonNull(holder, "holder");
    requireNonNull(life, "life");
    if (issuer.isEmpty()) {
      throw new IllegalArgumentException("issuer: empty (expected: the access service's name)");
    }
  }

  /** The claims as JSON, to be signed with the type {@value #TYPE}. */
  public JsonValue.Members toJson() {
    ObjectBuilder json =
        new ObjectBuilder()
            .put("iss", issuer)
            .put("aud", AUDIENCE)
            .put("sub", holder.principal())
            .put("jti", grant.id())
            .put(VERSION, grant.version())
            .put(PERMISSION, scope.permission().value());
    if (!scope.resources().isEmpty()) {
      json.put(RESOURCES, scope.resources().stream().map(Object::toString).sorted().toList());
    }
    return json.put(CONFIRMATION, holder.toJson())
        .put("iat", life.issuedAt().getEpochSecond())
        .put("exp", life.expiry().getEpochSecond())
        .build();
  }

  /**
   * Reads the claims of a token, whose signature is checked apart. Empty if one is absent or breaks
   * its rule, or the token is for another audience.
   */
  public static Optional<GrantTokenClaims> read(JsonValue.Members json) {
    return GrantTokenReader.read(json);
  }
}
