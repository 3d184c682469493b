package dev.rolecall.proxy.relay;

import io.grpc.Status;

/**
 * The statuses that the relay makes itself, each with a short text of our own: gRPC's texts name
 * addresses. What the upstream said passes as it is, and never comes here.
 */
final class OwnStatus {

  /** No route is for the method. */
  static final Status NO_ROUTE =
      Status.UNIMPLEMENTED.withDescription("no route of this relay leads to this method");

  /** The relay is ending, and has waited long enough for the call. */
  static final Status DRAINED =
      Status.UNAVAILABLE.withDescription("the relay is shutting down and ended this call");

  /** The upstream compressed an answer in a way that it was told not to. */
  static final Status WRONG_ENCODING =
      Status.INTERNAL.withDescription(
          "the upstream used an encoding that the client does not accept");

  /** The upstream's guard does not believe the relay: no word on this call's own caller. */
  static final Status NOT_BELIEVED =
      Status.UNAVAILABLE.withDescription(
          "the upstream did not accept the relay's word on who calls");

  private static final Status UNREACHABLE =
      Status.UNAVAILABLE.withDescription("the upstream cannot be reached or broke the connection");
  private static final Status TOO_LARGE =
      Status.RESOURCE_EXHAUSTED.withDescription(
          "the upstream's answer is larger than this relay admits, or the upstream is overloaded");
  private static final Status TOO_LATE =
      Status.DEADLINE_EXCEEDED.withDescription("the deadline passed while the upstream worked");
  private static final String BROKEN = "the upstream broke the protocol or reset the call";

  private OwnStatus() {}

  /**
   * The status for a client, of a call that ended without the upstream's trailers.
   *
   * @param local the status that gRPC made here
   */
  static Status of(Status local) {
    return switch (local.getCode()) {
      case DEADLINE_EXCEEDED -> TOO_LATE;
      case RESOURCE_EXHAUSTED -> TOO_LARGE;
      // A proof of ours that failed, or a proxy on the way: no word on this call's own caller.
      case UNAUTHENTICATED, PERMISSION_DENIED, UNAVAILABLE, OK -> UNREACHABLE;
      default -> local.getCode().toStatus().withDescription(BROKEN);
    };
  }
}
