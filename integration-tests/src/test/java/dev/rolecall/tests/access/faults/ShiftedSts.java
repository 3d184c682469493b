package dev.rolecall.tests.access.faults;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Partition;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.CallCredentials;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An STS by a clock that may be wrong, for servers that have the same clock. Proofs for them are
 * signed by it too: a proof of another hour is refused before any grant counts.
 */
final class ShiftedSts implements AutoCloseable {

  private final Clock clock;
  private final StsEmulator emulator;
  private final Map<String, CallCredentials> engineers = new ConcurrentHashMap<>();
  private final Queue<IamCallCredentials> open = new ConcurrentLinkedQueue<>();

  private ShiftedSts(Clock clock) {
    this.clock = clock;
    this.emulator = StsEmulator.builder().clock(clock).start();
  }

  /** One whose clock is ahead by that time, or behind if it is negative. */
  static ShiftedSts by(Duration time) {
    return new ShiftedSts(Clock.offset(Clock.systemUTC(), time));
  }

  Clock clock() {
    return clock;
  }

  URI endpoint() {
    return emulator.endpoint();
  }

  StsVerifier verifier(String audience) {
    return StsVerifier.forAudience(audience)
        .acceptPartitions(Set.of())
        .acceptCustomEndpoint(endpoint(), Bench.REGION.id(), Partition.AWS)
        .lookUpTimeout(Bench.LOOK_UP_TIMEOUT);
  }

  /** The proofs of a new session of that principal. Closed with this. */
  IamCallCredentials proofs(EmulatedPrincipal principal, String audience) {
    IamCallCredentials proofs =
        IamCallCredentials.builder(audience)
            .credentialsProvider(Bench.provider(emulator.add(principal)))
            .endpoint(endpoint(), Bench.REGION)
            .clock(clock)
            .build();
    open.add(proofs);
    return proofs;
  }

  /** The proofs of an engineer for the guarded servers: one session of each. */
  CallCredentials engineer(String name) {
    return engineers.computeIfAbsent(name, user -> proofs(Staff.ENGINEER.user(user), Staff.ORDERS));
  }

  @Override
  public void close() {
    open.forEach(IamCallCredentials::close);
    emulator.close();
  }
}
