package dev.rolecall.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

  private final BoundedBody body = new BoundedBody(5);
  private final CompletableFuture<byte[]> read = body.getBody().toCompletableFuture();
  private long asked;
  private int cancelled;

  @BeforeEach
  void begin() {
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long parts) {
            asked += parts;
          }

          @Override
          public void cancel() {
            cancelled++;
          }
        });
  }

  private void next(String... parts) {
    body.onNext(Stream.of(parts).map(part -> ByteBuffer.wrap(part.getBytes(UTF_8))).toList());
  }

  private void assertTooLong() {
    assertThat(cancelled).isEqualTo(1);
    assertThat(read)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(AnswerTooLongException.class)
        .withMessage("the answer has more than 5 bytes");
  }

  @Test
  void body_asLongAsTheBound_isRead() {
    next("a", "bc");
    next("de");
    body.onComplete();

    assertThat(read).succeedsWithin(Duration.ZERO).isEqualTo("abcde".getBytes(UTF_8));
    assertThat(asked).isPositive();
    assertThat(cancelled).isZero();
  }

  @Test
  void body_beforeItsEnd_isNotThere() {
    next("abc");

    assertThat(read).isNotDone();
  }

  @Test
  void body_oneByteOverTheBound_isGivenUp() {
    next("abcdef");

    assertTooLong();
  }

  @Test
  void body_overTheBoundByItsParts_isGivenUpOnce() {
    next("abc", "def", "ghi");
    next("jkl");
    body.onComplete();

    assertTooLong();
  }

  @Test
  void body_whoseConnectionFails_failsAlike() {
    next("abc");
    IOException failure = new IOException("reset");
    body.onError(failure);

    assertThat(read).failsWithin(Duration.ZERO).withThrowableThat().withCause(failure);
  }
}
