package dev.rolecall.stsemulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who there is, and by which access key they are known. In memory alone; safe for use by many
 * threads.
 *
 * <p>Unlike STS, it keeps every session it ever issued until the emulator closes: a run is short.
 */
final class PrincipalDirectory {

  private record Known(PrincipalArn arn, String uniqueId) {}

  private final KeyMint mint;
  private final Map<String, Known> principals = new HashMap<>();
  private final Map<String, EmulatedCredentials> byAccessKeyId = new HashMap<>();

  PrincipalDirectory(KeyMint mint) {
    this.mint = mint;
  }

  /** Makes a principal known; a role already known gets one more session. */
  synchronized EmulatedCredentials add(EmulatedPrincipal principal) {
    PrincipalArn arn = principal.arn();
    String accessKeyId =
        principal.accessKeyId().orElseGet(() -> mint.accessKeyId(arn.hasLongTermKeys()));
    if (byAccessKeyId.containsKey(accessKeyId)) {
      throw Rule.broken("access key id", accessKeyId, "one that is not in use");
    }
    String uniqueId = register(arn, principal.uniqueId());
    CallerIdentity own =
        switch (arn.kind()) {
          case ROLE ->
              CallerIdentity.ofRole(
                  arn, uniqueId, principal.sessionName().orElseGet(mint::sessionName));
          case USER -> CallerIdentity.ofUser(arn, uniqueId);
          case ROOT -> CallerIdentity.ofRoot(arn);
          case FEDERATED_USER -> CallerIdentity.ofFederatedUser(arn);
          case INSTANCE -> CallerIdentity.ofInstance(arn);
        };
    CallerIdentity identity = principal.userId().map(own::withUserId).orElse(own);
    Optional<String> sessionToken =
        arn.hasLongTermKeys()
            ? Optional.empty()
            : Optional.of(principal.sessionToken().orElseGet(mint::sessionToken));
    return keep(
        new EmulatedCredentials(
            identity,
            accessKeyId,
            principal.secretAccessKey().orElseGet(mint::secretAccessKey),
            sessionToken,
            principal.expiresAt()));
  }

  /** New temporary credentials for a known role's session, if the role is known by that ARN. */
  synchronized Optional<EmulatedCredentials> issueForRole(
      String roleArn, String sessionName, Instant expiresAt) {
    return principals.values().stream()
        .filter(known -> known.arn().isRole() && known.arn().text().equals(roleArn))
        .findFirst()
        .map(role -> CallerIdentity.ofRole(role.arn(), role.uniqueId(), sessionName))
        .map(identity -> issue(identity, expiresAt));
  }

  /** New temporary credentials for somebody who has some already. */
  synchronized EmulatedCredentials issue(CallerIdentity identity, Instant expiresAt) {
    return keep(
        new EmulatedCredentials(
            identity,
            mint.accessKeyId(false),
            mint.secretAccessKey(),
            Optional.of(mint.sessionToken()),
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

  private String register(PrincipalArn arn, Optional<String> wantedId) {
    Known known =
        principals.computeIfAbsent(
            arn.key(), key -> new Known(arn, wantedId.orElseGet(() -> mint.uniqueId(arn))));
    if (!known.arn().equals(arn)) {
      throw Rule.broken("principal ARN", arn, "the path it was first given, as in " + known.arn());
    }
    if (wantedId.filter(id -> !id.equals(known.uniqueId())).isPresent()) {
      throw Rule.broken(
          "unique id of " + arn, wantedId.orElseThrow(), known.uniqueId() + ", until removed");
    }
    return known.uniqueId();
  }
}
