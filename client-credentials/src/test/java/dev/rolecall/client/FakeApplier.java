package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.proof.CallerProof;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every answer, to show that there is exactly one. */
final class FakeApplier extends CallCredentials.MetadataApplier {

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final List<Object> answers = new CopyOnWriteArrayList<>();

  @Override
  public void apply(Metadata headers) {
    answers.add(headers);
  }

  @Override
  public void fail(Status status) {
    answers.add(status);
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
