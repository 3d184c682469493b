package dev.rolecall.tests.observability;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.tests.fixture.ServerSetup;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.verifier.internal.answer.StsCode;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics that server, client and attested TLS emit are those that the docs list, both ways.
 */
@Tag("attack")
final class MetricNamesTest {

  private static final String POLICY =
      """
      name: tests
      allow_rules:
        - name: everything
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
      """;

  private static final int MANY = 50;

  @RegisterExtension final Bench bench = new Bench();

  @TempDir Path directory;

  private OpenTelemetry telemetry;
  private EmittedMetrics emitted;
  private EmulatedCredentials checkout;

  @BeforeEach
  void start() {
    telemetry = bench.telemetry().sdk();
    emitted = new EmittedMetrics(bench.telemetry());
    checkout = bench.role(Bench.CHECKOUT);
  }

  @Test
  void emitted_byServerClientAndAttestedTls_isWhatTheDocsList() throws Exception {
    serverWithAReloadAndAnOutage();
    callAdmittedInsteadOfRefused();
    attestedCall();

    assertThat(emitted.all().map(EmittedMetrics::described))
        .containsExactlyInAnyOrderElementsOf(
            DocumentedMetrics.all().stream()
                .filter(DocumentedMetrics.Metric::isOfAllServers)
                .map(MetricNamesTest::described)
                .toList());
    Map<List<String>, Optional<Set<String>>> documented = DocumentedMetrics.values();
    emitted
        .all()
        .forEach(
            metric ->
                metric.getData().getPoints().stream()
                    .flatMap(point -> EmittedMetrics.attributes(point).entrySet().stream())
                    .forEach(
                        each ->
                            assertThat(documented.get(List.of(metric.getName(), each.getKey())))
                                .as("%s of %s", each, metric.getName())
                                .isNotNull()
                                .satisfies(
                                    values ->
                                        assertThat(values.orElse(Set.of(each.getValue())))
                                            .contains(each.getValue()))));
  }

  private void serverWithAReloadAndAnOutage() throws Exception {
    Path file = Files.writeString(directory.resolve("p"), POLICY.formatted(Bench.CHECKOUT));
    PolicyFile policy = bench.closing(PolicyFile.follow(file));
    PolicySource shadow = PolicySource.fixed(AccessPolicy.builder("strict").build());
    GuardedServer server =
        bench.server().policy(policy).guarding(guard -> guard.shadowPolicy(shadow)).start();
    EchoClient client = bench.client(server);
    EchoClient known =
        client.with(bench.closing(bench.signingOptions(checkout).openTelemetry(telemetry).build()));
    PumpStream stream = known.pump();
    stream.heard().get(120, SECONDS);
    Files.writeString(file, POLICY.formatted(Bench.INTERN));
    policy.reloadNow();
    assertThat(stream.end().get(120, SECONDS).reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());

    bench.sts().fail(Fault.serviceUnavailable());
    for (int i = 0;
        i < MANY && emitted.count("rolecall.sts.circuit.changes", "state", "opened") == 0;
        i++) {
      EchoClient newcomer =
          client.withProof(bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding()));
      assertThat(newcomer.sayRefused().reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE.name());
    }
    bench.sts().clearFaults();
  }

  private void callAdmittedInsteadOfRefused() throws Exception {
    GuardedServer server =
        bench.server().guarding(CallGuardBuilder::admitAndRecordInsteadOfRefusing).start();
    assertThat(bench.client(server).say("hello")).isNotEmpty();
  }

  private void attestedCall() throws Exception {
    AttestedEnds ends = new AttestedEnds(bench);
    AccessPolicy everything = ServerSetup.everythingFor(Bench.CHECKOUT);
    CallGuard guard =
        bench.closing(
            CallGuard.builder(PolicySource.fixed(everything))
                .accept(bench.verifier())
                .runtime(bench.runtime().build())
                .build());
    Server server =
        ends.server(Bench.provider(checkout))
            .newServerBuilder(
                credentials ->
                    NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials),
                guard)
            .addService(new EchoService(Runnable::run, Bench::currentCaller))
            .build()
            .start();
    bench.closing(() -> server.shutdownNow().awaitTermination(120, SECONDS));
    AttestedChannel channel =
        bench.closing(
            ends.channel(Bench.provider(checkout)).expectServerRoles(Bench.CHECKOUT).start());
    long before = emitted.count("rolecall.server.decisions", "decision", "allowed");
    assertThat(bench.clientOf(server.getPort(), channel.credentials()).say("hello")).isNotEmpty();
    assertThat(emitted.count("rolecall.server.decisions", "decision", "allowed"))
        .isEqualTo(before + 1);
  }

  static String described(DocumentedMetrics.Metric metric) {
    return String.join(
        " ", metric.name(), metric.kind(), metric.unit(), metric.attributes().toString());
  }

  @Test
  void documentedWords_areAllThereAre() {
    assertThat(DocumentedMetrics.reasons())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RefusalReason.values()).map(RefusalReason::label).toList());
    assertThat(DocumentedMetrics.codes()).containsExactlyInAnyOrderElementsOf(StsCode.labels());
    assertThat(DocumentedMetrics.tasks())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SupervisedTask.values()).map(SupervisedTask::label).toList());
    assertThat(DocumentedMetrics.kinds())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventKind.values()).map(EventKind::word).toList());
  }
}
