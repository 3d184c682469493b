package dev.rolecall.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class BoundedLoadTest {

  @Test
  void loadThatGoesOn_isJoinedAndNotDoubled() {
    BoundedLoad<String> loads = new BoundedLoad<>(Duration.ofMillis(50));
    CompletableFuture<String> blocking = new CompletableFuture<>();
    assertThatThrownBy(() -> loads.get(() -> CompletableFuture.completedFuture(blocking.join())))
        .isInstanceOf(TimeoutException.class);

    assertThatThrownBy(() -> loads.get(() -> CompletableFuture.completedFuture("a second thread")))
        .isInstanceOf(TimeoutException.class);
    blocking.complete("late");
  }

  @Test
  void futureThatIsNeverDone_isAskedForAnew() throws Exception {
    BoundedLoad<String> loads = new BoundedLoad<>(Duration.ofMillis(200));
    assertThatThrownBy(() -> loads.get(CompletableFuture::new))
        .isInstanceOf(TimeoutException.class);

    assertThat(loads.get(() -> CompletableFuture.completedFuture("now"))).isEqualTo("now");
  }

  @Test
  void begin_loadThatBlocks_doesNotBlockAndEndsInTime() {
    BoundedLoad<String> loads = new BoundedLoad<>(Duration.ofMillis(50));
    CompletableFuture<String> blocking = new CompletableFuture<>();

    CompletableFuture<String> begun =
        loads.begin(() -> CompletableFuture.completedFuture(blocking.join()));

    assertThat(begun).isNotDone();
    assertThatThrownBy(begun::get).hasCauseInstanceOf(TimeoutException.class);
    blocking.complete("late");
  }

  @Test
  void begin_loadThatThrows_failsWithThat() {
    BoundedLoad<String> loads = new BoundedLoad<>(Duration.ofMinutes(1));
    IllegalStateException thrown = new IllegalStateException("no file");

    assertThatThrownBy(
            () ->
                loads
                    .begin(
                        () -> {
                          throw thrown;
                        })
                    .get())
        .hasCause(thrown);
  }
}
