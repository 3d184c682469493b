package dev.rolecall.grants.client;

import static io.grpc.SecurityLevel.PRIVACY_AND_INTEGRITY;
import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a token of one grant on each call, in the header {@code rolecall-grant}, for servers that
 * do not follow grants. The access service issues it to the holder of the grant alone, and it opens
 * nothing without the holder's own credential: put these beside it in a {@code
 * CompositeCallCredentials}.
 *
 * <p>A token lives five minutes at most. It is asked for by the first call, renewed behind calls
 * once half of its life is over, and used to its end. Where none can be had, calls fail with the
 * code of the access service's answer; after a failure it is asked again a second later at the
 * earliest. Safe for use by many threads; never blocks.
 */
public final class GrantTokenCredentials extends CallCredentials {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final AccessServiceGrpc.AccessServiceStub service;
  private final IssueGrantTokenRequest request;
  private final ClientTime time;
  private final boolean plaintextAllowed;
  private final Object lock = new Object();

  private volatile @Nullable HeldToken held;

  // Guarded by lock.
  private final List<MetadataApplier> waiting = new ArrayList<>();
  private boolean asking;
  private @Nullable Failure failure;

  /** An answer that brought no token. */
  private record Failure(Status status, long againAt) {}

  private GrantTokenCredentials(
      AccessServiceGrpc.AccessServiceStub service,
      IssueGrantTokenRequest request,
      ClientTime time,
      boolean plaintextAllowed) {
    this.service = service;
    this.request = request;
    this.time = time;
    this.plaintextAllowed = plaintextAllowed;
  }

  /**
   * Tokens of that grant.
   *
   * @param accessService a channel to the access service, which is left open
   * @param proof proves the holder of the grant to the access service
   * @param grantId the grant's id
   */
  public static GrantTokenCredentials of(
      Channel accessService, CallCredentials proof, String grantId) {
    return of(
        AccessServiceGrpc.newStub(requireNonNull(accessService, "accessService"))
            .withCallCredentials(requireNonNull(proof, "proof")),
        requireNonNull(grantId, "grantId"),
        new ClientTime());
  }

  static GrantTokenCredentials of(
      AccessServiceGrpc.AccessServiceStub service, String grantId, ClientTime time) {
    return new GrantTokenCredentials(
        service, IssueGrantTokenRequest.newBuilder().setGrantId(grantId).build(), time, false);
  }

  /**
   * The same on connections without TLS too, for a network that is trusted. By default a call on
   * one fails, since both the token and the holder's credential could be read there.
   */
  public GrantTokenCredentials allowPlaintext() {
    return new GrantTokenCredentials(service, request, time, true);
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
    if (!plaintextAllowed && call.getSecurityLevel() != PRIVACY_AND_INTEGRITY) {
      applier.fail(
          Status.UNAUTHENTICATED.withDescription(
              "grant token: the connection has no TLS (expected: TLS, or allowPlaintext() on a"
                  + " network that is trusted)"));
      return;
    }
    long now = time.ticks();
    HeldToken current = held;
    if (current != null && current.isFresh(now)) {
      applier.apply(current.metadata());
      return;
    }
    HeldToken usable = current != null && current.isUsable(now) ? current : null;
    boolean asks;
    Failure failed;
    synchronized (lock) {
      failed = failure != null && now - failure.againAt() < 0 ? failure : null;
      asks = !asking && failed == null;
      asking |= asks;
      if (usable == null && failed == null) {
        waiting.add(applier);
      }
    }
    if (usable != null) {
      applier.apply(usable.metadata());
    } else if (failed != null) {
      applier.fail(failed.status());
    }
    if (asks) {
      ask();
    }
  }

  private void ask() {
    // Out of the call's context: its end must not end what other calls wait for.
    Context.ROOT.run(
        () ->
            service
                .withDeadlineAfter(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                .issueGrantToken(request, new Asked()));
  }

  private void answered(@Nullable HeldToken token, Status status) {
    List<MetadataApplier> told;
    synchronized (lock) {
      asking = false;
      told = List.copyOf(waiting);
      waiting.clear();
      failure = token == null ? new Failure(status, time.ticks() + PAUSE) : null;
      if (token != null) {
        held = token;
      }
    }
    for (MetadataApplier applier : told) {
      if (token != null) {
        applier.apply(token.metadata());
      } else {
        applier.fail(status);
      }
    }
  }

  @Override
  public String toString() {
    return "GrantTokenCredentials[****]";
  }

  /** The answer of the access service: exactly one. */
  private final class Asked implements StreamObserver<GrantToken> {

    private @Nullable HeldToken token;

    @Override
    public void onNext(GrantToken issued) {
      token = HeldToken.of(issued, time.now(), time.ticks());
    }

    @Override
    public void onError(Throwable thrown) {
      Status status = Status.fromThrowable(thrown);
      answered(
          null,
          Status.fromCode(status.getCode())
              .withDescription(
                  "no grant token from the access service: " + status.getDescription()));
    }

    @Override
    public void onCompleted() {
      if (token == null) {
        answered(
            null, Status.UNAVAILABLE.withDescription("the access service issued no grant token"));
      } else {
        answered(token, Status.OK);
      }
    }
  }
}
