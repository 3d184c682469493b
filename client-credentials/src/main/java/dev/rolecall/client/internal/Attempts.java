package dev.rolecall.client.internal;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsFailure;
import dev.rolecall.client.credentials.CredentialsPlace;

/** Makes attempts whose words cannot forge a line of a log. */
final class Attempts {

  private Attempts() {}

  /** An attempt that fails until a setting changes. */
  static CredentialsAttempt lasting(
      CredentialsPlace place, CredentialsFailure failure, String words) {
    return new CredentialsAttempt(place, failure, plain(words), false);
  }

  /** An attempt that may succeed later as things are. */
  static CredentialsAttempt passing(
      CredentialsPlace place, CredentialsFailure failure, String words) {
    return new CredentialsAttempt(place, failure, plain(words), true);
  }

  /** The text with everything replaced that could forge a log line. */
  private static String plain(String words) {
    return words.replaceAll("[^ -~]", "?");
  }
}
