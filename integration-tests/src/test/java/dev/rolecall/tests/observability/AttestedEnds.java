package dev.rolecall.tests.observability;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.tls.AttestationOptions;
import dev.rolecall.access.lookup.CallerLookup;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Set;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** How both ends of attested TLS are set up on a bench, with all telemetry they have. */
final class AttestedEnds {

  private final Bench bench;
  private final OpenTelemetry telemetry;
  private final ManualScheduler timer;
  private final CallerVerifier verifier;

  AttestedEnds(Bench bench) {
    this.bench = bench;
    this.telemetry = bench.telemetry().sdk();
    this.timer = bench.closing(new ManualScheduler());
    this.verifier =
        bench.closing(
            CallerVerifier.builder(audience())
                .acceptPartitions(Set.of())
                .acceptCustomEndpoint(bench.sts().endpoint(), Bench.REGION.id(), Partition.AWS)
                .lookUpTimeout(Bench.LOOK_UP_TIMEOUT)
                .clock(bench.clock())
                .openTelemetry(telemetry)
                .build());
  }

  static Audience audience() {
    return Audience.of(Bench.AUDIENCE);
  }

  <B extends AttestationOptions<B>> B setUp(
      B options, IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    return options
        .credentialsProvider(provider)
        .endpoint(bench.sts().endpoint(), Bench.REGION)
        .verifier(verifier)
        .clock(bench.clock())
        .scheduler(timer)
        .openTelemetry(telemetry);
  }

  /** Lets both ends look whether it is time for a new certificate. */
  void look() {
    timer.tick();
  }
}
