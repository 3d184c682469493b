package dev.rolecall.tests.observability;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedTls;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A user's process that calls the server: with per-call proofs, and with an end of attested TLS
 * beside. Its metrics are scraped apart from the server's.
 */
final class Application implements AutoCloseable {

  private static final Duration TO_RENEWAL = Duration.ofMinutes(11);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final OpenTelemetrySdk sdk;
  private final HTTPServer server;
  private final LeavingProvider provider;
  private final ManualScheduler timer = new ManualScheduler();
  private final ManualTime certificateClock = new ManualTime(Clock.systemUTC().instant());
  private final IamCallCredentials calls;
  private final AttestedChannel attested;

  Application(StsEmulator sts, EmulatedCredentials role) throws IOException {
    PrometheusMetricReader reader = PrometheusMetricReader.create();
    registry.register(reader);
    this.sdk =
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();
    this.server =
        HTTPServer.builder().hostname("127.0.0.1").port(0).registry(registry).buildAndStart();
    this.provider = new LeavingProvider(Bench.provider(role));
    this.calls =
        IamCallCredentials.builder(Bench.AUDIENCE)
            .credentialsProvider(provider)
            .endpoint(sts.endpoint(), Bench.REGION)
            .openTelemetry(sdk)
            .build();
    this.attested =
        AttestedTls.channel(Audience.of(Bench.AUDIENCE))
            .expectServerRoles(Bench.CHECKOUT)
            .credentialsProvider(provider)
            .endpoint(sts.endpoint(), Bench.REGION)
            .runtime(AccessRuntime.builder().clock(certificateClock).openTelemetry(sdk).build())
            .scheduler(timer)
            .start();
  }

  URI metrics() {
    return URI.create("http://127.0.0.1:" + server.getPort() + "/metrics");
  }

  IamCallCredentials calls() {
    return calls;
  }

  /** From now on there are no AWS credentials; and it is time for a new certificate. */
  void loseCredentials() {
    provider.leave(SdkClientException.create("none to be found"));
    certificateClock.advance(TO_RENEWAL);
    timer.tick();
  }

  @Override
  public void close() {
    attested.close();
    calls.close();
    timer.close();
    server.close();
    sdk.close();
  }
}
