package dev.rolecall.benchmarks.mutual;

/** The kinds of mutual TLS that are held against each other. */
enum Kind {
  /** Ordinary certificates. */
  PLAIN("plain mTLS"),
  /** The same again, for the noise. */
  PLAIN_AGAIN("plain mTLS, again"),
  /** Attested, by certificates that both ends know. */
  WARM("attested"),
  /** Attested, by certificates that each end must ask STS about. */
  COLD("attested, first sight");

  private final String title;

  Kind(String title) {
    this.title = title;
  }

  /** For people. */
  String title() {
    return title;
  }
}
