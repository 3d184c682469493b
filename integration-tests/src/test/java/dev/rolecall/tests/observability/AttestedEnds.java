package dev.rolecall.tests.observability;

import dev.rolecall.identity.Audience;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.tls.AttestationOptions;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedServerBuilder;
import dev.rolecall.tls.AttestedTls;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** Sets up both ends of attested TLS on a bench, with all telemetry they have. */
final class AttestedEnds {

  private final Bench bench;
  private final ManualScheduler timer;

  AttestedEnds(Bench bench) {
    this.bench = bench;
    this.timer = bench.closing(new ManualScheduler());
  }

  static Audience audience() {
    return Audience.of(Bench.AUDIENCE);
  }

  AttestedServerBuilder server(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    return setUp(AttestedTls.server(audience()), provider);
  }

  AttestedChannel.Builder channel(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    return setUp(AttestedTls.channel(audience()), provider)
        .verifier(bench.verifier())
        .runtime(bench.runtime().build());
  }

  private <B extends AttestationOptions<B>> B setUp(
      B options, IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    return options
        .credentialsProvider(provider)
        .endpoint(bench.sts().endpoint(), Bench.REGION)
        .scheduler(timer);
  }

  /** Lets both ends look whether it is time for a new certificate. */
  void look() {
    timer.tick();
  }
}
