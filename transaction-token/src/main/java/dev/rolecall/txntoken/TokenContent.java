package dev.rolecall.txntoken;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleId;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The things that a token says of one caller. Nothing of the credential that proved the caller is
 * among them, not even its public name.
 *
 * @param scope the service that the token is for
 * @param method the full name of the method, for a token of one call
 * @param address the caller's address, where it is passed on
 */
record TokenContent(
    Caller caller, Audience scope, Optional<String> method, Optional<String> address) {

  /** The claims, in order. */
  JsonValue.Members claims(
      TrustDomain domain, String workload, String transaction, Instant issued, Instant expiry) {
    ObjectBuilder claims =
        new ObjectBuilder()
            .put(Claim.AUDIENCE, domain.name())
            .put(Claim.SUBJECT, caller.principal().text())
            .put(Claim.SCOPE, scope.name())
            .put(Claim.WORKLOAD, workload)
            .put(Claim.TRANSACTION, transaction)
            .put(Claim.ISSUED, issued.getEpochSecond())
            .put(Claim.EXPIRY, expiry.getEpochSecond())
            .put(Claim.REQUESTER, requester());
    method.ifPresent(
        name -> claims.put(Claim.DETAILS, new ObjectBuilder().put(Claim.METHOD, name).build()));
    return claims.build();
  }

  private JsonValue.Members requester() {
    ObjectBuilder requester =
        new ObjectBuilder().put(Claim.SCHEME, PassedEvidence.scheme(caller.evidence()));
    caller
        .role()
        .flatMap(IamRole::id)
        .map(RoleId::value)
        .ifPresent(id -> requester.put(Claim.ROLE_ID, id));
    caller.evidence().sessionName().ifPresent(name -> requester.put(Claim.SESSION, name));
    List<String> actors = caller.attributes().actors().stream().map(Principal::text).toList();
    if (!actors.isEmpty()) {
      requester.put(Claim.ACTORS, actors);
    }
    address.ifPresent(text -> requester.put(Claim.ADDRESS, text));
    return requester.build();
  }
}
