package dev.rolecall.tests.console;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Browsers at a {@link ConsoleScene}, which all test classes share, since it takes seconds to
 * start. Register it in a static field.
 */
final class ConsoleStage implements BeforeAllCallback, AfterEachCallback {

  private final Chromium chromium = new Chromium();
  private @Nullable ConsoleScene scene;

  @Override
  public void beforeAll(ExtensionContext test) {
    chromium.beforeAll(test);
    // In the root's store, which is closed after the last test class.
    scene =
        test.getRoot()
            .getStore(ExtensionContext.Namespace.create(ConsoleStage.class))
            .getOrComputeIfAbsent(
                ConsoleScene.class, key -> ConsoleScene.start(), ConsoleScene.class);
  }

  ConsoleScene scene() {
    return requireNonNull(scene, "scene");
  }

  /** A browser of that person, at a console of their own. */
  Tab tab(String person) throws IOException {
    return empty().open(scene().console(person));
  }

  /** A browser at no page. */
  Tab empty(String... furtherFlags) {
    return chromium.tab(furtherFlags);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    chromium.afterEach(test);
  }
}
