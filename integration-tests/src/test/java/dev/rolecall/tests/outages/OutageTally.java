package dev.rolecall.tests.outages;

import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Counts what came of the faults, over all tests of a run, and prints it at the run's end. */
final class OutageTally implements AutoCloseable {

  private final AtomicInteger survived = new AtomicInteger();
  private final AtomicInteger outagesAsRefusals = new AtomicInteger();
  private final AtomicInteger refusalsAsOutages = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  /** A fault is over, and all was well. */
  void survived() {
    survived.incrementAndGet();
  }

  /** Somebody came in an outage whom STS would have confirmed. */
  SeenRefusal inAnOutage(SeenRefusal seen) {
    if (!isOutage(seen.code())) {
      outagesAsRefusals.incrementAndGet();
    }
    return seen;
  }

  /** Somebody came who is to be refused. */
  SeenRefusal rightlyRefused(SeenRefusal seen) {
    if (isOutage(seen.code())) {
      refusalsAsOutages.incrementAndGet();
    }
    return seen;
  }

  private static boolean isOutage(Status.Code code) {
    return code == Status.Code.UNAVAILABLE || code == Status.Code.RESOURCE_EXHAUSTED;
  }

  /** A call that must be answered, whatever is the matter with STS. */
  String answer(Supplier<String> call) {
    lost.incrementAndGet();
    String answer = call.get();
    lost.decrementAndGet();
    answered.incrementAndGet();
    return answer;
  }

  @Override
  public void close() {
    System.out.printf(
        "outages: %d faults survived, %d outages reported as refusals,"
            + " %d refusals reported as outages, %d of %d calls lost%n",
        survived.get(),
        outagesAsRefusals.get(),
        refusalsAsOutages.get(),
        lost.get(),
        lost.get() + answered.get());
  }

  /** Gives each test of the run the same tally. */
  static final class OfTheRun implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == OutageTally.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(OutageTally.class, missing -> new OutageTally(), OutageTally.class);
    }
  }
}
