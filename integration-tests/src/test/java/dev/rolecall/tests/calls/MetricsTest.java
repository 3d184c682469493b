package dev.rolecall.tests.calls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.testsupport.Echo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The numbers on an operator's dashboard, for traffic that is known. */
final class MetricsTest {

  private static final String POLICY =
      """
      name: tests
      allow_rules:
        - name: everything
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
      public_methods: ["/rolecall.tests.Echo/Ping"]
      """;

  private static final String SAY = Echo.SAY.getFullMethodName();

  @RegisterExtension final Bench bench = new Bench();

  @TempDir Path directory;

  /** One thread does all that follows an answer of STS or the end of a call. */
  private final ExecutorService behind = Executors.newSingleThreadExecutor();

  private Path file;
  private PolicyFile policy;
  private GuardedServer server;
  private EchoClient client;
  private EchoClient checkout;

  @BeforeEach
  void start() throws Exception {
    file = Files.writeString(directory.resolve("policy.yaml"), POLICY.formatted(Bench.CHECKOUT));
    policy = bench.closing(PolicyFile.follow(file));
    server =
        bench
            .server()
            .policy(policy)
            .running(runtime -> runtime.lookUpExecutor(behind).applicationExecutor(behind))
            .start();
    client = bench.client(server);
    checkout = client.with(bench.signing(bench.role(Bench.CHECKOUT)));
  }

  @AfterEach
  void endThread() {
    behind.shutdownNow();
  }

  /** The points of that metric, by their attributes: how much was counted, or how often timed. */
  private Map<String, Long> counts(String name) throws Exception {
    behind.submit(() -> {}).get(120, SECONDS);
    server.awaitDecided();
    return metric(name).getData().getPoints().stream()
        .collect(Collectors.toMap(MetricsTest::attributes, MetricsTest::count));
  }

  private MetricData metric(String name) {
    Collection<MetricData> all = bench.telemetry().metrics();
    return all.stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  private static String attributes(PointData point) {
    Map<String, Object> sorted = new TreeMap<>();
    point.getAttributes().forEach((key, value) -> sorted.put(key.getKey(), value));
    return sorted.toString();
  }

  private static long count(PointData point) {
    return point instanceof HistogramPointData timed
        ? timed.getCount()
        : ((LongPointData) point).getValue();
  }

  private void assertDeclared(String name, MetricDataType type, String unit) {
    MetricData metric = metric(name);
    assertThat(metric.getInstrumentationScopeInfo().getName()).isEqualTo("rolecall");
    assertThat(metric.getType()).isEqualTo(type);
    assertThat(metric.getUnit()).isEqualTo(unit);
    assertThat(metric.getDescription()).endsWith(".");
    if (type == MetricDataType.LONG_SUM) {
      assertThat(metric.getLongSumData().isMonotonic()).isTrue();
      assertThat(metric.getLongSumData().getAggregationTemporality())
          .isEqualTo(AggregationTemporality.CUMULATIVE);
    }
  }

  @Test
  void decisions_ofEachKind_areCountedByMethodDecisionAndRule() throws Exception {
    EchoClient intern = client.with(bench.signing(bench.role(Bench.INTERN)));
    for (int i = 0; i < 3; i++) {
      assertThat(checkout.say("hello")).isNotEmpty();
    }
    assertThat(checkout.count(2)).hasSize(2);
    assertThat(intern.sayRefused().reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
    assertThat(client.sayRefused().reason()).isEqualTo(RefusalReason.CREDENTIAL_MISSING.name());
    assertThat(client.ping()).startsWith("nobody");

    assertDeclared("rolecall.server.decisions", MetricDataType.LONG_SUM, "");
    assertThat(counts("rolecall.server.decisions"))
        .containsOnly(
            Map.entry("{decision=allowed, grpc.method=" + SAY + ", rule=everything}", 3L),
            Map.entry(
                "{decision=allowed, grpc.method="
                    + Echo.COUNT.getFullMethodName()
                    + ", rule=everything}",
                1L),
            Map.entry("{decision=method_not_allowed, grpc.method=" + SAY + ", rule=none}", 1L),
            Map.entry("{decision=credential_missing, grpc.method=" + SAY + ", rule=none}", 1L),
            Map.entry(
                "{decision=public, grpc.method=" + Echo.PING.getFullMethodName() + ", rule=none}",
                1L));
  }

  @Test
  void shadow_thatWouldDecideOtherwise_isCountedAndNotObeyed() throws Exception {
    AccessPolicy shadow =
        AccessPolicy.builder("shadow")
            .deny("frozen", List.of(RolePattern.parse(Bench.CHECKOUT)), "/" + SAY)
            .allow(RolePattern.parse(Bench.INTERN), Echo.ALL)
            .build();
    GuardedServer shadowed =
        bench
            .server()
            .policy(policy)
            .guarding(guard -> guard.shadowPolicy(PolicySource.fixed(shadow)))
            .start();
    EchoClient anyone = bench.client(shadowed);
    EchoClient intern = anyone.with(bench.signing(bench.role(Bench.INTERN)));

    EchoClient known = anyone.with(bench.signing(bench.role(Bench.CHECKOUT)));
    assertThat(known.say("hello")).isNotEmpty();
    assertThat(known.say("again")).isNotEmpty();
    assertThat(intern.sayRefused().reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
    assertThat(anyone.ping()).startsWith("nobody");
    assertThat(anyone.sayRefused().reason()).isEqualTo(RefusalReason.CREDENTIAL_MISSING.name());

    assertDeclared("rolecall.server.shadow.differences", MetricDataType.LONG_SUM, "");
    assertThat(counts("rolecall.server.shadow.differences"))
        .containsOnly(
            Map.entry(
                "{decision=allowed, grpc.method=" + SAY + ", rule=frozen, shadow=denied}", 2L),
            Map.entry(
                "{decision=method_not_allowed, grpc.method="
                    + SAY
                    + ", rule="
                    + Bench.INTERN
                    + ", shadow=allowed}",
                1L),
            Map.entry(
                "{decision=public, grpc.method="
                    + Echo.PING.getFullMethodName()
                    + ", rule=none, shadow=caller_required}",
                1L));
    assertThat(shadowed.audits())
        .filteredOn(each -> each.outcome() instanceof AuditOutcome.ShadowDiffers)
        .hasSize(4);
  }

  @Test
  void lookUps_verifiedRefusedAndRemembered_areTimedAndCounted() throws Exception {
    EmulatedCredentials role = bench.role(Bench.CHECKOUT);
    String forged =
        Bench.proof(bench.proofOptions(role, "billing"), bench.channelBinding())
            .text()
            .replace("~billing~", "~" + Bench.AUDIENCE + "~");
    String good = bench.proof(role, bench.channelBinding());
    // The second call finds the proof on its connection, and the third one, on another, in a cache.
    assertThat(client.withProof(good).say("new")).isNotEmpty();
    assertThat(client.withProof(good).say("on the same connection")).isNotEmpty();
    assertThat(bench.client(server).withProof(good).say("on another")).isNotEmpty();
    for (int i = 0; i < 2; i++) {
      assertThat(client.withProof(forged).sayRefused().reason())
          .isEqualTo(RefusalReason.ISSUER_REFUSED.name());
    }

    assertDeclared("rolecall.server.verification.duration", MetricDataType.HISTOGRAM, "s");
    assertThat(counts("rolecall.server.verification.duration"))
        .containsOnly(Map.entry("{result=verified}", 1L), Map.entry("{result=issuer_refused}", 1L));
    assertDeclared("rolecall.sts.request.duration", MetricDataType.HISTOGRAM, "s");
    assertThat(counts("rolecall.sts.request.duration"))
        .containsOnly(
            Map.entry("{code=ok, region=us-east-1}", 1L),
            Map.entry("{code=SignatureDoesNotMatch, region=us-east-1}", 1L));
    assertDeclared("rolecall.cache.lookups", MetricDataType.LONG_SUM, "");
    assertThat(counts("rolecall.cache.lookups"))
        .containsOnly(
            Map.entry("{cache=verified, result=hit}", 1L),
            Map.entry("{cache=verified, result=miss}", 3L),
            Map.entry("{cache=refused, result=hit}", 1L),
            Map.entry("{cache=refused, result=miss}", 2L));
    assertThat(metric("rolecall.sts.request.duration").getHistogramData().getPoints())
        .allMatch(point -> point.getSum() > 0 && point.getSum() < 30);
  }

  @Test
  void reload_thatForbidsAStream_isCountedAndSoIsTheStreamsEnd() throws Exception {
    PumpStream stream = checkout.pump();
    stream.heard().get(120, SECONDS);

    Files.writeString(file, "name: [");
    policy.reloadNow();
    Files.writeString(file, POLICY.formatted(Bench.INTERN));
    policy.reloadNow();
    assertThat(stream.end().get(120, SECONDS).reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());

    assertDeclared("rolecall.policy.reloads", MetricDataType.LONG_SUM, "");
    assertThat(counts("rolecall.policy.reloads"))
        .containsOnly(Map.entry("{result=reloaded}", 1L), Map.entry("{result=rejected}", 1L));
    assertThat(counts("rolecall.calls.ended"))
        .containsOnly(Map.entry("{reason=method_not_allowed}", 1L));
    assertDeclared("rolecall.calls.ended", MetricDataType.LONG_SUM, "");
  }
}
