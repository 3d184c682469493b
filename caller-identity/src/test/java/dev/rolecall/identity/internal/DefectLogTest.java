package dev.rolecall.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DefectLogTest {

  private final Lines lines = new Lines();
  private final DefectLog log = new DefectLog(lines);

  @Test
  void write_exceptionWhoseMessageQuotesAProof_keepsTheStackAndNotTheMessage() {
    log.write(new IllegalStateException("SECRET", new RuntimeException("SECRET too")));

    assertThat(lines.written).hasSize(1);
    assertThat(lines.written.get(0))
        .contains("java.lang.IllegalStateException", "DefectLogTest")
        .doesNotContain("SECRET");
  }

  @Test
  void write_completion_isWrittenAsWhatItCompletes() {
    log.write(new CompletionException("SECRET", new IllegalStateException("SECRET")));

    assertThat(lines.written.get(0))
        .contains("java.lang.IllegalStateException")
        .doesNotContain("CompletionException", "SECRET");
  }

  @Test
  void write_manyOfOneKind_isWrittenOnce() {
    for (int i = 0; i < 10; i++) {
      log.write(new IllegalStateException("SECRET " + i));
    }

    assertThat(lines.written).hasSize(1);
  }

  @Test
  void write_exceptionsWithoutAStack_areOfOneKindByTheirClass() {
    for (int i = 0; i < 2; i++) {
      IllegalStateException defect = new IllegalStateException();
      defect.setStackTrace(new StackTraceElement[0]);
      log.write(defect);
    }

    assertThat(lines.written).hasSize(1);
  }

  @Test
  void supervisor_actionThatThrows_isWrittenAndSoIsTheCountersFailure() {
    Supervisor supervisor =
        new Supervisor(
            lines,
            task -> {
              throw new UnsupportedOperationException("SECRET");
            });

    supervisor.caught("walk", new IllegalStateException("SECRET"));

    assertThat(lines.written).hasSize(2);
    assertThat(lines.written.get(0)).contains("IllegalStateException").doesNotContain("SECRET");
    assertThat(lines.written.get(1))
        .contains("UnsupportedOperationException")
        .doesNotContain("SECRET");
  }

  @Test
  void write_kindsWithoutEnd_areAHundredAtMost() {
    for (int i = 0; i < 150; i++) {
      IllegalStateException defect = new IllegalStateException();
      defect.setStackTrace(
          new StackTraceElement[] {new StackTraceElement("Some", "where", "Some.java", i)});
      log.write(defect);
    }

    assertThat(lines.written).hasSize(100);
  }

  /** A logger that keeps what it is told, with stacks. */
  private static final class Lines implements System.Logger {

    final List<String> written = new ArrayList<>();

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      StringWriter text = new StringWriter();
      text.append(level.name()).append(' ').append(message).append('\n');
      if (thrown != null) {
        thrown.printStackTrace(new PrintWriter(text, true));
      }
      written.add(text.toString());
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... params) {
      written.add(level + " " + format);
    }
  }
}
