package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.internal.InvalidValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The facts about a principal's sessions that web identity tokens state beside its ARN. Immutable.
 * Of sessions that AssumeRole issues, the role that was added first says them.
 *
 * @param principalTags at most 50 tags, in the form of IAM's
 * @param organizationId the organization of the account: {@code o-} and 10 to 32 of {@code a-z0-9}
 * @param organizationPaths the account's places in the organization, each {@code o-.../r-.../}
 * @param claims session context claims by name, one of {@link #CLAIM_NAMES}
 * @param origin the identity that the session acts for
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html">
 *     Understanding token claims</a>
 */
public record SessionContext(
    Map<String, String> principalTags,
    Optional<String> organizationId,
    List<String> organizationPaths,
    Map<String, String> claims,
    Optional<OriginIdentity> origin) {

  /** The names that {@link #claims} may have. */
  public static final Set<String> CLAIM_NAMES =
      Set.of(
          "ec2_instance_source_private_ipv4",
          "ec2_instance_source_vpc",
          "ec2_role_delivery",
          "ec2_source_instance_arn",
          "federated_provider",
          "glue_credential_issuing_service",
          "identity_store_arn",
          "identity_store_user_id",
          "lambda_source_function_arn",
          "source_identity");

  private static final int MOST_TAGS = 50;
  private static final Pattern ORGANIZATION = Pattern.compile("o-[a-z0-9]{10,32}");
  private static final Pattern PATH =
      Pattern.compile("o-[a-z0-9]{10,32}/(?:[a-z0-9-]{1,64}/){1,8}");

  private static final SessionContext NONE =
      new SessionContext(Map.of(), Optional.empty(), List.of(), Map.of(), Optional.empty());

  /** Copies the collections and checks each value. */
  public SessionContext {
    principalTags = sorted(principalTags);
    organizationPaths = List.copyOf(organizationPaths);
    claims = sorted(claims);
    requireNonNull(origin, "origin");
    if (principalTags.size() > MOST_TAGS) {
      throw InvalidValue.of("principal tags", principalTags.size(), "at most " + MOST_TAGS);
    }
    principalTags.forEach(SessionContext::checkTag);
    organizationId.ifPresent(
        id -> check("organization id", id, ORGANIZATION, "o- and 10 to 32 of a-z 0-9"));
    organizationPaths.forEach(
        path -> check("organization path", path, PATH, "o-{organization}/r-{root}/ou-{unit}/..."));
    claims.keySet().stream()
        .filter(name -> !CLAIM_NAMES.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw InvalidValue.of(
                  "session claim", name, "one of " + String.join(", ", new TreeSet<>(CLAIM_NAMES)));
            });
  }

  private static Map<String, String> sorted(Map<String, String> values) {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }

  private static void checkTag(String key, String value) {
    if (!Tag.isKey(key)) {
      throw InvalidValue.of("tag key", key, Tag.KEY_RULE);
    }
    if (!Tag.isValue(value)) {
      throw InvalidValue.of("value of tag " + key, value, Tag.VALUE_RULE);
    }
  }

  private static void check(String name, String value, Pattern form, String rule) {
    if (!form.matcher(value).matches()) {
      throw InvalidValue.of(name, value, rule);
    }
  }

  /** A context that says nothing. */
  public static SessionContext none() {
    return NONE;
  }

  /** This context with that principal tag. */
  public SessionContext withPrincipalTag(String key, String value) {
    return new SessionContext(
        with(principalTags, key, value), organizationId, organizationPaths, claims, origin);
  }

  /** This context in that organization, at those places. */
  public SessionContext withOrganization(String id, String... paths) {
    return new SessionContext(principalTags, Optional.of(id), List.of(paths), claims, origin);
  }

  /** This context with that session context claim. */
  public SessionContext withClaim(String name, String value) {
    return new SessionContext(
        principalTags, organizationId, organizationPaths, with(claims, name, value), origin);
  }

  /** This context of a session that acts for that identity. */
  public SessionContext withOrigin(OriginIdentity identity) {
    return new SessionContext(
        principalTags, organizationId, organizationPaths, claims, Optional.of(identity));
  }

  private static Map<String, String> with(Map<String, String> known, String key, String value) {
    Map<String, String> more = new TreeMap<>(known);
    more.put(requireNonNull(key, "name"), requireNonNull(value, "value"));
    return more;
  }
}
