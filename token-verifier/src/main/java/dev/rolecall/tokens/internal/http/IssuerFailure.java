package dev.rolecall.tokens.internal.http;

import java.util.Locale;

/** The reasons why an issuer gave nothing of use. Each is a metric's label and a log's words. */
public enum IssuerFailure {
  /** No whole answer in time, however far it had come. */
  TIMEOUT("it did not answer within 5 seconds"),
  /** No connection, or one that broke; TLS that is not trusted included. */
  CONNECTION("it could not be reached, or its certificate is not trusted"),
  /** A redirect, which is never followed: it may lead to any host. */
  REDIRECT("it answered with a redirect (expected: the URL that answers itself)"),
  /** Any other status but 200. */
  STATUS("its answer is no HTTP 200"),
  /** More bytes than the limit. */
  TOO_LONG("its answer is longer than the limit"),
  /** A body that is not what was asked for. */
  MALFORMED("its answer is not a document of the expected form"),
  /** A discovery document of another issuer. */
  ISSUER_DIFFERS("its discovery document is of another issuer (expected: the configured text)"),
  /** A URL of keys that is not https, or has user information. */
  KEYS_URL("its discovery document has no https URL of keys"),
  /** A key set without a usable key. */
  NO_KEYS("its key set has no usable key"),
  /** A refusal of this server's own credentials. */
  OWN_CREDENTIALS("it refused this server's client id or secret"),
  /** The file of this server's own credentials is unreadable. */
  CLIENT_FILE("the file of the client id and secret is unreadable (expected: two lines)");

  private final String label = name().toLowerCase(Locale.ROOT);
  private final String words;

  IssuerFailure(String words) {
    this.words = words;
  }

  /** The word in the metric. */
  public String label() {
    return label;
  }

  /** The failure in a few words, for a log. */
  public String words() {
    return words;
  }
}
