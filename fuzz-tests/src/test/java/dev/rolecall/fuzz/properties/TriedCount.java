package dev.rolecall.fuzz.properties;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Counts what jqwik tries and prints one line when all tests are done. */
public final class TriedCount implements AroundTryHook, TestExecutionListener {

  private static final AtomicLong TRIED = new AtomicLong();
  private static final AtomicInteger PROPERTIES = new AtomicInteger();
  private static final AtomicInteger BROKEN = new AtomicInteger();

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor executor, List<Object> parameters) {
    TRIED.incrementAndGet();
    return executor.execute(parameters);
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() && test.getUniqueId().startsWith("[engine:jqwik]")) {
      PROPERTIES.incrementAndGet();
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        BROKEN.incrementAndGet();
      }
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (PROPERTIES.get() > 0) {
      System.out.printf(
          "properties: %d, %,d tried, %d broken%n", PROPERTIES.get(), TRIED.get(), BROKEN.get());
    }
  }
}
