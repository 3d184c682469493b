package dev.rolecall.benchmarks.load;

/** A quantity that is compared between a variant and no check at all. */
enum Measure {
  CALLS_PER_SECOND("calls a second", "calls_per_second_ratio", true),
  SERVER_CPU("server CPU a call", "server_cpu_ratio", true),
  TOTAL_CPU("CPU a call, both ends", "total_cpu_ratio", true),
  SERVER_ALLOCATION("server bytes a call", "server_alloc_added_bytes", false),
  CLIENT_ALLOCATION("client bytes a call", "client_alloc_added_bytes", false);

  private final String title;
  private final String figure;
  private final boolean ratio;

  Measure(String title, String figure, boolean ratio) {
    this.title = title;
    this.figure = figure;
    this.ratio = ratio;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** What the names of its figures begin with. */
  String figure() {
    return figure;
  }

  /** Whether variants are compared by a quotient; otherwise by a difference. */
  boolean isRatio() {
    return ratio;
  }

  /** Of one slice. */
  double of(Slice slice) {
    return switch (this) {
      case CALLS_PER_SECOND -> 1e9 * slice.calls() / slice.nanos();
      case SERVER_CPU -> slice.perCall(slice.server().cpuNanos());
      case TOTAL_CPU -> slice.perCall(slice.server().cpuNanos() + slice.client().cpuNanos());
      case SERVER_ALLOCATION -> slice.perCall(slice.server().allocatedBytes());
      case CLIENT_ALLOCATION -> slice.perCall(slice.client().allocatedBytes());
    };
  }

  /** What the variant makes of what it is without a check. */
  double compare(double variant, double without) {
    return ratio ? variant / without : variant - without;
  }
}
