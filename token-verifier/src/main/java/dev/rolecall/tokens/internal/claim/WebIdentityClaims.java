package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of an AWS web identity token beside the registered ones.
 *
 * @param role the role that it names, without its path. Its unique id is not stated
 * @param tags the tags of the role and its session; those of the request are the caller's own words
 *     and left out
 * @param own AWS's own claims by their plain names, such as {@code org_id}
 * @param sessionEnd when the session ends that the token was asked for with
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html">
 *     Federating AWS identities to external services</a>
 */
record WebIdentityClaims(
    RoleArn role, Map<String, String> tags, JsonValue.Members own, Optional<Instant> sessionEnd) {

  /** The name of the scheme, as evidence has it. */
  static final String SCHEME = "aws-web-identity";

  /** The claim under which AWS has its own. */
  static final String NAMESPACE = "https://sts.amazonaws.com/";

  private static final String SUBJECT_MODE = "subject_mode";
  private static final String OF_ROLES = "AWSIdentity";
  private static final String PRINCIPAL_TAGS = "principal_tags";
  private static final String REQUEST_TAGS = "request_tags";
  private static final String SESSION_END = "original_session_exp";

  WebIdentityClaims {
    requireNonNull(role, "role");
    tags = Map.copyOf(tags);
    requireNonNull(own, "own");
    requireNonNull(sessionEnd, "sessionEnd");
  }

  static WebIdentityClaims read(TokenClaims claims, String subject, Vouched.RolesOfAccount roles)
      throws FailedCheckException {
    JsonValue.Members own = members(claims.all(), NAMESPACE, TokenCheck.PROFILE);
    // Where the mode stands is not documented, so both places count.
    checkMode(claims.all());
    checkMode(own);
    unless(
        !own.has("principal_id") || own.text("principal_id").map(subject::equals).orElse(false),
        TokenCheck.PROFILE);
    RoleArn role =
        Vouched.role(subject).orElseThrow(() -> new FailedCheckException(TokenCheck.SUBJECT_KIND));
    String account =
        own.text("aws_account").orElseThrow(() -> new FailedCheckException(TokenCheck.PROFILE));
    unless(roles.has(role) && account.equals(roles.account().digits()), TokenCheck.ACCOUNT);
    return new WebIdentityClaims(role, tags(own), own, sessionEnd(own));
  }

  private static void checkMode(JsonValue.Members claims) throws FailedCheckException {
    unless(
        !claims.has(SUBJECT_MODE) || claims.text(SUBJECT_MODE).map(OF_ROLES::equals).orElse(false),
        TokenCheck.SUBJECT_MODE);
  }

  private static Map<String, String> tags(JsonValue.Members own) throws FailedCheckException {
    Map<String, String> tags = new HashMap<>();
    if (own.has(PRINCIPAL_TAGS)) {
      JsonValue.Members stated = members(own, PRINCIPAL_TAGS, TokenCheck.PROFILE);
      for (String key : stated.values().keySet()) {
        tags.put(
            key, stated.text(key).orElseThrow(() -> new FailedCheckException(TokenCheck.PROFILE)));
      }
    }
    return tags;
  }

  private static Optional<Instant> sessionEnd(JsonValue.Members own) throws FailedCheckException {
    if (!own.has(SESSION_END)) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(own.text(SESSION_END).orElse("")).toInstant());
    } catch (DateTimeException e) {
      // The message quotes the text.
      throw new FailedCheckException(TokenCheck.PROFILE);
    }
  }

  private static JsonValue.Members members(
      JsonValue.Members claims, String name, TokenCheck otherwise) throws FailedCheckException {
    return claims
        .get(name)
        .filter(JsonValue.Members.class::isInstance)
        .map(JsonValue.Members.class::cast)
        .orElseThrow(() -> new FailedCheckException(otherwise));
  }

  /** The caller, until the token or the session ends, whichever is first. */
  Caller caller(Attributes registered, Evidence evidence, Instant expiry) {
    Map<String, ClaimValue> named = new HashMap<>(registered.claims());
    named.remove(NAMESPACE);
    Map<String, ClaimValue> ofAws = ClaimValues.of(own);
    ofAws.remove(PRINCIPAL_TAGS);
    ofAws.remove(REQUEST_TAGS);
    named.putAll(ofAws);
    return new Caller(
        IamRole.ofUnknownId(role),
        registered.withClaims(named).withTags(tags),
        evidence,
        sessionEnd.filter(end -> end.isBefore(expiry)).orElse(expiry));
  }
}
