package dev.rolecall.cli.access.run;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.service.token.GrantTokenSettings;
import dev.rolecall.service.token.SealingKeyFile;
import dev.rolecall.service.token.TokenKeySettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of grant tokens. With a folder there are tokens; with a database by a key file. */
final class TokenOptions {

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The file of the key that seals the keys of grant tokens: 32 random bytes in base64, for"
              + " its owner alone. With a database there are no tokens without it, and each node"
              + " has the same. Default for a folder: sealing.key in it, made at the first start.")
  @Nullable Path keyFile;

  @Option(
      names = "--token-algorithm",
      paramLabel = "NAME",
      description =
          "The algorithm of new keys of grant tokens: ES256, whose tokens are short, or RS256, which"
              + " costs servers less. Another one counts from the next rotation on. Default:"
              + " ES256.")
  @Nullable Algorithm algorithm;

  @Option(
      names = "--rotate-signing-keys-after",
      paramLabel = "DURATION",
      description = "How long a key of grant tokens signs: 1d to 365d. Default: 30d.")
  @Nullable Duration rotateAfter;

  @Option(
      names = "--replace-signing-keys-and-refuse-their-tokens",
      description = "Replace all keys of grant tokens at this start: for a key file that is lost.")
  boolean replace;

  /**
   * The settings of the tokens; empty where there are none.
   *
   * @param folder the folder of the data; empty with a database
   * @throws CommandFailure if a value does not do, or is of tokens where there are none
   */
  Optional<GrantTokenSettings> settings(Audience issuer, Optional<Path> folder) {
    SecureRandom random = new SecureRandom();
    Optional<SealingKeyFile> sealing =
        Optional.ofNullable(keyFile)
            .map(file -> SealingKeyFile.given(file, random))
            .or(() -> folder.map(data -> SealingKeyFile.besideData(data, random)));
    if (sealing.isEmpty() && (algorithm != null || rotateAfter != null)) {
      throw new CommandFailure(
          "--token-algorithm, --rotate-signing-keys-after: only with tokens, so with a database"
              + " only with --key-file");
    }
    TokenKeySettings keys = keys();
    return sealing
        .map(seal -> new GrantTokenSettings(issuer.toString(), seal, keys, random))
        .map(settings -> replace ? settings.replacingAllKeysAndRefusingTheirTokens() : settings);
  }

  private TokenKeySettings keys() {
    TokenKeySettings usual = TokenKeySettings.standard();
    try {
      return new TokenKeySettings(
          algorithm == null ? usual.algorithm() : algorithm,
          rotateAfter == null ? usual.rotateAfter() : rotateAfter);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
