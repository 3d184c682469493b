package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessCallException;
import dev.rolecall.cli.access.client.AccessCalls;
import dev.rolecall.cli.access.client.StopSignal;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Follows requests as they change, until there is an answer or a signal. For a service that has
 * answered before. An outage is waited for: the stream begins anew, and what was told before is not
 * told again.
 */
final class RequestFollower {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_KNOWN = 10_000;

  private final AccessCalls calls;
  private final WatchAccessRequestsRequest which;
  private final PrintWriter err;
  private final Map<String, Long> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_KNOWN;
        }
      };
  private Duration pause = FIRST_PAUSE;

  RequestFollower(AccessCalls calls, WatchAccessRequestsRequest which, PrintWriter err) {
    this.calls = calls;
    this.which = which;
    this.err = err;
  }

  /**
   * Tells of each request as it is and of each change.
   *
   * @param listener given each; what it answers ends the wait
   * @return the listener's answer; empty after a signal
   * @throws AccessCallException if the service refuses
   */
  OptionalInt follow(Function<AccessRequest, OptionalInt> listener) {
    try (StopSignal stop = new StopSignal()) {
      while (!stop.isGiven()) {
        try {
          OptionalInt answer = stop.heard(() -> once(listener));
          if (answer.isPresent()) {
            return answer;
          }
        } catch (AccessCallException e) {
          if (stop.isGiven()) {
            return OptionalInt.empty();
          }
          if (!e.isOutage()) {
            throw e;
          }
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException("following throws nothing that is checked", e);
        }
        err.println("the service does not answer; trying again in " + pause.toSeconds() + " s");
        err.flush();
        stop.pause(pause);
        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      }
      return OptionalInt.empty();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private OptionalInt once(Function<AccessRequest, OptionalInt> listener) {
    Iterator<AccessRequest> changes =
        calls.stream(AccessServiceGrpc.getWatchAccessRequestsMethod(), which);
    while (changes.hasNext()) {
      AccessRequest request = changes.next();
      pause = FIRST_PAUSE;
      Long before = told.put(request.getId(), request.getRevision());
      if (before == null || before < request.getRevision()) {
        OptionalInt answer = listener.apply(request);
        if (answer.isPresent()) {
          return answer;
        }
      }
    }
    return OptionalInt.empty();
  }
}
