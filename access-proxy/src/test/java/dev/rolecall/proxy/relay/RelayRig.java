package dev.rolecall.proxy.relay;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.SettablePolicy;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.LoopbackServer;
import dev.rolecall.testsupport.RecordedTelemetry;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A guarded relay on TLS, an upstream on TLS behind it, and clients of both. */
final class RelayRig implements AutoCloseable {

  static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  static final String METHOD = Bytes.SERVICE + "/Do";
  static final String OPEN = Bytes.PUBLIC + "/Do";
  static final TestCertificate EDGE = TestCertificate.generate();
  static final TestCertificate INNER = TestCertificate.generate();

  private final RolecallExtension rolecall;
  private final SettablePolicy policies = SettablePolicy.of(allowing());
  private final RecordedTelemetry telemetry = new RecordedTelemetry();
  private final CallGuard guard;
  private final ScriptedUpstream upstream = ScriptedUpstream.start(INNER);
  private final RelayServer relay;
  private final List<ManagedChannel> channels = new ArrayList<>();

  /** Starts it with one route to the upstream. */
  RelayRig(RolecallExtension rolecall) {
    this(rolecall, route -> route.identity(PassedIdentity.plainHeaders()), relay -> relay);
  }

  /** Starts it with that route before the one to the upstream. */
  static RelayRig withRoute(RolecallExtension rolecall, Function<CallGuard, Route> first) {
    return new RelayRig(
        rolecall, route -> route, (relay, guard) -> relay.route(first.apply(guard)));
  }

  /** Starts it with other options. */
  RelayRig(
      RolecallExtension rolecall,
      UnaryOperator<Route.Builder> route,
      UnaryOperator<RelayServerBuilder> relay) {
    this(rolecall, route, (options, guard) -> relay.apply(options));
  }

  private RelayRig(
      RolecallExtension rolecall,
      UnaryOperator<Route.Builder> route,
      BiFunction<RelayServerBuilder, CallGuard, RelayServerBuilder> relay) {
    this.rolecall = rolecall;
    this.guard =
        rolecall.closing(
            rolecall
                .guardBuilder(policies)
                .runtime(rolecall.runtime().openTelemetry(telemetry.telemetry()).build())
                .build());
    RelayServerBuilder options =
        RelayServer.builder(new InetSocketAddress(LoopbackServer.address(), 0), EDGE.ofServer())
            .openTelemetry(telemetry.telemetry())
            .eventLoops(2)
            .route(
                route
                    .apply(
                        Route.builder(
                            "orders",
                            guard,
                            Upstream.over(TestCertificate.trusting(INNER), upstream.target())))
                    .build());
    this.relay = started(relay.apply(options, guard).build());
  }

  static RelayServer started(RelayServer relay) {
    try {
      return relay.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AccessPolicy allowing() {
    return AccessPolicy.builder("test")
        .allow(RolePattern.parse(ROLE), "/" + Bytes.SERVICE + "/*")
        .publicMethods("/" + Bytes.PUBLIC + "/*")
        .build();
  }

  static AccessPolicy allowingNothing() {
    return AccessPolicy.builder("test").publicMethods("/" + Bytes.PUBLIC + "/*").build();
  }

  SettablePolicy policies() {
    return policies;
  }

  CallGuard guard() {
    return guard;
  }

  RecordedTelemetry telemetry() {
    return telemetry;
  }

  ScriptedUpstream upstream() {
    return upstream;
  }

  RelayServer relay() {
    return relay;
  }

  /** A new connection to the upstream itself. */
  Channel direct() {
    return channel(upstream.port(), INNER);
  }

  /** A new connection to the relay. */
  ManagedChannel relayed() {
    return channel(relay.port(), EDGE);
  }

  /** A new connection to the server there. */
  ManagedChannel channel(int port, TestCertificate trusted) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port, TestCertificate.trusting(trusted))
            .maxInboundMessageSize(64 << 20)
            .build();
    channels.add(channel);
    return channel;
  }

  /** Options of calls by the role that is allowed. */
  CallOptions allowed() {
    return CallOptions.DEFAULT.withCallCredentials(rolecall.as(ROLE));
  }

  /** Has a call of one message by that role, through the relay. */
  Conversation exchange(String method, CallOptions options, Metadata headers) {
    Conversation it = Conversation.start(relayed(), method, options, headers);
    it.send(Bytes.of(10)).halfClose();
    var unused = it.awaitEnd();
    return it;
  }

  /** Starts a call by that role through the relay. */
  Conversation call() {
    return Conversation.start(relayed(), METHOD, allowed(), new Metadata());
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    channels.forEach(each -> Termination.of("a client", each::awaitTermination));
    relay.close();
    upstream.close();
  }
}
