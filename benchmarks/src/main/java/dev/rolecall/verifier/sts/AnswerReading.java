package dev.rolecall.verifier.sts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Lets the benchmarks reach the reader of STS's answers, which its package keeps to itself. */
public final class AnswerReading {

  private static final int OK = 200;
  private static final List<String> JSON = List.of("application/json");

  private final byte[] body;

  /** The reading of an answer with that body. */
  public AnswerReading(byte[] body) {
    this.body = requireNonNull(body, "body");
  }

  /** Reads it, and whom it names. */
  public StsAnswer read() {
    return AnswerReader.read(new StsResponse(OK, JSON, body));
  }
}
