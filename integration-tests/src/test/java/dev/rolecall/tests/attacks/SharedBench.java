package dev.rolecall.tests.attacks;

import dev.rolecall.tests.fixture.Bench;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One bench for all tests of a class: a hundred attacks need no hundred servers. Register it with
 * {@code @RegisterExtension} in a static field.
 *
 * <p>The server's transport logs each broken frame with its stack. The console need not see that;
 * the bench's watch over secrets does.
 */
final class SharedBench implements BeforeAllCallback, AfterAllCallback {

  private static final Filter QUIET =
      line -> !String.valueOf(line.getLoggerName()).startsWith("io.grpc.netty.shaded.");

  private final List<Handler> console = List.of(Logger.getLogger("").getHandlers());
  private final Bench bench = new Bench();

  /** The bench, from before the first test until after the last. */
  Bench bench() {
    return bench;
  }

  @Override
  public void beforeAll(ExtensionContext tests) {
    console.forEach(handler -> handler.setFilter(QUIET));
    bench.beforeEach(tests);
  }

  @Override
  public void afterAll(ExtensionContext tests) throws Exception {
    try {
      bench.afterEach(tests);
    } finally {
      console.forEach(handler -> handler.setFilter(null));
    }
  }
}
