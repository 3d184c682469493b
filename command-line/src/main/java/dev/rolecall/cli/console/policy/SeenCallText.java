package dev.rolecall.cli.console.policy;

import dev.rolecall.decisions.v1.CallerAttributes;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policytools.Answer;
import dev.rolecall.policytools.AttributesText;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.StatedCall;
import dev.rolecall.policytools.StatedGrant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A call that a server has seen, as a question to a policy. */
final class SeenCallText {

  private static final String UNKNOWN_PEER = "unknown";

  /** The refusals that say what the policy in force answered. */
  private static final Map<String, Answer> BY_REASON =
      Map.of(
          RefusalReason.METHOD_NOT_ALLOWED.name(), Answer.DENY,
          RefusalReason.CREDENTIAL_MISSING.name(), Answer.DENY,
          RefusalReason.GRANT_REQUIRED.name(), Answer.NEEDS_GRANT,
          RefusalReason.GRANT_EXPIRED.name(), Answer.NEEDS_GRANT,
          RefusalReason.GRANT_REVOKED.name(), Answer.NEEDS_GRANT);

  private SeenCallText() {}

  /** The answer of the policy in force; empty where the call was refused for another reason. */
  static Optional<Answer> answered(SeenCall call) {
    return call.getOutcome() == Outcome.ALLOWED || call.getOutcome() == Outcome.PUBLIC
        ? Optional.of(Answer.ALLOW)
        : Optional.ofNullable(BY_REASON.get(call.getReason()));
  }

  /**
   * The caller, with the grant that it was admitted by.
   *
   * @throws IllegalArgumentException if the server names it in a way that this program cannot read
   */
  static CallerQuery caller(SeenCall call) {
    if (call.getCaller().isEmpty()) {
      return CallerQuery.NOBODY;
    }
    String id = call.getRoleId().isEmpty() ? "" : "#" + call.getRoleId();
    boolean isHolder = call.getOutcome() == Outcome.ALLOWED && !call.getPermission().isEmpty();
    return CallerQuery.parse(call.getCaller() + id)
        .with(attributes(call.getAttributes()))
        .holding(isHolder ? List.of(StatedGrant.parse(call.getPermission())) : List.of());
  }

  private static Attributes attributes(CallerAttributes known) {
    Map<String, ClaimValue> claims = new TreeMap<>();
    known.getClaimsMap().forEach((name, json) -> claims.put(name, AttributesText.claimValue(json)));
    return new Attributes(
        Optional.of(known.getClient()).filter(client -> !client.isEmpty()),
        Set.copyOf(known.getScopesList()),
        claims,
        known.getTagsMap(),
        known.getActorsList().stream().map(SeenCallText::actor).toList());
  }

  private static Principal actor(String text) {
    return CallerQuery.parse(text)
        .principal()
        .orElseThrow(() -> new IllegalArgumentException("an actor is nobody"));
  }

  /** The call, of which the address is known at most: no server keeps headers. */
  static StatedCall call(SeenCall call) {
    return call.getPeer().isEmpty() || call.getPeer().equals(UNKNOWN_PEER)
        ? StatedCall.none()
        : StatedCall.none().from(call.getPeer());
  }
}
