package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.ValidateAccessRequest;
import dev.rolecall.grants.v1.ValidateAccessResponse;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.internal.feed.Question;
import dev.rolecall.service.internal.feed.Validation;
import java.time.Instant;
import java.util.List;

/** Decides for servers that follow no grants, by what this node has read. */
final class ValidationCalls {

  private static final int LONGEST_KEY = 200;

  private final Backend backend;

  ValidationCalls(Backend backend) {
    this.backend = backend;
  }

  Reply<ValidateAccessResponse> validate(Viewer viewer, ValidateAccessRequest message) {
    return Allowed.enforcer(viewer)
        .then(enforcer -> Reply.reading(() -> question(message)))
        .then(
            question ->
                reached(message.getAtLeastRevision())
                    .map(revision -> message(backend.view().validate(question))));
  }

  private Reply<Long> reached(long wanted) {
    return Reply.later(backend.view().reached(wanted))
        .then(
            revision ->
                revision >= wanted
                    ? Reply.of(revision)
                    : Reply.failed(
                        AccessFailure.of(
                            FailureReason.REVISION_NOT_REACHED,
                            "at_least_revision: "
                                + wanted
                                + ", and this node has read "
                                + revision
                                + " (expected: later, or a revision that the service has told)")));
  }

  private static ValidateAccessResponse message(Validation validation) {
    ValidateAccessResponse.Builder answer =
        ValidateAccessResponse.newBuilder().setRevision(validation.revision());
    return validation.fold(
        held ->
            answer
                .setAllowed(true)
                .setUntil(WireTime.of(held.until()))
                .addAllGrantIds(held.grantIds())
                .build(),
        not -> answer.setReason(not.reason().name()).build());
  }

  private static Question question(ValidateAccessRequest message) {
    if (message.getAtLeastRevision() < 0) {
      throw InvalidValue.of(
          "at_least_revision", Long.toString(message.getAtLeastRevision()), "0 or more");
    }
    return new Question(
        caller(message),
        PermissionName.of(message.getPermission()),
        WireText.stated(message.getResource()).map(ResourceName::of));
  }

  private static Caller caller(ValidateAccessRequest message) {
    String key = message.getAccessKeyId();
    if (key.length() > LONGEST_KEY) {
      throw InvalidValue.of("access_key_id", key, "at most " + LONGEST_KEY + " characters");
    }
    return Caller.of(
        principal(message.getCaller().getPrincipal(), message.getCaller().getRoleId()),
        new Evidence(
            "stated",
            Evidence.Carrier.CALL_METADATA,
            WireText.stated(message.getSessionName()),
            WireText.stated(key),
            List.of()),
        Instant.MAX);
  }

  private static Principal principal(String text, String roleId) {
    if (text.startsWith("arn:")) {
      return new IamRole(RoleArn.parse(text), WireText.stated(roleId).map(RoleId::parse));
    }
    if (!roleId.isEmpty()) {
      throw InvalidValue.of("role_id", roleId, "none beside a principal that is no role");
    }
    return PrincipalPattern.parse(text)
        .onlyPrincipal()
        .orElseThrow(
            () -> InvalidValue.of("principal", text, "one principal, not a pattern of several"));
  }
}
