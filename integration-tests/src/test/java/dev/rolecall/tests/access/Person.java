package dev.rolecall.tests.access;

import com.google.protobuf.Duration;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.CancelAccessRequestRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.GetGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.testsupport.Echo;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/**
 * A caller at the access service and at the guarded server. Calls fail after a minute, lest a test
 * hang.
 *
 * @param access a channel to the access service
 * @param accessProofs the proofs for it
 * @param orders a channel to the guarded server
 * @param ordersProofs the proofs for that
 */
record Person(
    Channel access, CallCredentials accessProofs, Channel orders, CallCredentials ordersProofs) {

  private static final long PATIENCE = 60;

  static final Metadata.Key<String> REGION =
      Metadata.Key.of("x-region", Metadata.ASCII_STRING_MARSHALLER);

  static Duration minutes(long minutes) {
    return Duration.newBuilder().setSeconds(60 * minutes).build();
  }

  /** A request for an hour of orders-admin. */
  static RequestAccessRequest.Builder ordersAdmin() {
    return RequestAccessRequest.newBuilder()
        .setPermission("orders-admin")
        .setDuration(minutes(60))
        .setReason("INC-42");
  }

  /** Calls of the access service. */
  AccessServiceGrpc.AccessServiceBlockingStub service() {
    return AccessServiceGrpc.newBlockingStub(access)
        .withCallCredentials(accessProofs)
        .withDeadlineAfter(PATIENCE, TimeUnit.SECONDS);
  }

  /** Subscriptions to the feed. */
  GrantFeedGrpc.GrantFeedStub feed() {
    return GrantFeedGrpc.newStub(access)
        .withCallCredentials(accessProofs)
        .withDeadlineAfter(PATIENCE, TimeUnit.SECONDS);
  }

  AccessRequest ask(RequestAccessRequest.Builder request) {
    return service().requestAccess(request.build());
  }

  AccessRequest approve(AccessRequest request) {
    return review(request, 0);
  }

  /** Approves the request if it has that revision. */
  AccessRequest review(AccessRequest request, long expectedRevision) {
    return service()
        .reviewAccess(
            ReviewAccessRequest.newBuilder()
                .setId(request.getId())
                .setDecision(Decision.APPROVE)
                .setReason("seen")
                .setExpectedRevision(expectedRevision)
                .build());
  }

  AccessRequest cancel(AccessRequest request) {
    return service()
        .cancelAccessRequest(
            CancelAccessRequestRequest.newBuilder().setId(request.getId()).build());
  }

  AccessRequest extend(String grant, long minutes) {
    return service()
        .extendGrant(
            ExtendGrantRequest.newBuilder()
                .setGrantId(grant)
                .setDuration(minutes(minutes))
                .setReason("INC-42 goes on")
                .build());
  }

  /** Revokes a grant, and waits until the guarded server has confirmed. */
  RevokeGrantResponse revoke(String grant) {
    return service()
        .revokeGrant(
            RevokeGrantRequest.newBuilder()
                .setGrantId(grant)
                .setReason("laptop lost")
                .setWait(Duration.newBuilder().setSeconds(PATIENCE / 2))
                .build());
  }

  Grant grant(String id) {
    return service().getGrant(GetGrantRequest.newBuilder().setId(id).build());
  }

  /** Opens a stream at the guarded server. */
  ChatStream chat() {
    return ChatStream.open(orders, options());
  }

  /** One call of the guarded server with those values of the header of the region. */
  String say(String... regions) {
    Metadata headers = new Metadata();
    for (String region : regions) {
      headers.put(REGION, region);
    }
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(orders, MetadataUtils.newAttachHeadersInterceptor(headers)),
        Echo.SAY,
        options(),
        "hello");
  }

  private CallOptions options() {
    return CallOptions.DEFAULT
        .withCallCredentials(ordersProofs)
        .withDeadlineAfter(PATIENCE, TimeUnit.SECONDS);
  }
}
