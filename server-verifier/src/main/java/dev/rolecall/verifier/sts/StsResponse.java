package dev.rolecall.verifier.sts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An HTTP response of an STS endpoint, unread. The body may echo the session token: {@code
 * toString} masks it.
 */
public final class StsResponse {

  private final int status;
  private final List<String> contentTypes;
  private final byte[] body;

  /**
   * A response.
   *
   * @param contentTypes every value of {@code Content-Type}
   * @param body the whole body; not copied, so the caller must be done with it
   */
  public StsResponse(int status, List<String> contentTypes, byte[] body) {
    this.status = status;
    this.contentTypes = List.copyOf(contentTypes);
    this.body = requireNonNull(body, "body");
  }

  int status() {
    return status;
  }

  List<String> contentTypes() {
    return contentTypes;
  }

  byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return "StsResponse[" + status + ", ****]";
  }
}
