package dev.rolecall.proxy.judge;

import io.grpc.Metadata;
import java.util.List;

/** Headers that a client sends. */
final class SentHeaders {

  /** What a client may send to look like another. */
  private static final List<String> FORGED =
      List.of(
          "txn-token",
          "txn-token-original",
          "x-rolecall-principal",
          "x-rolecall-scheme",
          "x-rolecall-tenant");

  private SentHeaders() {}

  static Metadata forged() {
    Metadata headers = new Metadata();
    FORGED.forEach(name -> headers.put(key(name), EnvoyScene.STRANGER));
    return headers;
  }

  static Metadata headers(String name, String... values) {
    Metadata headers = new Metadata();
    for (String each : values) {
      headers.put(key(name), each);
    }
    return headers;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
