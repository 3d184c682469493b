package dev.rolecall.stsemulator.internal.http;

import dev.rolecall.stsemulator.internal.answer.Verdict;
import dev.rolecall.stsemulator.protocol.RequestCounts;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts requests when they are judged, before any answer is sent. Safe for use by many threads.
 */
public final class RequestLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition counted = lock.newCondition();
  private final Map<StsAction, Long> byAction = new EnumMap<>(StsAction.class);
  private final Map<StsErrorCode, Long> refusedByCode = new EnumMap<>(StsErrorCode.class);
  private long total;
  private long answered;
  private long faulted;

  void count(Verdict verdict, Optional<AnswerFault> fault) {
    lock.lock();
    try {
      total++;
      byAction.merge(verdict.action(), 1L, Long::sum);
      if (fault.isPresent() && !fault.get().keepsVerdict()) {
        faulted++;
      } else if (verdict.refusal().isPresent()) {
        refusedByCode.merge(verdict.refusal().get(), 1L, Long::sum);
      } else {
        answered++;
      }
      counted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The counts at this moment. */
  public RequestCounts counts() {
    lock.lock();
    try {
      return new RequestCounts(byAction, answered, refusedByCode, faulted);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until that many requests are counted.
   *
   * @return false if the time runs out first
   */
  public boolean await(long requests, Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lock();
    try {
      while (total < requests) {
        if (nanos <= 0) {
          return false;
        }
        nanos = counted.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
