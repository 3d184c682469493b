package dev.rolecall.tests.soak;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/** A forger of proofs: it has a session's access key id and token, and invents signatures. */
final class ProofForger {

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StsHost host;
  private final EmulatedCredentials found;
  private final ProofBinding binding;
  private final Clock clock;

  ProofForger(URI sts, EmulatedCredentials found, ProofBinding binding, Clock clock) {
    this.host = StsHost.parse(sts.getAuthority());
    this.found = found;
    this.binding = binding;
    this.clock = clock;
  }

  /** A proof with a signature that nobody made. */
  String proof(SplittableRandom random) {
    StringBuilder signature = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      signature.append(String.format("%016x", random.nextLong()));
    }
    return CallerProof.builder(host, Audience.of(Bench.AUDIENCE), binding)
        .accessKeyId(found.accessKeyId())
        .amzDate(AMZ_DATE.format(clock.instant()))
        .life(Duration.ofMinutes(15))
        .signature(signature.toString())
        .sessionToken(found.sessionToken().orElseThrow())
        .build()
        .text();
  }
}
