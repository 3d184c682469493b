package dev.rolecall.tests.endpoints;

import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** Rolecall's own emulator notices all that STS would. */
final class EmulatorEndpointTest extends StsEndpointSuite {

  private final StsEmulator emulator = StsEmulator.start();

  @Override
  Optional<JudgedSts> open() {
    return Optional.of(
        new JudgedSts(
            "Rolecall's emulator",
            emulator.endpoint(),
            Region.US_EAST_1,
            Partition.AWS,
            Bench.provider(emulator.addRole(Bench.CHECKOUT))));
  }

  @Override
  String howToGetIt() {
    return "it is always there";
  }

  @Override
  void shut() {
    emulator.close();
  }

  @Override
  Optional<RefusalReason> onAnHonestProof() {
    return Optional.empty();
  }

  @Override
  RefusalReason onAForgedProof() {
    return RefusalReason.ISSUER_REFUSED;
  }
}
