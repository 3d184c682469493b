package dev.rolecall.stsemulator.internal.http;

import dev.rolecall.stsemulator.internal.answer.Verdict;
import dev.rolecall.stsemulator.internal.sigv4.RawRequest;
import java.time.Instant;

/** Judges requests: the service behind the HTTP handler. */
@FunctionalInterface
public interface RequestJudge {

  /**
   * The verdict on one request. Called on a worker thread; never blocks on the network.
   *
   * @param now the time by which the request is judged
   * @param requestId the id that the answer carries
   */
  Verdict judge(RawRequest request, Instant now, String requestId);
}
