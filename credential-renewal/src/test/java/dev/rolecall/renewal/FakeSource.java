package dev.rolecall.renewal;

import dev.rolecall.renewal.RenewalFailure.Kind;
import dev.rolecall.testsupport.ManualTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes credentials, counts the attempts, and fails or takes its time when told to. */
final class FakeSource implements CredentialSource<FakeCredential> {

  private final ManualTime time;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable Throwable failure;
  private volatile @Nullable CompletionStage<FakeCredential> later;

  FakeSource(ManualTime time) {
    this.time = time;
  }

  int attempts() {
    return attempts.get();
  }

  /** Throws that from now on; null: nothing. */
  void fail(@Nullable Throwable next) {
    failure = next;
  }

  /** Answers with that stage from now on. */
  void answer(CompletionStage<FakeCredential> stage) {
    later = stage;
  }

  @Override
  public String name() {
    return "fake credential";
  }

  @Override
  public CompletionStage<FakeCredential> make() {
    int number = attempts.incrementAndGet();
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    CompletionStage<FakeCredential> stage = later;
    return stage != null
        ? stage
        : CompletableFuture.completedFuture(FakeCredential.of(number, time.instant()));
  }

  @Override
  public RuntimeException executorRefused() {
    return new FakeFailure(Kind.PASSING, "the executor accepts no work");
  }

  @Override
  public RuntimeException defect(Throwable thrown) {
    return new FakeFailure(Kind.DEFECT, thrown.getClass().getSimpleName());
  }
}
