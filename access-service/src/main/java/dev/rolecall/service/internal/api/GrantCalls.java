package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.GetGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.grants.v1.ListGrantsRequest;
import dev.rolecall.grants.v1.ListGrantsResponse;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.store.GrantFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows and ends grants. */
final class GrantCalls {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Backend backend;

  GrantCalls(Backend backend) {
    this.backend = backend;
  }

  Reply<Grant> get(Viewer viewer, GetGrantRequest message) {
    return Seen.grant(backend, viewer, message.getId()).map(GrantMessages::message);
  }

  Reply<ListGrantsResponse> list(Viewer viewer, ListGrantsRequest message) {
    return Reply.reading(() -> WireText.page(message.getPageSize(), message.getPageToken()))
        .then(
            page ->
                Reply.reading(() -> filter(viewer, message))
                    .then(filter -> Reply.of(backend.store().grants(filter, page))))
        .map(
            page -> {
              ListGrantsResponse.Builder list = ListGrantsResponse.newBuilder();
              page.items().forEach(each -> list.addGrants(GrantMessages.message(each)));
              page.next().ifPresent(list::setNextPageToken);
              return list.build();
            });
  }

  /** The store leaves out what a caller who reviews nothing may not see: it need not be read. */
  private static GrantFilter filter(Viewer viewer, ListGrantsRequest message) {
    Set<GrantState> states =
        message.getStatesCount() == 0
            ? Set.of(GrantState.SCHEDULED, GrantState.ACTIVE)
            : message.getStatesList().stream()
                .map((GrantStatus each) -> GrantMessages.state(each))
                .collect(Collectors.toUnmodifiableSet());
    return new GrantFilter(
        states,
        message.getMine() ? Set.of(viewer.subject().party()) : Set.of(),
        viewer.seesOwnAlone() ? Optional.of(viewer.subject().party()) : Optional.empty(),
        WireText.permission(message.getPermission()).map(Set::of).orElse(Set.of()),
        viewer::maySee);
  }

  Reply<RevokeGrantResponse> revoke(Viewer viewer, RevokeGrantRequest message) {
    return Reply.reading(() -> wait(message))
        .then(
            wait ->
                Seen.grant(backend, viewer, message.getGrantId())
                    .unless(grant -> mayNotRevoke(viewer, grant))
                    .then(grant -> revoked(viewer, message))
                    .then(grant -> confirmed(grant, wait)));
  }

  private Reply<AccessGrant> revoked(Viewer viewer, RevokeGrantRequest message) {
    return Reply.reading(() -> WireText.required("reason", message.getReason()))
        .then(
            reason ->
                Reply.of(backend.store().revoke(message.getGrantId(), viewer.subject(), reason)));
  }

  /** The grant is revoked by now, even where no enforcer has confirmed it. */
  private Reply<RevokeGrantResponse> confirmed(AccessGrant grant, Duration wait) {
    return Reply.later(backend.view().confirmations(grant, wait))
        .map(
            confirmations ->
                RevokeGrantResponse.newBuilder()
                    .setGrant(GrantMessages.message(grant))
                    .addAllUnconfirmed(confirmations.unconfirmed())
                    .setStreamsEnded(confirmations.streamsEnded())
                    .build());
  }

  private static Duration wait(RevokeGrantRequest message) {
    if (!message.hasWait()) {
      return Duration.ZERO;
    }
    Duration wait = WireTime.duration("wait", message.getWait());
    Range.check("wait", wait, Duration.ZERO, LONGEST_WAIT);
    return wait;
  }

  private static Optional<AccessFailure> mayNotRevoke(Viewer viewer, AccessGrant grant) {
    return viewer.mayRevoke(grant)
        ? Optional.empty()
        : Optional.of(
            AccessFailure.of(
                FailureReason.MAY_NOT_REVOKE,
                "the grant is another's (expected: its holder, a reviewer of "
                    + grant.scope().permission()
                    + " or an administrator)"));
  }
}
