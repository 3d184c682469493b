package dev.rolecall.proxy.envoy;

import com.google.protobuf.ByteString;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.proxy.envoy.v3.AttributeContext;
import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import dev.rolecall.proxy.envoy.v3.HeaderMap;
import dev.rolecall.proxy.envoy.v3.HeaderValue;
import dev.rolecall.proxy.internal.check.RequestHeaders;
import dev.rolecall.proxy.internal.check.RouteContext;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The work that makes a checker warm: Checks with a credential that is refused, and a token that
 * goes nowhere. Where the checker has TLS, no Check is made; Envoy's own checks of its health,
 * which come before its Checks, warm up what they share.
 */
final class WarmUp {

  /** Enough for a cold process on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int ROUNDS = 20;
  private static final String METHOD = "rolecall.WarmUp/Check";
  private static final String PROOF = "Bearer rolecall-v1.warm-up";

  private final Audiences audiences;
  private final CheckerServer server;
  private final String mark;

  /**
   * The work for that server.
   *
   * @param mark tells its Checks from those of others
   */
  WarmUp(Audiences audiences, CheckerServer server, String mark) {
    this.audiences = audiences;
    this.server = server;
    this.mark = mark;
  }

  /** Has each audience read a credential. Blocks, for seconds in a cold process. */
  void check() {
    Optional<ManagedChannel> channel = server.channel();
    if (channel.isEmpty()) {
      return;
    }
    try {
      AuthorizationGrpc.AuthorizationBlockingStub stub =
          AuthorizationGrpc.newBlockingStub(channel.get())
              .withWaitForReady()
              .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      for (AudienceChecks each : audiences.all()) {
        CheckRequest request = request(each.audience().name().name());
        for (int round = 0; round < ROUNDS; round++) {
          var unused = stub.check(request);
        }
      }
    } finally {
      channel.get().shutdownNow();
    }
  }

  /**
   * Signs a token for each audience.
   *
   * @throws RuntimeException if one cannot be signed, for want of a key say
   */
  void sign(Instant now) {
    for (AudienceChecks each : audiences.all()) {
      var unused = each.audience().identity().of(caller(now), METHOD);
    }
  }

  private static Caller caller(Instant now) {
    return Caller.of(
        IamRole.ofUnknownId(RoleArn.parse("arn:aws:iam::000000000000:role/rolecall-warm-up")),
        Evidence.of("aws-iam", Evidence.Carrier.CALL_METADATA),
        now.plus(Duration.ofMinutes(1)));
  }

  private CheckRequest request(String audience) {
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .putContextExtensions(RouteContext.AUDIENCE, audience)
                .putContextExtensions(RouteContext.MARK, mark)
                .setRequest(
                    AttributeContext.Request.newBuilder()
                        .setHttp(
                            AttributeContext.HttpRequest.newBuilder()
                                .setPath(ByteString.copyFromUtf8("/" + METHOD))
                                .setHeaderMap(
                                    HeaderMap.newBuilder()
                                        .addHeaders(
                                            HeaderValue.newBuilder()
                                                .setKey(RequestHeaders.AUTHORIZATION)
                                                .setRawValue(ByteString.copyFromUtf8(PROOF)))))))
        .build();
  }
}
