package dev.rolecall.stsemulator.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The numbers of requests that an emulator had received at one moment. Immutable. Every request
 * counts once by action, and once as answered, refused or faulted.
 *
 * @param byAction requests by what they asked for
 * @param answered requests answered with HTTP 200
 * @param refusedByCode requests refused, by error code
 * @param faulted requests whose true answer a fault replaced, spoiled or withheld; a late or
 *     dripping answer, and one by a wrong clock, counts as what it was
 */
public record RequestCounts(
    Map<StsAction, Long> byAction,
    long answered,
    Map<StsErrorCode, Long> refusedByCode,
    long faulted) {

  /** Copies the maps. */
  public RequestCounts {
    byAction = Map.copyOf(byAction);
    refusedByCode = Map.copyOf(refusedByCode);
  }

  /** All requests. */
  public long total() {
    return byAction.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Requests for one action, with any outcome. */
  public long of(StsAction action) {
    return byAction.getOrDefault(requireNonNull(action, "action"), 0L);
  }

  /** Requests refused, with any code. */
  public long refused() {
    return refusedByCode.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Requests refused with that code. */
  public long refused(StsErrorCode code) {
    return refusedByCode.getOrDefault(requireNonNull(code, "code"), 0L);
  }
}
