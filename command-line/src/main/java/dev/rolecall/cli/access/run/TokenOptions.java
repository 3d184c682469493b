package dev.rolecall.cli.access.run;

import dev.rolecall.identity.Audience;
import dev.rolecall.service.token.GrantTokenSettings;
import dev.rolecall.service.token.SealingKeyFile;
import dev.rolecall.service.token.TokenKeySettings;
import java.nio.file.Path;
import java.security.SecureRandom;
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
      names = "--replace-signing-keys-and-refuse-their-tokens",
      description = "Replace all keys of grant tokens at this start: for a key file that is lost.")
  boolean replace;

  /**
   * The settings of the tokens; empty where there are none.
   *
   * @param folder the folder of the data; empty with a database
   */
  Optional<GrantTokenSettings> settings(Audience issuer, Optional<Path> folder) {
    SecureRandom random = new SecureRandom();
    return Optional.ofNullable(keyFile)
        .map(file -> SealingKeyFile.given(file, random))
        .or(() -> folder.map(data -> SealingKeyFile.besideData(data, random)))
        .map(
            sealing ->
                new GrantTokenSettings(
                    issuer.toString(), sealing, TokenKeySettings.standard(), random))
        .map(settings -> replace ? settings.replacingAllKeysAndRefusingTheirTokens() : settings);
  }
}
