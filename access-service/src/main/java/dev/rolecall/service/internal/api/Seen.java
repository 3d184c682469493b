package dev.rolecall.service.internal.api;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;

/**
 * Requests and grants that a caller may see. One that is another's is told as one that is not
 * there, in the same words.
 */
final class Seen {

  private Seen() {}

  static Reply<AccessRequest> request(Backend backend, Viewer viewer, String id) {
    AccessFailure absent = absent(FailureReason.REQUEST_NOT_FOUND, "request", id);
    return Reply.reading(() -> WireText.id("id", id))
        .then(known -> Reply.of(backend.store().request(known)))
        .absentAs(absent)
        .then(found -> viewer.maySee(found) ? Reply.of(found) : Reply.failed(absent));
  }

  static Reply<AccessGrant> grant(Backend backend, Viewer viewer, String id) {
    AccessFailure absent = absent(FailureReason.GRANT_NOT_FOUND, "grant", id);
    return Reply.reading(() -> WireText.id("grant id", id))
        .then(known -> Reply.of(backend.store().grant(known)))
        .absentAs(absent)
        .then(found -> viewer.maySee(found) ? Reply.of(found) : Reply.failed(absent));
  }

  private static AccessFailure absent(FailureReason reason, String what, String id) {
    return AccessFailure.of(
        reason,
        "no "
            + what
            + " "
            + InvalidValue.printable(id)
            + " that you may see (expected: an id from a list of yours)");
  }
}
