package dev.rolecall.service.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.failure.AccessFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ReplyTest {

  private final IllegalStateException thrown = new IllegalStateException("of the test");

  private final List<String> told = new ArrayList<>();
  private final List<Throwable> defects = new ArrayList<>();

  private void answer(Reply<String> reply) {
    reply.whenAnswered(told::add, failure -> told.add(failure.reason().name()), defects::add);
  }

  @Test
  void whenAnswered_tellsTheValue_orTheFailure() {
    answer(Reply.of("value"));
    answer(Reply.failed(AccessFailure.DEFECT));

    assertThat(told).containsExactly("value", AccessFailure.DEFECT.reason().name());
    assertThat(defects).isEmpty();
  }

  @Test
  void whenAnswered_stepThatThrows_isADefect() {
    answer(
        Reply.of("value")
            .map(
                value -> {
                  throw thrown;
                }));
    answer(Reply.later(CompletableFuture.failedFuture(thrown)));

    assertThat(told).isEmpty();
    assertThat(defects).hasSize(2).allSatisfy(each -> assertThat(each).hasRootCause(thrown));
  }

  @Test
  void whenAnswered_answerThatThrows_isADefectToo() {
    Reply.of("value")
        .whenAnswered(
            value -> {
              throw thrown;
            },
            failure -> {},
            defects::add);
    Reply.failed(AccessFailure.DEFECT)
        .whenAnswered(
            value -> {},
            failure -> {
              throw thrown;
            },
            defects::add);

    assertThat(defects).hasSize(2).allSatisfy(each -> assertThat(each).hasRootCause(thrown));
  }

  @Test
  void orElse_givesTheValue_orWhatIsMadeOfTheFailure() {
    assertThat(Reply.of("value").orElse(failure -> "other").toCompletableFuture())
        .isCompletedWithValue("value");
    assertThat(
            Reply.<String>failed(AccessFailure.DEFECT)
                .orElse(failure -> "other")
                .toCompletableFuture())
        .isCompletedWithValue("other");
  }
}
