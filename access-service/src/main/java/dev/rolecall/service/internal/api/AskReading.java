package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.request.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads what a message asks for. Throws {@link IllegalArgumentException} for what breaks a rule of
 * its form, with a message for the caller.
 */
final class AskReading {

  private AskReading() {}

  static Ask of(Viewer viewer, RequestAccessRequest message) {
    AskKind kind = message.getBreakGlass() ? AskKind.BREAK_GLASS : AskKind.ORDINARY;
    return new Ask(
        viewer.subject(),
        beneficiary(viewer, message),
        new Scope(
            PermissionName.of(message.getPermission()),
            WireText.resources(message.getResourcesList())),
        why(message.getReason(), message.getTicket()),
        new Ask.Time(WireTime.duration("duration", message.getDuration()), start(message)),
        kind);
  }

  /** The request for a later end of that grant, by the rules of a request. */
  static Ask of(Viewer viewer, AccessGrant grant, ExtendGrantRequest message) {
    return new Ask(
        viewer.subject(),
        grant.holder(),
        grant.scope(),
        why(message.getReason(), message.getTicket()),
        Ask.Time.of(WireTime.duration("duration", message.getDuration())),
        AskKind.EXTENSION);
  }

  private static Ask.Why why(String reason, String ticket) {
    return new Ask.Why(WireText.optional("reason", reason), WireText.optional("ticket", ticket));
  }

  private static Optional<Instant> start(RequestAccessRequest message) {
    return message.hasStartsAt()
        ? Optional.of(WireTime.instant("starts_at", message.getStartsAt()))
        : Optional.empty();
  }

  private static Subject beneficiary(Viewer viewer, RequestAccessRequest message) {
    if (message.getBeneficiary().isEmpty()) {
      if (!message.getBeneficiaryPermissionSet().isEmpty()) {
        throw new IllegalArgumentException(
            "beneficiary_permission_set: without a beneficiary (expected: beside one)");
      }
      return viewer.subject();
    }
    Subject named =
        viewer
            .rules()
            .people()
            .named(
                message.getBeneficiary(), WireText.stated(message.getBeneficiaryPermissionSet()));
    // Named by its own text, the caller is the one who was proven.
    return named.person().equals(viewer.subject().person())
            && named.roleId().equals(viewer.subject().roleId())
        ? viewer.subject()
        : named;
  }
}
