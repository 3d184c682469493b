package dev.rolecall.proxy.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.proxy.envoy.CheckedAudience;
import dev.rolecall.proxy.envoy.CheckerAddress;
import dev.rolecall.proxy.envoy.ClientAddress;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import dev.rolecall.proxy.envoy.EnvoyCheckerBuilder;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.IssuedCertificate;
import dev.rolecall.testsupport.RecordedTelemetry;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client, an Envoy of a shipped configuration, its checker, and a service behind it. */
final class EnvoyScene implements AutoCloseable {

  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String STRANGER = "arn:aws:iam::111122223333:role/stranger";
  static final String ORDERS = "orders";

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout calls
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
      public_methods: ["/rolecall.tests.Echo/Ping"]
      """;

  private static final Duration LOOK_UP = Duration.ofSeconds(10);

  final RecordedTelemetry recorded = new RecordedTelemetry();
  final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  final Upstream upstream;
  private final RolecallExtension rolecall;
  private final TestCertificate certificate;
  private final RealEnvoy envoy;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final CheckerAddress address;
  private final boolean tls;
  private @Nullable EnvoyChecker checker;

  private EnvoyScene(
      RolecallExtension rolecall, Path folder, CheckerAddress address, ShippedFile file)
      throws IOException {
    this.rolecall = rolecall;
    this.address = address;
    this.tls = file.text().contains("/etc/envoy/tls");
    this.certificate = TestCertificate.generate();
    certificate.writePem(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    this.upstream = Upstream.start();
    this.envoy =
        RealEnvoy.start(
            folder,
            file.withSecretsOf(folder)
                .with("0.0.0.0, port_value: " + (tls ? 8443 : 8080), "127.0.0.1, port_value: 0")
                .with("port_value: 9901", "port_value: 0")
                .with("port_value: 50051", "port_value: " + upstream.port())
                .with("interval: 1s", "interval: 0.1s")
                .text());
  }

  /** For a busy machine. */
  private static ShippedFile patient(ShippedFile file) {
    return file.with("timeout: 2s", "timeout: 20s");
  }

  /** All of it, with the edge's configuration as that makes it, and a checker. */
  static EnvoyScene start(RolecallExtension rolecall, Path folder, UnaryOperator<ShippedFile> file)
      throws IOException {
    EnvoyScene scene = withoutChecker(rolecall, folder, each -> file.apply(patient(each)));
    scene.startChecker(PassedIdentity.plainHeaders(), LOOK_UP);
    return scene;
  }

  static EnvoyScene withoutChecker(
      RolecallExtension rolecall, Path folder, UnaryOperator<ShippedFile> file) throws IOException {
    RealEnvoy.program();
    int port = ClosedPort.any();
    return new EnvoyScene(
        rolecall,
        folder,
        CheckerAddress.loopback(port),
        file.apply(ShippedFile.named("edge.yaml"))
            .with("STRICT_DNS", "STATIC")
            .with("orders.internal", "127.0.0.1")
            .with("port_value: 9191", "port_value: " + port));
  }

  /** The edge's, for checkers at those ports. None is started. */
  static EnvoyScene ofCheckersAt(RolecallExtension rolecall, Path folder, List<Integer> ports)
      throws IOException {
    return withoutChecker(rolecall, folder, file -> patient(file).withCheckersAt(ports));
  }

  /** The sidecar's, whose checker listens on a Unix socket. It is not started. */
  static EnvoyScene ofSidecar(RolecallExtension rolecall, Path folder) throws IOException {
    RealEnvoy.program();
    Path socket = folder.resolve("checker.sock");
    return new EnvoyScene(
        rolecall,
        folder,
        CheckerAddress.unixSocket(socket),
        patient(ShippedFile.named("sidecar.yaml"))
            .with("/run/rolecall/checker.sock", socket.toString()));
  }

  /** Starts a checker, and waits until Envoy knows whether it serves. */
  void startChecker(PassedIdentity identity, Duration lookUpTimeout) throws IOException {
    startChecker(identity, lookUpTimeout, access -> access, options -> options);
  }

  /** Puts another checker in the place of the one that runs. */
  void restartChecker(ClientAddress clientAddress) throws IOException {
    stopChecker();
    envoy.awaitCheckers(0);
    startChecker(
        PassedIdentity.plainHeaders(),
        LOOK_UP,
        access -> access,
        options -> options.clientAddress(clientAddress));
  }

  /** Starts a checker that reads the certificates of clients too. */
  void startChecker(HolderScheme scheme) throws IOException {
    startChecker(
        PassedIdentity.plainHeaders(),
        LOOK_UP,
        access -> access.accept(scheme),
        EnvoyCheckerBuilder::trustClientCertificatesThatEnvoyReports);
  }

  private void startChecker(
      PassedIdentity identity,
      Duration lookUpTimeout,
      UnaryOperator<AccessControlBuilder> schemes,
      UnaryOperator<EnvoyCheckerBuilder> options)
      throws IOException {
    CheckedAudience orders =
        CheckedAudience.of(
            Audience.of(ORDERS), schemes.apply(access(lookUpTimeout)).build(), identity);
    EnvoyChecker started = started(options.apply(EnvoyChecker.builder(address)), orders);
    checker = started;
    envoy.awaitCheckers(started.isWarm() ? 1 : 0);
  }

  /** Starts one more checker, on a port of its own. The test closes it. */
  EnvoyChecker startReplica() throws IOException {
    return started(
        EnvoyChecker.builder(CheckerAddress.loopback(0)),
        CheckedAudience.of(
            Audience.of(ORDERS), access(LOOK_UP).build(), PassedIdentity.plainHeaders()));
  }

  private EnvoyChecker started(EnvoyCheckerBuilder builder, CheckedAudience orders)
      throws IOException {
    return builder
        .audience(orders)
        .runtime(rolecall.runtime().openTelemetry(recorded.telemetry()).build())
        .start();
  }

  private AccessControlBuilder access(Duration lookUpTimeout) {
    return AccessControl.builder(
            PolicySource.fixed(PolicyDocument.load("orders.yaml", POLICY.getBytes(UTF_8))))
        .accept(new ReasonScheme())
        .accept(verifier().lookUpTimeout(lookUpTimeout))
        .grants(rolecall.grants())
        .audit(AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH))
        .runtime(rolecall.runtime().build());
  }

  /** Where clients see Envoy's certificate, their proofs must be for it. */
  private StsVerifier verifier() {
    return tls
        ? rolecall
            .verifier()
            .requireChannelBinding()
            .acceptBalancerCertificate(BindingHash.of(certificate.der()))
        : rolecall.verifier();
  }

  void stopChecker() {
    EnvoyChecker running = checker;
    if (running != null) {
      running.close();
      checker = null;
    }
  }

  RealEnvoy envoy() {
    return envoy;
  }

  ManagedChannel channel() {
    return channel(
        tls ? TestCertificate.trusting(certificate) : InsecureChannelCredentials.create());
  }

  /** A channel that presents that certificate, which calls are made by from now on. */
  void connectAs(IssuedCertificate client) {
    channels.add(0, channel(client.trusting(certificate)));
  }

  private ManagedChannel channel(ChannelCredentials credentials) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port(), credentials).build();
    channels.add(channel);
    return channel;
  }

  private int port() {
    try {
      return envoy.port();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ManagedChannel first() {
    return channels.isEmpty() ? channel() : channels.get(0);
  }

  /** Calls as that role, with forged headers beside. */
  String call(MethodDescriptor<String, String> method, String role) {
    return call(method, rolecall.as(role), SentHeaders.forged());
  }

  /** Calls with those headers. */
  String call(
      MethodDescriptor<String, String> method,
      @Nullable CallCredentials credentials,
      Metadata headers) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(first(), MetadataUtils.newAttachHeadersInterceptor(headers)),
        method,
        credentials == null ? options : options.withCallCredentials(credentials),
        "hello");
  }

  /** The failure of such a call. */
  StatusRuntimeException failure(@Nullable CallCredentials credentials, Metadata headers) {
    try {
      String answer = call(Echo.SAY, credentials, headers);
      throw new AssertionError("it was answered: " + answer);
    } catch (StatusRuntimeException e) {
      return e;
    }
  }

  /** The number of Checks with that result. */
  double checks(String result) {
    return recorded.sum("rolecall.checker.checks{audience=orders,result=" + result + "}");
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    envoy.close();
    stopChecker();
    upstream.close();
  }
}
