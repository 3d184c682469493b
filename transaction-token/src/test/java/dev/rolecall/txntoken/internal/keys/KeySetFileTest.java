package dev.rolecall.txntoken.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.testsupport.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys in a file: good at the start, and followed. */
final class KeySetFileTest {

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("jwks.json");
  }

  private KeySet written() throws IOException {
    SigningKey key = SigningKey.generate(Algorithm.ES256, new SecureRandom());
    KeySet keys = KeySet.of(List.of(key.verificationKey()));
    Files.write(file(), keys.toJson());
    return keys;
  }

  private static List<String> ids(KeySet keys) {
    return keys.keys().stream().map(key -> key.kid().orElseThrow()).toList();
  }

  @Test
  void open_missingFile_isRefused() {
    assertThatThrownBy(() -> new KeySetFile(file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file() + ": the file cannot be read: no such file (expected: a JSON Web Key Set)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "c0ffee"})
  void open_fileThatIsNoKeySet_isRefused(String text) throws IOException {
    Files.writeString(file(), text);

    assertThatThrownBy(() -> new KeySetFile(file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file() + ": ")
        .hasMessageContaining("(expected: a")
        .hasMessageNotContaining("c0ffee");
  }

  @Test
  void look_change_isInForceAfterTwoChecks() throws IOException {
    KeySet before = written();
    KeySetFile keys = new KeySetFile(file());
    KeySet after = written();

    keys.look();
    assertThat(ids(keys.get())).isEqualTo(ids(before));
    keys.look();
    assertThat(ids(keys.get())).isEqualTo(ids(after));
  }

  @Test
  void look_brokenFile_leavesTheLastGoodKeys_andIsLoggedOnce() throws IOException {
    KeySet good = written();
    KeySetFile keys = new KeySetFile(file());
    try (CapturedLog log = CapturedLog.of("rolecall.txntoken", Level.ALL)) {
      Files.writeString(file(), "{}");
      for (int i = 0; i < 4; i++) {
        keys.look();
      }

      assertThat(ids(keys.get())).isEqualTo(ids(good));
      assertThat(log.at(Level.WARNING)).hasSize(1);
      written();
      keys.look();
      keys.look();
      assertThat(log.with("1 keys of transaction tokens loaded")).hasSize(1);
    }
  }
}
