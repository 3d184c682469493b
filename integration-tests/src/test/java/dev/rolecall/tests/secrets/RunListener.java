package dev.rolecall.tests.secrets;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets the run's record hear the log, what is printed, and what tests fail of, from before the
 * first test to the end of the process. JUnit finds it by itself: see {@code META-INF/services}.
 */
public final class RunListener implements TestExecutionListener {

  private static final AtomicBoolean LISTENING = new AtomicBoolean();

  private final RunRecord record = RunRecord.ofThisRun();

  /** For JUnit. */
  public RunListener() {}

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    if (LISTENING.compareAndSet(false, true)) {
      new LogEar(record).start();
      System.setOut(StreamEar.on("standard output", System.out, record));
      System.setErr(StreamEar.on("standard error", System.err, record));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    record.flush();
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    record.testBegan(test.getLegacyReportingName());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    result.getThrowable().ifPresent(thrown -> record.addThrown("a test that did not pass", thrown));
  }
}
