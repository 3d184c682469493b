package dev.rolecall.verifier.internal.http;

import java.io.IOException;

/** A proxy on the way to STS asks for credentials, and has not been given those it accepts. */
public final class ProxyAuthenticationException extends IOException {

  private static final long serialVersionUID = 1L;

  ProxyAuthenticationException(String message) {
    super(message);
  }
}
