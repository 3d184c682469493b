package dev.rolecall.cli.exchange;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.SigningKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which keys an exchange signs with. */
final class KeyOptions {

  @Option(
      names = "--key-ring",
      paramLabel = "FILE",
      description =
          "The keys to sign with, as 'rolecall exchange rotate' makes them; followed, so that"
              + " several replicas share them. Default: new keys in memory, for one replica.")
  @Nullable Path ring;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description =
          "The algorithm of keys in memory: RS256, which costs verifiers the least, or ES256."
              + " Default: RS256.")
  @Nullable Algorithm algorithm;

  /**
   * The keys.
   *
   * @throws CommandFailure if the options contradict one another
   */
  SigningKeys keys() {
    if (ring != null) {
      if (algorithm != null) {
        throw new CommandFailure("--algorithm and --key-ring: the file has its algorithm");
      }
      return SigningKeys.follow(ring);
    }
    Algorithm chosen = algorithm == null ? Algorithm.RS256 : algorithm;
    if (!Set.of(Algorithm.RS256, Algorithm.ES256).contains(chosen)) {
      throw new CommandFailure("--algorithm: " + chosen + " (expected: RS256 or ES256)");
    }
    return SigningKeys.inMemory(chosen, new SecureRandom());
  }

  /** A line for the person who starts the server. */
  String note() {
    return ring == null
        ? "keys in memory: a restart forgets them, and replicas share none"
        : "keys of " + ring;
  }
}
