package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.InvalidValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The principals of an emulator and their credentials, by access key id. In memory only; safe for
 * use by many threads.
 *
 * <p>Unlike STS, it keeps every session it ever issued until the emulator closes: a run is short.
 */
final class PrincipalDirectory {

  private record Known(PrincipalArn arn, String uniqueId, SessionContext context) {}

  private final CredentialGenerator generator;
  private final Map<String, Known> principals = new HashMap<>();
  private final Map<String, EmulatedCredentials> byAccessKeyId = new HashMap<>();

  PrincipalDirectory(CredentialGenerator generator) {
    this.generator = generator;
  }

  /** Makes a principal known; a role already known gets one more session. */
  synchronized EmulatedCredentials add(EmulatedPrincipal principal) {
    PrincipalArn arn = principal.arn();
    String accessKeyId =
        principal.accessKeyId().orElseGet(() -> generator.accessKeyId(arn.hasLongTermKeys()));
    if (byAccessKeyId.containsKey(accessKeyId)) {
      throw InvalidValue.of("access key id", accessKeyId, "one that is not in use");
    }
    String uniqueId = register(principal);
    CallerIdentity own =
        switch (arn.kind()) {
          case ROLE ->
              CallerIdentity.ofRole(
                  arn, uniqueId, principal.sessionName().orElseGet(generator::sessionName));
          case USER -> CallerIdentity.ofUser(arn, uniqueId);
          case ROOT -> CallerIdentity.ofRoot(arn);
          case FEDERATED_USER -> CallerIdentity.ofFederatedUser(arn);
          case INSTANCE -> CallerIdentity.ofInstance(arn);
        };
    CallerIdentity identity =
        principal.userId().map(own::withUserId).orElse(own).withContext(principal.context());
    Optional<String> sessionToken =
        arn.hasLongTermKeys()
            ? Optional.empty()
            : Optional.of(principal.sessionToken().orElseGet(generator::sessionToken));
    return keep(
        new EmulatedCredentials(
            identity,
            accessKeyId,
            principal.secretAccessKey().orElseGet(generator::secretAccessKey),
            sessionToken,
            principal.expiresAt()));
  }

  /**
   * New temporary credentials for a known role's session, if the role is known by that ARN and is
   * not one of a permission set.
   */
  synchronized Optional<EmulatedCredentials> issueForRole(
      String roleArn, String sessionName, Instant expiresAt) {
    return principals.values().stream()
        .filter(known -> known.arn().isRole() && known.arn().text().equals(roleArn))
        .filter(known -> !known.arn().isOfPermissionSet())
        .findFirst()
        .map(
            role ->
                CallerIdentity.ofRole(role.arn(), role.uniqueId(), sessionName)
                    .withContext(role.context()))
        .map(identity -> issue(identity, expiresAt));
  }

  /** New temporary credentials for a principal that has some already. */
  synchronized EmulatedCredentials issue(CallerIdentity identity, Instant expiresAt) {
    return keep(
        new EmulatedCredentials(
            identity,
            generator.accessKeyId(false),
            generator.secretAccessKey(),
            Optional.of(generator.sessionToken()),
            Optional.of(expiresAt)));
  }

  synchronized Optional<EmulatedCredentials> find(String accessKeyId) {
    return Optional.ofNullable(byAccessKeyId.get(accessKeyId));
  }

  /** Forgets a principal and all its credentials. */
  synchronized boolean remove(PrincipalArn arn) {
    byAccessKeyId
        .values()
        .removeIf(credentials -> credentials.identity().principal().key().equals(arn.key()));
    return principals.remove(arn.key()) != null;
  }

  synchronized Optional<String> uniqueId(PrincipalArn arn) {
    return Optional.ofNullable(principals.get(arn.key())).map(Known::uniqueId);
  }

  private EmulatedCredentials keep(EmulatedCredentials credentials) {
    byAccessKeyId.put(credentials.accessKeyId(), credentials);
    return credentials;
  }

  private String register(EmulatedPrincipal principal) {
    PrincipalArn arn = principal.arn();
    Optional<String> wantedId = principal.uniqueId();
    Known known =
        principals.computeIfAbsent(
            arn.key(),
            key ->
                new Known(
                    arn, wantedId.orElseGet(() -> generator.uniqueId(arn)), principal.context()));
    if (!known.arn().equals(arn)) {
      throw InvalidValue.of(
          "principal ARN", arn, "the path it was first given, as in " + known.arn());
    }
    if (wantedId.filter(id -> !id.equals(known.uniqueId())).isPresent()) {
      throw InvalidValue.of(
          "unique id of " + arn, wantedId.orElseThrow(), known.uniqueId() + ", until removed");
    }
    return known.uniqueId();
  }
}
