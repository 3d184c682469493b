package dev.rolecall.tests.deploy;

import java.util.Locale;

/** The answer of one policy, by itself, to a request. */
enum Answer {
  ALLOW,
  DENY,
  /** It can only deny, and does not. */
  NO_ANSWER;

  static Answer parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }
}
