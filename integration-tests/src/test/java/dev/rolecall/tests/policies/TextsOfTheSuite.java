package dev.rolecall.tests.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The texts that other modules' tests give to the reader. They come from the compiled tests, which
 * are in no jar: a row that is added there is judged here too.
 */
final class TextsOfTheSuite {

  private TextsOfTheSuite() {}

  /** The first argument of each row of each source of a test, and each value that it lists. */
  static List<String> rowsOf(String module, String test) {
    Path classes = Checkout.path(module + "/target/test-classes");
    assertThat(classes).as("the compiled tests of %s; run Maven with -am", module).isDirectory();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, TextsOfTheSuite.class.getClassLoader())) {
      return Stream.of(loader.loadClass(test).getDeclaredMethods())
          .flatMap(method -> Stream.concat(rowsOf(method), valuesOf(method)))
          .toList();
    } catch (ReflectiveOperationException | IOException e) {
      throw new AssertionError(test + " cannot be asked for its rows", e);
    }
  }

  private static Stream<String> rowsOf(Method method) {
    boolean source =
        Modifier.isStatic(method.getModifiers())
            && method.getReturnType() == Stream.class
            && method.getParameterCount() == 0;
    if (!source) {
      return Stream.of();
    }
    try {
      method.setAccessible(true);
      return ((Stream<?>) method.invoke(null))
          .map(row -> String.valueOf(((Arguments) row).get()[0]));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method + " gives no rows", e);
    }
  }

  private static Stream<String> valuesOf(Method method) {
    ValueSource values = method.getAnnotation(ValueSource.class);
    return values == null ? Stream.of() : Arrays.stream(values.strings());
  }

  /** The texts of a folder's files; what is not UTF-8 becomes U+FFFD. */
  static List<String> filesOf(String folder) {
    try (Stream<Path> files = Files.list(Checkout.path(folder))) {
      return files.sorted().map(TextsOfTheSuite::text).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
