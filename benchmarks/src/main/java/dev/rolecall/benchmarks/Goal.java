package dev.rolecall.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The bound that a figure should keep.
 *
 * @param figure its name
 * @param meaning its meaning, in a few words
 * @param rule the side of the bound on which it should be
 * @param bound in the figure's unit
 */
public record Goal(String figure, String meaning, Rule rule, double bound) {

  /** On which side of a bound a figure is to be. */
  public enum Rule {
    AT_LEAST("at least"),
    AT_MOST("at most"),
    EXACTLY("exactly");

    private final String words;

    Rule(String words) {
      this.words = words;
    }
  }

  /** All of them, in the order in which people read them. */
  public static final List<Goal> ALL =
      List.of(
          new Goal(
              "calls_per_second_ratio",
              "unary calls a second over TLS, 64 in flight, against no check",
              Rule.AT_LEAST,
              0.95),
          new Goal("server_cpu_ratio", "the server's CPU a call, likewise", Rule.AT_MOST, 1.05),
          new Goal("total_cpu_ratio", "CPU a call of both ends, likewise", Rule.AT_MOST, 1.10),
          new Goal(
              "noise",
              "no check against itself: how far apart the two are, as a share",
              Rule.AT_MOST,
              0.03),
          new Goal(
              "hook_ratio",
              "what the guard adds to a call, against what gRPC's own `Contexts.interceptCall` adds",
              Rule.AT_MOST,
              2),
          new Goal(
              "token_hit_ratio",
              "CPU of a hit by a JWT of 900 characters, against a proof's",
              Rule.AT_MOST,
              1.10),
          new Goal("token_hit_bytes_more", "bytes that hit allocates more", Rule.AT_MOST, 0),
          new Goal(
              "token_us_rs256",
              "microseconds of CPU for a new token, RS256: text, claims, signature",
              Rule.AT_MOST,
              80),
          new Goal(
              "token_ratio_es256",
              "the same by ES256, against the JDK's bare verification",
              Rule.AT_MOST,
              1.10),
          new Goal(
              "grant_hit_ns_more",
              "nanoseconds of CPU that a call under a grant takes more than under a plain rule",
              Rule.AT_MOST,
              60),
          new Goal(
              "grant_stream_bytes_more",
              "bytes of heap that a live call under a grant takes more",
              Rule.AT_MOST,
              400),
          new Goal(
              "server_alloc_added_bytes",
              "bytes a check makes the server allocate a call",
              Rule.AT_MOST,
              1331),
          new Goal(
              "client_alloc_added_bytes",
              "bytes a proof makes the client allocate a call",
              Rule.AT_MOST,
              256),
          new Goal(
              "wire_bytes_added",
              "bytes on the wire a call after a connection's first, proof of 3,500 characters",
              Rule.AT_MOST,
              2),
          new Goal(
              "sts_calls_per_caller",
              "calls to STS for each caller and server in one proof life",
              Rule.EXACTLY,
              1),
          new Goal(
              "bytes_per_cached_caller",
              "heap a remembered caller takes at the server",
              Rule.AT_MOST,
              4096),
          new Goal(
              "honest_rate_under_flood",
              "what honest callers keep of their rate beside 10,000 forged proofs a second",
              Rule.AT_LEAST,
              0.9),
          new Goal(
              "revoke_p99_ms",
              "milliseconds from a revocation until the last of 20 servers' clients is told, p99",
              Rule.AT_MOST,
              500),
          new Goal(
              "revoke_cut_slowest_ms",
              "the slowest of those where all feeds are cut at that moment",
              Rule.AT_MOST,
              1_000),
          new Goal(
              "timed_ends_left_open",
              "streams open after their grant's end, with service, store and feed away",
              Rule.EXACTLY,
              0),
          new Goal("timed_ends_early", "streams ended before it", Rule.EXACTLY, 0),
          new Goal(
              "timed_end_late_ms",
              "milliseconds by which the last of 20,000 that end in one instant is late",
              Rule.AT_MOST,
              4_000),
          new Goal(
              "data_stop_ms",
              "milliseconds by which a client's last message is late then",
              Rule.AT_MOST,
              100),
          new Goal(
              "bytes_per_grant",
              "heap a grant takes at a server that follows it",
              Rule.AT_MOST,
              600),
          new Goal(
              "wrong_reasons",
              "ended streams whose client was told a wrong reason, or none",
              Rule.EXACTLY,
              0),
          new Goal(
              "checker_cpu_ratio",
              "the checker's CPU a Check, against a Java server that allows all",
              Rule.AT_MOST,
              1.25),
          new Goal(
              "checker_opa_cpu_ratio",
              "the same, against a Go server that embeds OPA",
              Rule.AT_MOST,
              0.25),
          new Goal(
              "relay_cpu_ratio",
              "the relay's CPU a call, with guard and token, against Envoy alone",
              Rule.AT_MOST,
              0.8),
          new Goal(
              "relay_added_time_ratio",
              "the time that the relay adds to a lone call, against Envoy's",
              Rule.AT_MOST,
              1),
          new Goal(
              "relay_64k_cpu_ratio",
              "the relay's CPU a call of 64 KiB each way, against Envoy's",
              Rule.AT_MOST,
              2),
          new Goal(
              "relay_stream_end_p99_ms",
              "milliseconds from a policy change until 5,000 relayed streams have ended, p99",
              Rule.AT_MOST,
              500),
          new Goal(
              "relay_stream_bytes",
              "bytes of heap that an idle relayed stream takes",
              Rule.AT_MOST,
              4_096),
          new Goal(
              "relay_wrong_reasons",
              "relayed streams that were ended with a wrong reason, or none",
              Rule.EXACTLY,
              0));

  /** The one for that figure, if there is one. */
  public static Optional<Goal> of(String figure) {
    return ALL.stream().filter(goal -> goal.figure.equals(figure)).findFirst();
  }

  /** Whether that is reached. */
  public boolean isReachedBy(double value) {
    return switch (rule) {
      case AT_LEAST -> value >= bound;
      case AT_MOST -> value <= bound;
      case EXACTLY -> value == bound;
    };
  }

  /** The target in words, such as {@code at least 0.95}. */
  public String target() {
    String number =
        bound == Math.rint(bound)
            ? String.format(Locale.ROOT, "%,.0f", bound)
            : String.format(Locale.ROOT, "%.2f", bound);
    return rule.words + " " + number;
  }
}
