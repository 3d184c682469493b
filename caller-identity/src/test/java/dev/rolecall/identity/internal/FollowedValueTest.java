package dev.rolecall.identity.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.internal.FollowedValue.Content;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowedValueTest {

  private final List<String> told = new ArrayList<>();

  /** The content: a number, or what is none. */
  private String content = "1";

  /** What finding it throws, if anything. */
  private @Nullable RuntimeException gone;

  private final FollowedValue<Integer> followed =
      new FollowedValue<>(this::found, NumberFormatException.class);

  private Content<Integer> found() {
    if (gone != null) {
      throw gone;
    }
    String text = content;
    return Content.of(text.getBytes(UTF_8), before -> Integer.parseInt(text) + before.orElse(0));
  }

  private void look() {
    followed.look(
        (before, now) -> told.add(before + " to " + now), flaw -> told.add("not " + flaw));
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      look();
    }
  }

  @Test
  void start_flawedContent_throwsTheFlaw() {
    content = "one";

    assertThatThrownBy(() -> new FollowedValue<>(this::found, NumberFormatException.class))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void look_sameContent_saysNothing() {
    look(3);

    assertThat(told).isEmpty();
    assertThat(followed.get()).isEqualTo(1);
  }

  @Test
  void look_otherContent_isReadAtTheSecondCheckAndOnce() {
    content = "2";

    look();
    assertThat(followed.get()).isEqualTo(1);
    look(3);
    assertThat(followed.get()).isEqualTo(3);
    assertThat(told).containsExactly("1 to 3");
  }

  @Test
  void look_contentThatChangesAtEachCheck_isNotRead() {
    for (int i = 2; i < 9; i++) {
      content = "" + i;
      look();
    }

    assertThat(followed.get()).isEqualTo(1);
    assertThat(told).isEmpty();
  }

  @Test
  void look_flawedContent_leavesTheValueAndIsToldOnce() {
    content = "two";
    look(4);

    assertThat(followed.get()).isEqualTo(1);
    assertThat(told).singleElement().asString().contains("\"two\"");
  }

  @Test
  void look_contentThatCannotBeHad_leavesTheValueAndIsToldOnceForEachReason() {
    gone = new NumberFormatException("no such file");
    look(4);
    gone = new NumberFormatException("no permission");
    look(4);

    assertThat(followed.get()).isEqualTo(1);
    assertThat(told).hasSize(2);
  }

  @Test
  void look_goodContentAfterAFlaw_isRead() {
    content = "two";
    look(2);
    content = "2";
    look(2);

    assertThat(followed.get()).isEqualTo(3);
  }

  @Test
  void look_exceptionThatIsNotTheFlaw_passesAndTheNextCheckReadsAgain() {
    FollowedValue<Integer> strict = new FollowedValue<>(this::found, UncheckedIOException.class);
    content = "two";
    strict.look((before, now) -> {}, flaw -> {});

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> strict.look((before, now) -> {}, flaw -> {}))
          .isInstanceOf(NumberFormatException.class);
    }
  }

  @Test
  void look_listener_isCalledWithoutALock() {
    content = "2";
    look();

    followed.look(
        (before, now) ->
            assertThat(CompletableFuture.runAsync(this::look, task -> new Thread(task).start()))
                .succeedsWithin(Duration.ofSeconds(10)),
        flaw -> {});
    assertThat(followed.get()).isEqualTo(3);
  }

  @Test
  void content_ofSeveralFiles_differsByEachOfThem() {
    List<String> prints =
        List.of(List.of("a", "b"), List.of("a", "c"), List.of("b", "a"), List.of("ab", "")).stream()
            .map(texts -> texts.stream().map(each -> each.getBytes(UTF_8)).toList())
            .map(files -> Content.of(files, before -> 1).fingerprint())
            .toList();

    assertThat(prints).doesNotHaveDuplicates();
  }
}
