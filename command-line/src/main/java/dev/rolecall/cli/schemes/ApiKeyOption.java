package dev.rolecall.cli.schemes;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.apikeys.ApiKeys;
import dev.rolecall.cli.failure.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options to accept API keys. */
final class ApiKeyOption implements SchemeOption {

  private static final String KEYS = "--api-keys";
  private static final String WITHOUT_TLS = "--accept-api-keys-without-tls";

  @Option(
      names = KEYS,
      paramLabel = "FILE",
      description =
          "Also accept the API keys whose hashes are in this file, which 'rolecall key new' writes."
              + " It is read again when it changes.")
  @Nullable Path file;

  @Option(
      names = WITHOUT_TLS,
      description =
          "With --plaintext: accept API keys on connections without TLS. Anyone who reads the"
              + " loopback can use them until they end.")
  boolean withoutTls;

  @Override
  public List<String> given() {
    return file == null ? List.of() : List.of(KEYS);
  }

  @Override
  public List<Scheme> schemes(Front front, List<String> audiences) {
    if (withoutTls && (file == null || front != Front.PLAINTEXT)) {
      throw new CommandFailure(WITHOUT_TLS + ": only with " + KEYS + " and --plaintext");
    }
    if (file == null) {
      return List.of();
    }
    if (front == Front.PLAINTEXT && !withoutTls) {
      throw new CommandFailure(
          KEYS
              + " and --plaintext: a key is refused on a connection without TLS (expected: TLS, or "
              + WITHOUT_TLS
              + " too)");
    }
    ApiKeys keys = ApiKeys.follow(file);
    return List.of(
        Trial.ofScheme(KEYS, front == Front.TLS ? keys : keys.acceptKeysOnConnectionsWithoutTls()));
  }
}
