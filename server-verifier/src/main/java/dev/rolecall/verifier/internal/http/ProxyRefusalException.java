package dev.rolecall.verifier.internal.http;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy on the way to STS refused or failed to connect to it. */
public final class ProxyRefusalException extends IOException {

  private static final long serialVersionUID = 1L;

  /** OkHttp's words, which are its only sign of it. */
  private static final Pattern CONNECT =
      Pattern.compile("Unexpected response code for CONNECT: ([0-9]{1,3})");

  private ProxyRefusalException(String message, IOException cause) {
    super(message, cause);
  }

  /** That failure, as what it is. */
  static IOException in(IOException failure) {
    Matcher words = CONNECT.matcher(String.valueOf(failure.getMessage()));
    return words.matches()
        ? new ProxyRefusalException(
            "the proxy answered CONNECT with HTTP " + words.group(1), failure)
        : failure;
  }
}
