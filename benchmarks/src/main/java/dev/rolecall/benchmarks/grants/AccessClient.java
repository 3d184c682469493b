package dev.rolecall.benchmarks.grants;

import com.google.protobuf.Timestamp;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.WhoAmIRequest;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls one node of the access service: as one who asks, one who says yes, and an admin. */
final class AccessClient implements AutoCloseable {

  private static final int DEADLINE_SECONDS = 30;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int MOST_ATTEMPTS = 20;
  private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofSeconds(1);

  private final ManagedChannel channel;
  private final CallCredentials asker;
  private final CallCredentials lead;
  private final CallCredentials admin;

  private AccessClient(
      ManagedChannel channel, CallCredentials asker, CallCredentials lead, CallCredentials admin) {
    this.channel = channel;
    this.asker = asker;
    this.lead = lead;
    this.admin = admin;
  }

  /** The keys of the three callers, who are the same at each node. */
  record Keys(CallerKeys asker, CallerKeys lead, CallerKeys admin) {

    static Keys of(StsEmulator sts) {
      return new Keys(Corp.engineer(sts, "asker"), Corp.lead(sts), Corp.security(sts));
    }
  }

  /** Calls the node at that port. */
  static AccessClient of(int port, RunCertificate certificate, StsEmulator sts, Keys keys)
      throws GeneralSecurityException {
    return new AccessClient(
        NettyChannelBuilder.forAddress("127.0.0.1", port, certificate.ofClient()).build(),
        Corp.credentials(sts.endpoint(), keys.asker()),
        Corp.credentials(sts.endpoint(), keys.lead()),
        Corp.credentials(sts.endpoint(), keys.admin()));
  }

  private AccessServiceBlockingStub as(CallCredentials caller) {
    return AccessServiceGrpc.newBlockingStub(channel)
        .withCallCredentials(caller)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Has the permission granted to an engineer.
   *
   * @param startsAt when it is to start; empty for at once
   * @param time in whole seconds; a review narrows what is shorter than can be asked for
   * @return the id of the grant
   */
  String grant(String engineer, Optional<Instant> startsAt, Duration time) {
    RequestAccessRequest.Builder ask =
        RequestAccessRequest.newBuilder()
            .setPermission(Corp.PERMISSION)
            .setDuration(seconds(time.compareTo(SHORTEST) < 0 ? SHORTEST : time))
            .setReason("a measurement")
            .setBeneficiary("corp/" + engineer)
            .setBeneficiaryPermissionSet(Corp.ENGINEER.name());
    startsAt.ifPresent(
        start ->
            ask.setStartsAt(
                Timestamp.newBuilder()
                    .setSeconds(start.getEpochSecond())
                    .setNanos(start.getNano())));
    AccessRequest asked = again(() -> as(asker).requestAccess(ask.build()));
    ReviewAccessRequest yes =
        ReviewAccessRequest.newBuilder()
            .setId(asked.getId())
            .setDecision(Decision.APPROVE)
            .setDuration(seconds(time))
            .setReason("a measurement")
            .build();
    String grant = again(() -> as(lead).reviewAccess(yes)).getGrantId();
    if (grant.isEmpty()) {
      throw new IllegalStateException("a request with its one approval has no grant");
    }
    return grant;
  }

  private static com.google.protobuf.Duration seconds(Duration time) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(time.toSeconds()).build();
  }

  /** Revokes a grant. Another try follows at once where the service is away. */
  void revoke(String grant) {
    RevokeGrantRequest request =
        RevokeGrantRequest.newBuilder().setGrantId(grant).setReason("a measurement").build();
    try {
      var unused = as(admin).revokeGrant(request);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      var unused = as(admin).revokeGrant(request);
    }
  }

  /** Makes the admin known to the node, so that no revocation waits for that. */
  void greetAsAdmin() {
    var unused = again(() -> as(admin).whoAmI(WhoAmIRequest.getDefaultInstance()));
  }

  /** On a busy machine STS or the store may seem away for a moment. */
  private static <T> T again(Supplier<T> call) {
    for (int left = MOST_ATTEMPTS; ; left--) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        Status.Code code = e.getStatus().getCode();
        boolean away =
            code == Status.Code.UNAVAILABLE
                || code == Status.Code.DEADLINE_EXCEEDED
                || code == Status.Code.RESOURCE_EXHAUSTED;
        if (!away || left == 0) {
          throw e;
        }
        Pause.of(BEFORE_NEXT_ATTEMPT);
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
