package dev.rolecall.verifier.internal.answer;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An HTTP response of an STS endpoint, unread. The body may echo the session token: {@code
 * toString} masks it.
 */
public final class StsResponse {

  /** The longest body that is read, in bytes. */
  public static final int MAX_BODY = 64 * 1024;

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

  /** HTTP's status. */
  public int status() {
    return status;
  }

  /** Every value of {@code Content-Type}. */
  public List<String> contentTypes() {
    return contentTypes;
  }

  /** The whole body; only to be read. */
  public byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return "StsResponse[" + status + ", ****]";
  }
}
