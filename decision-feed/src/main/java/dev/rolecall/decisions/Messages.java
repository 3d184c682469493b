package dev.rolecall.decisions;

import com.google.protobuf.Timestamp;
import dev.rolecall.access.audit.AuditOutcome.ShadowDiffers;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.decisions.v1.CallerAttributes;
import dev.rolecall.decisions.v1.DecisionRecord;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.RuleName;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** The messages of records and callers. */
final class Messages {

  private Messages() {}

  static Timestamp time(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  static DecisionRecord of(long number, AuditRecord made) {
    Decided decided = Decided.of(made.outcome());
    DecisionRecord.Builder message =
        DecisionRecord.newBuilder()
            .setNumber(number)
            .setAt(time(made.time()))
            .setMethod(PeerText.bounded(made.method()))
            .setOutcome(decided.outcome())
            .setReason(decided.reasonName())
            .setPeer(PeerText.bounded(made.peer()))
            .setRule(Decided.ruleOf(made.outcome()).map(RuleName::value).orElse(""))
            .setPermission(decided.permissionName())
            .setLeftOut(made.leftOut().count())
            .setRequestId(made.origin().correlation().requestId().orElse(""));
    made.caller().ifPresent(caller -> addCaller(message, caller));
    if (made.outcome() instanceof ShadowDiffers differs) {
      message
          .setShadow(differs.shadow().label())
          .setShadowRule(differs.shadowRule().map(RuleName::value).orElse(""));
    }
    return message.build();
  }

  private static void addCaller(DecisionRecord.Builder message, Caller caller) {
    message
        .setCaller(caller.principal().text())
        .setSession(caller.evidence().sessionName().orElse(""))
        .setScheme(caller.evidence().scheme());
  }

  /** The unique id of a role; empty where it is not known, or the principal is no role. */
  static String roleId(Principal principal) {
    Optional<RoleId> id = principal instanceof IamRole role ? role.id() : Optional.empty();
    return id.map(RoleId::value).orElse("");
  }

  static CallerAttributes of(Attributes attributes) {
    CallerAttributes.Builder message =
        CallerAttributes.newBuilder()
            .setClient(attributes.client().orElse(""))
            .addAllScopes(new TreeSet<>(attributes.scopes()))
            .putAllTags(attributes.tags());
    attributes.claims().forEach((name, value) -> message.putClaims(name, ClaimJson.of(value)));
    attributes.actors().forEach(actor -> message.addActors(actor.text()));
    return message.build();
  }
}
