package dev.rolecall.client;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** Signs real proofs, counts them, and fails when told to. */
final class FakeSigning implements Supplier<SignedProof> {

  private final Presigner presigner;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable Throwable failure;

  FakeSigning(ManualTime time) {
    this.presigner = new Presigner(Audience.of("orders"), time);
  }

  int attempts() {
    return attempts.get();
  }

  void fail(@Nullable Throwable next) {
    failure = next;
  }

  @Override
  public SignedProof get() {
    attempts.incrementAndGet();
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return SignedProof.of(
        presigner.sign(
            FakeCredentials.session("token", null),
            StsTarget.of(Region.EU_WEST_1),
            ProofBinding.bearer()),
        Optional.empty(),
        Duration.ofMinutes(5));
  }
}
