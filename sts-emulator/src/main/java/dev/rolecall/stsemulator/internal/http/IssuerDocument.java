package dev.rolecall.stsemulator.internal.http;

import java.util.Optional;

/**
 * The answer to a request for a document of an issuer.
 *
 * @param kind the kind of document
 * @param json its text; empty if there is no such document
 */
public record IssuerDocument(Kind kind, Optional<String> json) {

  /** The kinds of documents, as requests for them are counted. */
  public enum Kind {
    /** The discovery document. */
    DISCOVERY,
    /** The key set. */
    KEYS,
    /** No document. */
    OTHER
  }

  /** A discovery document. */
  public static IssuerDocument discovery(String json) {
    return new IssuerDocument(Kind.DISCOVERY, Optional.of(json));
  }

  /** A key set. */
  public static IssuerDocument keys(String json) {
    return new IssuerDocument(Kind.KEYS, Optional.of(json));
  }

  /** No document. */
  public static IssuerDocument absent() {
    return new IssuerDocument(Kind.OTHER, Optional.empty());
  }
}
