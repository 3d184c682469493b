package dev.rolecall.benchmarks.grants;

/**
 * The sizes of a run.
 *
 * @param perHolder the streams of each holder at each enforcer
 * @param revokes the revocations that are timed on PostgreSQL
 * @param sqliteRevokes the revocations that are timed on SQLite
 * @param cuts the revocations that are timed with the feed cut
 * @param grants the grants whose memory is measured
 */
record Sizes(int perHolder, int revokes, int sqliteRevokes, int cuts, int grants) {

  /** The holders whose streams are the crowd. */
  static final int HOLDERS = 25;

  /** The holders, of those, whose streams end by time in one instant. */
  static final int HOLDERS_OF_INSTANT = 10;

  /** The holders whose grants are revoked one after another, and granted anew. */
  static final int VICTIMS = 20;

  /** Processes of enforcers, each with {@link #SERVERS_PER_PROCESS} servers. */
  static final int ENFORCER_PROCESSES = 4;

  static final int SERVERS_PER_PROCESS = 5;
  static final int ENFORCERS = ENFORCER_PROCESSES * SERVERS_PER_PROCESS;
  static final int CLIENT_PROCESSES = 2;

  static Sizes of(boolean quick) {
    return quick ? new Sizes(10, 40, 20, 5, 100_000) : new Sizes(100, 200, 100, 20, 100_000);
  }

  /** The streams of the crowd. */
  int streams() {
    return HOLDERS * ENFORCERS * perHolder;
  }

  /** The streams, of those, that end by time in one instant. */
  int streamsOfInstant() {
    return HOLDERS_OF_INSTANT * ENFORCERS * perHolder;
  }
}
