package dev.rolecall.tests.observability;

import static java.util.function.Predicate.isEqual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.Patience;
import io.grpc.Status;
import io.opentelemetry.api.OpenTelemetry;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Renewals are counted from none, each by its result: an alert hangs on it. */
final class RenewalMetricsTest {

  private static final Duration RENEWAL = Duration.ofMinutes(11);

  @RegisterExtension final Bench bench = new Bench();

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
  void clientRenewals_areCountedByWhetherAnotherAttemptMaySucceed() {
    LeavingProvider provider = new LeavingProvider(Bench.provider(checkout));
    GuardedServer server = bench.server().start();
    EchoClient client =
        bench
            .client(server)
            .with(
                bench.closing(
                    bench
                        .signingOptions(checkout)
                        .credentialsProvider(provider)
                        .openTelemetry(telemetry)
                        .build()));
    assertThat(renewals("client")).isEqualTo(List.of(0L, 0L, 0L, 0L));

    assertThat(client.say("hello")).isNotEmpty();
    assertThat(client.say("on the same proof")).isNotEmpty();
    awaitRenewals("client", List.of(1L, 0L, 0L, 0L));

    bench.clock().advance(RENEWAL);
    provider.leave(new UncheckedIOException(new ConnectException("nobody there")));
    assertThat(client.say("on the old proof")).isNotEmpty();
    awaitRenewals("client", List.of(1L, 1L, 0L, 0L));
  }

  @Test
  void clientRenewals_withoutCredentials_areLastingFailures() {
    LeavingProvider provider = new LeavingProvider(Bench.provider(checkout));
    provider.leave(SdkClientException.create("none to be found"));
    EchoClient client =
        bench
            .client(bench.server().start())
            .with(
                bench.closing(
                    bench
                        .signingOptions(checkout)
                        .credentialsProvider(provider)
                        .openTelemetry(telemetry)
                        .build()));

    assertThat(client.sayRefused().code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    awaitRenewals("client", List.of(0L, 0L, 1L, 0L));
  }

  /** Renewed; the two kinds of failure; defects. */
  private List<Long> renewals(String of) {
    String name = "rolecall." + of + ".renewals";
    List<String> results =
        of.equals("client")
            ? List.of("renewed", "passing_failure", "lasting_failure", "defect")
            : List.of("renewed", "no_proof", "not_confirmed", "defect");
    return results.stream().map(result -> emitted.count(name, "result", result)).toList();
  }

  @Test
  void certificateRenewals_areCountedByWhatWasMissing() {
    LeavingProvider provider = new LeavingProvider(Bench.provider(checkout));
    AttestedEnds ends = new AttestedEnds(bench);
    bench.closing(ends.channel(provider).expectServerRoles(Bench.CHECKOUT).start());
    assertThat(renewals("tls")).isEqualTo(List.of(0L, 0L, 0L, 0L));

    renewAfter(ends, RENEWAL, List.of(1L, 0L, 0L, 0L));
    bench.sts().fail(Fault.error(StsErrorCode.EXPIRED_TOKEN, "the session is over"));
    renewAfter(ends, RENEWAL, List.of(1L, 0L, 1L, 0L));
    provider.leave(new UncheckedIOException(new ConnectException("nobody there")));
    renewAfter(ends, Duration.ofSeconds(20), List.of(1L, 1L, 1L, 0L));
  }

  private void renewAfter(AttestedEnds ends, Duration time, List<Long> expected) {
    bench.clock().advance(time);
    Patience.await()
        .until(
            () -> {
              // Again and again: the renewal before this one is counted a moment before it is over.
              ends.look();
              return renewals("tls");
            },
            isEqual(expected));
  }

  /** A renewal goes on beside the call that found that it is due, and may end after it. */
  private void awaitRenewals(String of, List<Long> expected) {
    Patience.await().until(() -> renewals(of), isEqual(expected));
  }
}
