package dev.rolecall.tests.outages;

import dev.rolecall.identity.Partition;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.network.FaultyConnection;
import dev.rolecall.stsemulator.network.NetworkFault;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.ServerSetup;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An emulated STS and the lines to it. What goes wrong, goes wrong for those who are asked about
 * over {@link #endpoint}; so does the emulator itself where it fails.
 */
final class SickSts {

  private final Bench bench;
  private final HastyScheduler scheduler;
  private final FaultyConnection line;
  private final FaultyConnection mute;
  private final Impostor plainText;
  private final Impostor hangingUp;
  private final Impostor untrusted;
  private URI endpoint;

  SickSts(Bench bench) {
    this.bench = bench;
    this.scheduler = bench.closing(new HastyScheduler());
    this.line = bench.closing(FaultyConnection.to(bench.sts()));
    this.mute = bench.closing(FaultyConnection.to(bench.sts()));
    this.plainText = bench.closing(Impostor.speakingPlainText());
    this.hangingUp = bench.closing(Impostor.hangingUp());
    this.untrusted = bench.closing(Impostor.showing(bench.certificate().context()));
    this.endpoint = line.endpoint();
    mute.fail(NetworkFault.stalledAfter(0));
  }

  /** A server whose verifier asks here. */
  ServerSetup asked(ServerSetup server) {
    return server.verifying(this::accepted).running(runtime -> runtime.scheduler(scheduler));
  }

  private StsVerifier accepted(StsVerifier options) {
    for (URI each :
        List.of(
            line.endpoint(),
            atHttps(mute),
            plainText.endpoint(),
            hangingUp.endpoint(),
            untrusted.endpoint())) {
      options.acceptCustomEndpoint(each, Bench.REGION.id(), Partition.AWS);
    }
    return options;
  }

  private static URI atHttps(FaultyConnection line) {
    return URI.create("https://" + line.endpoint().getRawAuthority());
  }

  /** The proof of a caller who is asked about here. */
  CallerProof proof(EmulatedCredentials credentials) {
    return Bench.proof(
        bench.proofOptions(credentials, Bench.AUDIENCE).endpoint(endpoint, Bench.REGION),
        bench.channelBinding());
  }

  /** The emulator meets each request so. */
  void fails(Fault fault) {
    bench.sts().fail(fault);
  }

  /** The line treats each answer so. */
  void lineFails(NetworkFault fault) {
    line.fail(fault);
  }

  /** Nobody listens. */
  void goesDown() {
    line.down();
  }

  /** At an https address, what answers is plain text. */
  void speaksPlainText() {
    endpoint = plainText.endpoint();
  }

  /** At an https address, nothing answers. */
  void keepsSilentInTheHandshake() {
    endpoint = atHttps(mute);
  }

  /** At an https address, the connection is reset. */
  void hangsUpInTheHandshake() {
    endpoint = hangingUp.endpoint();
  }

  /** At an https address, the certificate is no good. */
  void showsAnUntrustedCertificate() {
    endpoint = untrusted.endpoint();
  }

  /** Whether requests are given up soon: only where no answer would come. */
  void givenUpSoon(boolean soon) {
    scheduler.hasty(soon);
  }

  /** All is well again. */
  void recovers() {
    endpoint = line.endpoint();
    line.clearFault();
    line.up();
    bench.sts().clearFaults();
    scheduler.hasty(false);
  }

  /** As long as no test lasts. */
  static final Duration FOR_EVER = Duration.ofHours(1);
}
