package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.proof.CallerProof;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps every answer, to show that there is exactly one. */
final class FakeApplier extends CallCredentials.MetadataApplier {

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final List<Object> answers = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);

  @Override
  public void apply(Metadata headers) {
    answers.add(headers);
    first.countDown();
  }

  @Override
  public void fail(Status status) {
    answers.add(status);
    first.countDown();
  }

  /** Waits for the first answer. */
  FakeApplier awaited() {
    try {
      assertThat(first.await(1, TimeUnit.MINUTES)).as("answered in time").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return this;
  }

  boolean isAnswered() {
    return !answers.isEmpty();
  }

  Metadata metadata() {
    assertThat(answers).singleElement().isInstanceOf(Metadata.class);
    return (Metadata) answers.get(0);
  }

  Status status() {
    assertThat(answers).singleElement().isInstanceOf(Status.class);
    return (Status) answers.get(0);
  }

  CallerProof proof() {
    Iterable<String> values = metadata().getAll(AUTHORIZATION);
    assertThat(values).hasSize(1);
    String value = values.iterator().next();
    assertThat(value).startsWith("Bearer ");
    return CallerProof.read(value.substring("Bearer ".length()))
        .fold(
            proof -> proof,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }
}
