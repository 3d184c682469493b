package dev.rolecall.verifier.sts;

import java.util.List;
import java.util.Optional;

/** Lets the fuzz targets reach the reader of STS's answers, which its package keeps to itself. */
public final class StsReading {

  private final StsResponse response;

  /** The reading of a response. */
  public StsReading(int status, List<String> contentTypes, byte[] body) {
    this.response = new StsResponse(status, contentTypes, body);
  }

  /** What the verifier makes of it. */
  public StsAnswer answer() {
    return AnswerReader.read(response);
  }

  /** The request id that the verifier would log. */
  public Optional<String> requestId() {
    return AnswerReader.requestId(response);
  }
}
